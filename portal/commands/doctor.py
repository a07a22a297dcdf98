"""`portal doctor`: settings, database and files looked at, with what to do about each finding."""

import json
import os
from argparse import Namespace
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from portal import create_app
from portal.cases import storage
from portal.clock import now
from portal.config import SettingError, Settings, read
from portal.extensions import db, reading
from portal.extensions import migrate as migrations
from portal.identity.models import Person


@dataclass(frozen=True)
class Finding:
    """What one check found; state is fine, odd or broken; mend says what to do about it."""

    what: str
    state: str
    said: str
    mend: str = ""


def doctor(options: Namespace) -> int:
    """Every check, in order; 1 when something is broken."""
    findings = _findings()
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            print(f"{finding.state:7} {finding.what}: {finding.said}")
            if finding.mend:
                print(f"        → {finding.mend}")
    return int(any(finding.state == "broken" for finding in findings))


def _findings() -> list[Finding]:
    try:
        settings = read()
    except SettingError as error:
        return [Finding("settings", "broken", str(error), "correct it in the environment or in .env")]
    findings = [
        Finding("settings", "fine", f"environment {settings.env}"),
        _base_url(settings),
        _secret(settings),
    ]
    with create_app().app_context():
        database = _database()
        findings += database
        if database[-1].state == "fine":
            findings.append(_administrators())
        findings.append(_storage(settings))
    return [*findings, _mail(settings)]


def _base_url(settings: Settings) -> Finding:
    url = settings.base_url
    loopback = (urlsplit(url).hostname or "") in ("localhost", "127.0.0.1", "::1")
    mend = "set PORTAL_BASE_URL to the https address people use: it is in every letter"
    if settings.env == "production" and loopback:
        return Finding("address", "odd", f"{url} is this machine only", mend)
    if settings.env == "production" and not settings.secure:
        return Finding("address", "odd", f"{url} is not encrypted", mend)
    return Finding("address", "fine", url)


def _secret(settings: Settings) -> Finding:
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


def _database() -> list[Finding]:
    """Whether it answers, and whether its tables are the newest; the last finding is the worst."""
    shown = db.engine.url.render_as_string(hide_password=True)
    try:
        with reading(), db.engine.connect() as connection:
            there = set(MigrationContext.configure(connection).get_current_heads())
    except SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", error)).split())
        mend = "start the database, or correct PORTAL_DATABASE_URL"
        return [Finding("database", "broken", f"{shown} does not answer: {reason}", mend)]
    newest = set(ScriptDirectory.from_config(migrations.get_config()).get_heads())
    answers = Finding("database", "fine", f"{shown} answers")
    if there != newest:
        said = f"at {', '.join(there) or 'nothing'}, the newest is {', '.join(newest)}"
        return [answers, Finding("migrations", "broken", said, "run `portal migrate`")]
    return [answers, Finding("migrations", "fine", f"at {', '.join(there)}, the newest")]


def _administrators() -> Finding:
    active = select(func.count()).where(Person.administrator, Person.deactivated_at > now())
    with reading():
        count = db.session.scalar(active) or 0
        db.session.rollback()
    if not count:
        return Finding("administrators", "odd", "there is none", "run `portal init`")
    return Finding("administrators", "fine", f"there are {count}" if count > 1 else "there is one")


def _storage(settings: Settings) -> Finding:
    """Whether a file can be written, read and removed."""
    probe = f"portal doctor {os.getpid()}".encode()
    mend = "see that the folder exists and this account may write to it, or correct PORTAL_STORAGE_URL"
    try:
        digest = storage.put(probe)
        whole = storage.read(digest) == probe
        storage.delete(digest)
    except Exception as error:  # every kind of store fails in its own way
        return Finding("storage", "broken", f"{settings.storage_url}: {' '.join(str(error).split())}", mend)
    if not whole:
        return Finding("storage", "broken", f"{settings.storage_url} gives back something else", mend)
    return Finding("storage", "fine", f"{settings.storage_url} keeps files")


def _mail(settings: Settings) -> Finding:
    if settings.smtp_url:
        return Finding("mail", "fine", f"letters are sent as {settings.mail_from}")
    mend = "set PORTAL_SMTP_URL; until then letters are kept for administrators to pass on"
    return Finding("mail", "odd" if settings.env == "production" else "fine", "letters are not sent", mend)
