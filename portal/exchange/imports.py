"""An import from a browser: taken, its columns named, checked and run by the worker, and taken back."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import structlog
from sqlalchemy import or_, select, update

from portal.cases import storage
from portal.clock import NEVER, now
from portal.exchange import undoing
from portal.exchange.bringing import Wrong
from portal.exchange.columns import guess, mapped
from portal.exchange.models import Import
from portal.exchange.running import bring, look, take_note
from portal.exchange.sheets import LARGEST, Sheet, open_sheet
from portal.exchange.wrong import Unreadable
from portal.extensions import db, reading
from portal.identity.viewer import Viewer

log = structlog.get_logger()

LEASE = timedelta(minutes=5)
"""A worker that says nothing for so long is gone, and another one begins again."""
DAY = timedelta(days=1)
"""So long an import can be undone, and its file is kept."""
WEEK = timedelta(days=7)
"""So long a file waits for somebody to go on with it."""
DUE = ("checking", "queued", "running", "undoing")
OPEN = ("waiting", "wrong", "checked", "failed")
"""States in which its columns can be named, again or for the first time."""
SHOWN_ROWS, SHOWN_SIGNS = 5, 60
"""What the page with the columns shows of the file."""


class NotNow(RuntimeError):
    """The import is not in a state for this any more; nothing was done."""


def take(actor: Viewer | None, what: str, name: str, data: bytes) -> Import:
    """Keep a file, look at its columns and guess what they feed. Flushes. Raises Unreadable.

    what: organizations, people, products or cases; name: what the file is called
    """
    if len(data) > LARGEST:
        raise Unreadable("too_large", mb=LARGEST // 1_000_000)
    with _as_file(data) as path:
        sheet = open_sheet(path)
        first = islice(sheet.rows(), SHOWN_ROWS)
        rows = [[cell[:SHOWN_SIGNS] for cell in row.cells] for row in first]
    record = Import(what=what, name=name[:200], state="waiting")
    record.membership_id = actor.membership_id if actor else None
    record.blob = storage.keep([data])[0]
    record.mapping = guess(what, sheet.heads)
    record.options = {
        "encoding": sheet.encoding,
        "separator": sheet.separator,
        "sheet": sheet.name,
        "heads": list(sheet.heads),
        "first": rows,
    }
    db.session.add(record)
    db.session.flush()
    return record


def map_columns(record: Import, said: Mapping[str, str], organization_id: int | None = None) -> None:
    """Name the columns that feed our fields (ours → theirs), and have the file checked. Flushes.

    organization_id: whose cases they are, when the rows do not say. Raises Unreadable, NotNow.
    """
    _only(record, *OPEN)
    record.mapping = mapped(record.what, record.options["heads"], said, whole=True)
    kept = {name: value for name, value in record.options.items() if name not in ("result", "error")}
    record.options = kept | {"organization_id": organization_id}
    record.problems, record.wrong, record.done = [], 0, 0
    _begin(record, "checking")


def queue(record: Import) -> None:
    """Have a checked file imported. Flushes. Raises NotNow."""
    _only(record, "checked")
    record.done = 0
    _begin(record, "queued")


def undo(actor: Viewer, record: Import) -> None:
    """Have an import taken back, within a day. Flushes. Raises NotNow."""
    if not may_undo(record):
        raise NotNow(record.id)
    record.options = {**record.options, "undone_by": actor.membership_id}
    _begin(record, "undoing")


def may_undo(record: Import) -> bool:
    """Whether it was imported within a day and did anything."""
    fresh = record.finished_at > now() - DAY and record.finished_at != NEVER
    return record.state == "done" and fresh and bool(record.made or record.changed)


def _only(record: Import, *states: str) -> None:
    """Hold the row, and raise NotNow unless it is in one of these states."""
    db.session.refresh(record, with_for_update=True)
    if record.state not in states or record.blob is None:
        raise NotNow(record.id)


def _begin(record: Import, state: str) -> None:
    record.state, record.lease_until = state, now()
    db.session.flush()


# ── the worker ──


def work_due() -> int:
    """Check, run or undo one import that waits for it; how many that was. Commits as it goes."""
    key = _leased()
    if key is None:
        return 0
    record = db.session.get_one(Import, key)
    work = {"checking": _check, "running": _run, "undoing": _undo}[record.state]
    try:
        work(record)
    except Unreadable as error:
        _failed(key, error)
    except storage.Missing:
        _failed(key, Unreadable("gone"))
    except Exception as error:
        log.exception("import failed", id=key, error=repr(error))
        _failed(key, Unreadable("unexpected"))
    return 1


def _leased() -> int | None:
    """The next import that is due, taken for ourselves; looking takes no lock as long as there is none."""
    due = select(Import.id).where(Import.state.in_(DUE), Import.lease_until <= now())
    with reading():
        waiting = db.session.scalar(due.limit(1))
        db.session.rollback()
    if waiting is None:
        return None
    first = select(Import).where(Import.state.in_(DUE), Import.lease_until <= now()).order_by(Import.id)
    record = db.session.scalars(first.limit(1).with_for_update(skip_locked=True)).one_or_none()
    if record is not None:
        record.lease_until = now() + LEASE
        record.state = "running" if record.state == "queued" else record.state
    db.session.commit()
    return record.id if record else None


def _check(record: Import) -> None:
    """Look through the whole file. Progress is committed between two batches: nothing else is written."""
    db.session.commit()  # what was begun to find the record holds SQLite's only lock
    with _file(record) as sheet, reading():
        outcome = look(record.what, sheet, record.mapping, record.options, _Telling(record.id, _commit))
        db.session.commit()
    take_note(record, outcome)
    record.state, record.finished_at = "wrong" if outcome.wrong else "checked", NEVER
    db.session.commit()


def _run(record: Import) -> None:
    """Import it, in one transaction: all or nothing.

    How far it is stands in the record. On PostgreSQL a connection of its own writes that meanwhile, which
    also renews the lease. SQLite has one writer, and that is the import itself, so the page says "importing";
    others who want to write wait for it.
    """
    own = db.engine.dialect.name == "postgresql"
    try:
        with _file(record) as sheet:
            bring(record, sheet, _Telling(record.id, _beside if own else _silently))
            db.session.commit()
    except Wrong as wrong:  # it was right when it was checked, and somebody changed something since
        db.session.rollback()
        record = db.session.get_one(Import, record.id)
        take_note(record, wrong.outcome)
        record.state = "wrong"
        db.session.commit()


def _undo(record: Import) -> None:
    found = undoing.take_back(record)
    record = db.session.get_one(Import, record.id)
    record.options = {**record.options, "undone": found}
    record.state = "undone"
    db.session.commit()


def _failed(key: int, error: Unreadable) -> None:
    """Nothing was done: say why."""
    db.session.rollback()
    record = db.session.get_one(Import, key)
    facts = {name: str(value) for name, value in error.facts.items()}
    record.options = {**record.options, "error": [error.code, facts]}
    record.state = "done" if record.state == "undoing" else "failed"
    db.session.commit()


class _Telling:
    """Says how far it is, at most once a second."""

    def __init__(self, key: int, way: Callable[[Any], None]) -> None:
        self.key, self.way, self.told = key, way, monotonic()

    def __call__(self, done: int) -> None:
        if monotonic() - self.told < 1:
            return
        self.told = monotonic()
        values = {"done": done, "lease_until": now() + LEASE}
        self.way(update(Import).where(Import.id == self.key).values(values))


def _commit(statement: Any) -> None:
    db.session.commit()
    with reading(False):
        db.session.execute(statement.execution_options(synchronize_session=False))
        db.session.commit()


def _beside(statement: Any) -> None:
    with db.engine.begin() as connection:
        connection.execute(statement)


def _silently(_statement: Any) -> None:
    pass


@contextmanager
def _file(record: Import) -> Iterator[Sheet]:
    """The record's file as a sheet, for as long as it is looked at."""
    if record.blob is None:
        raise Unreadable("gone")
    with _as_file(storage.read(record.blob)) as path:
        yield open_sheet(path)


@contextmanager
def _as_file(data: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        yield path


def let_go() -> int:
    """Forget the files of imports that are over, or that nobody went on with; how many. The worker's task."""
    old = or_(Import.finished_at < now() - DAY, Import.at < now() - WEEK)
    idle = Import.blob.is_not(None), Import.state.not_in(DUE), old
    gone = db.session.execute(update(Import).where(*idle).values(blob=None).returning(Import.id))
    return len(gone.all())
