"""Fill an empty database with the demo company, all or nothing; or start it over."""

import gc
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from portal.cases.files import Upload, check
from portal.clock import now
from portal.config import Settings
from portal.demo.founding import found
from portal.demo.living import live
from portal.demo.pictures import FILES
from portal.demo.sign_ins import PASSWORD
from portal.extensions import db
from portal.identity.models import Person
from portal.identity.passwords import hashed

OURS = "ada@meridian.example"
"""Whoever has this person has the demo company."""


class NotOurs(RuntimeError):
    """The database holds something else than the demo company."""


def fill(app: Flask, *, strict: bool = False) -> bool:
    """Write the demo company into an empty database, all or nothing; False when it is there already.

    strict: ask for each step whether its doer may, which takes a quarter more time. Commits. Raises `NotOurs`
    when there are other people in it.
    """
    with app.app_context(), force_locale("en"):
        if db.session.scalar(select(Person.id).where(Person.email == OURS)):
            return False
        if db.session.scalar(select(func.count()).select_from(Person)):
            raise NotOurs("the database holds another company; the demo needs one of its own")
        db.session.commit()  # no lock is held while pictures are drawn and the password is hashed
        files = {name: check([Upload(name, make())])[0] for name, make in FILES.items()}
        password = hashed(PASSWORD)
        end = now()
        with seldom_collected():
            company = found(end, files, password)
            company.strict = strict
            live(company, end)
        db.session.commit()
    return True


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage seldom, and not among what stays: it takes a fifth of the time otherwise."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(500_000, 10, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def start_over(settings: Settings) -> None:
    """Remove the demo's SQLite database and files. Raises `NotOurs` when they might be somebody's."""
    path = _sqlite(settings)
    if path is None or settings.instance not in path.parents:
        raise NotOurs(f"only an SQLite database in {settings.instance} can be started over")
    if not _is_demo(path):
        raise NotOurs(f"{path} holds another company and is left alone")
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    files = Path(unquote(settings.storage_url.removeprefix("file://")))
    if settings.storage_url.startswith("file://") and settings.instance in files.parents:
        shutil.rmtree(files, ignore_errors=True)


def _sqlite(settings: Settings) -> Path | None:
    url = settings.database_url
    return Path(url.removeprefix("sqlite:///")).absolute() if url.startswith("sqlite:///") else None


def _is_demo(path: Path) -> bool:
    """Whether it is the demo's or nobody's, read without the models: its tables may be older than they."""
    if not path.is_file():
        return True
    connection = sqlite3.connect(path)
    try:
        people = [row[0] for row in connection.execute("SELECT email FROM people")]
    except sqlite3.OperationalError:
        return "people" not in str(list(connection.execute("SELECT name FROM sqlite_master")))
    finally:
        connection.close()
    return not people or OURS in people
