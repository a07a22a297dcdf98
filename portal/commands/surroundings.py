"""What `portal doctor` looks at around the database: settings, files, disk, mail, clock and worker."""

import shutil
import stat
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from portal import pulse
from portal.channels import smtp
from portal.clock import now
from portal.commands.findings import Finding
from portal.config import Settings
from portal.extensions import db, reading

PATIENCE = 5.0
"""Seconds the mail server has to answer."""
APART = timedelta(seconds=5)
SCARCE, TOO_LITTLE = 2_000_000_000, 200_000_000
"""Bytes on a disk: below the first it should be looked at, below the second writing will soon fail."""


def address(settings: Settings) -> Finding:
    """Whether people reach us at the address that is in every letter."""
    url = settings.base_url
    loopback = (urlsplit(url).hostname or "") in ("localhost", "127.0.0.1", "::1")
    mend = "set PORTAL_BASE_URL to the https address people use: it is in every letter"
    if settings.env == "production" and loopback:
        return Finding("address", "odd", f"{url} is this machine only", mend)
    if settings.env == "production" and not settings.secure:
        return Finding("address", "odd", f"{url} is not encrypted", mend)
    return Finding("address", "fine", url)


def secret(settings: Settings) -> Finding:
    """Whether the key that signs sessions is long enough and nobody else's."""
    path = settings.instance / "secret-key"
    if not path.is_file() or path.read_text().strip() != settings.secret_key:
        short = len(settings.secret_key) < 32
        mend = 'set it to what `python3 -c "import secrets; print(secrets.token_hex(32))"` prints'
        said = "PORTAL_SECRET_KEY is shorter than 32 characters" if short else "set by PORTAL_SECRET_KEY"
        return Finding("secret key", "broken" if short else "fine", said, mend if short else "")
    if mode := path.stat().st_mode & 0o077:
        return Finding(
            "secret key", "broken", f"{path} can be read by others ({mode:03o})", f"chmod 600 {path}"
        )
    return Finding("secret key", "fine", f"{path}, for its owner only")


def permissions(settings: Settings) -> Finding:
    """Whether other accounts of this machine can read what is kept here."""
    private = [path for path in (*_databases(settings), _stored(settings), Path(".env")) if path]
    several = [path for path in private if path.exists() and _open_to_others(path)]
    if several:
        mend = f"chmod go-rwx {' '.join(map(str, several))}"
        names = ", ".join(path.name for path in several)
        return Finding("permissions", "broken", f"others on this machine can read {names}", mend)
    return Finding("permissions", "fine", "database, files and settings are for their owner only")


def _open_to_others(path: Path) -> bool:
    """A file is open when others may read it and, where that is ours to say, may enter its folder."""
    mode = path.stat().st_mode
    wanted = stat.S_IRGRP | stat.S_IROTH | (stat.S_IXGRP | stat.S_IXOTH if path.is_dir() else 0)
    closed_above = not path.is_dir() and not path.absolute().parent.stat().st_mode & (
        stat.S_IXGRP | stat.S_IXOTH
    )
    return bool(mode & wanted) and not closed_above


def _databases(settings: Settings) -> list[Path]:
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return []
    return [Path(url.database + tail) for tail in ("", "-wal", "-shm")]


def _stored(settings: Settings) -> Path | None:
    url = urlsplit(settings.storage_url)
    return Path(unquote(url.path)) if url.scheme == "file" else None


def disk(settings: Settings) -> Finding:
    """How much room there is where we write."""
    places = [settings.instance, *_databases(settings)[:1], _stored(settings)]
    free = {}
    for place in places:
        there = next((path for path in (place, *place.parents) if path.is_dir()), None) if place else None
        usage = shutil.disk_usage(there) if there else None
        if there and usage and usage.total:  # /proc and the like are no disks
            free[there] = usage.free
    if not free:
        return Finding(
            "disk", "odd", "nothing is written to a disk that can be looked at", "look at PORTAL_INSTANCE"
        )
    where, least = min(free.items(), key=lambda found: found[1])
    said = f"{least / 1e9:.1f} GB are free at {where}"
    state = "broken" if least < TOO_LITTLE else "odd" if least < SCARCE else "fine"
    return Finding("disk", state, said, "" if state == "fine" else "make room, or move it to a larger disk")


def mail(settings: Settings) -> Finding:
    """Whether the mail server lets us in; nothing is sent."""
    if settings.smtp_url:
        trouble = smtp.answers(PATIENCE)
        host = urlsplit(settings.smtp_url).hostname
        if trouble:
            mend = "correct PORTAL_SMTP_URL, or see to the mail server; until then letters and mails wait"
            return Finding("mail", "broken", f"{host} does not take mails: {trouble}", mend)
        return Finding("mail", "fine", f"{host} takes what is sent as {settings.mail_from}")
    mend = "set PORTAL_SMTP_URL; until then letters are kept for administrators to pass on"
    return Finding("mail", "odd" if settings.env == "production" else "fine", "letters are not sent", mend)


def clock() -> Finding:
    """Whether the database's machine and this one agree on the time."""
    if db.engine.dialect.name != "postgresql":
        return Finding("clock", "fine", "the database is on this machine")
    with reading():
        before = now()
        theirs = db.session.scalar(select(func.clock_timestamp()))
        apart = max(theirs - now(), before - theirs) if theirs else timedelta(0)
        db.session.rollback()
    if apart > APART:
        said = f"the database's clock and ours are {apart.total_seconds():.0f} seconds apart"
        return Finding("clock", "broken", said, "let both machines keep their time with NTP")
    return Finding("clock", "fine", "the database's clock and ours agree")


def worker(settings: Settings) -> Finding:
    """When the worker was last at work here, and what failed."""
    beat = pulse.last(settings.instance)
    mend = f"keep `portal worker` running; where it runs it says so in {settings.instance}"
    if beat is None:
        return Finding("worker", "odd", "was never seen here", mend)
    ago = f"was last seen {_ago(beat.age)} ago"
    if not beat.alive:
        return Finding("worker", "odd", ago, mend)
    if failing := beat.failing():
        return Finding(
            "worker", "odd", f"{ago}; what failed last: {', '.join(failing)}", "see its log for why"
        )
    return Finding("worker", "fine", ago)


def _ago(age: timedelta) -> str:
    seconds = max(0, int(age.total_seconds()))
    for size, name in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}"
    return f"{seconds} seconds"
