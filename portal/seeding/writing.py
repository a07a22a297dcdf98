"""Rows into tables, many at once: COPY on PostgreSQL, prepared statements without syncing on SQLite."""

import multiprocessing
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Index, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError

from portal.extensions import Model, db
from portal.seeding.patterns import Copy, Form, Lines, Pattern
from portal.seeding.stories import tables

BATCH = 1000
WRITERS = 2
"""Processes that take turns with the batches, each with a connection of its own."""
MANY = 20_000
"""From so many cases on it is quicker to make the indexes afterwards."""
Batch = list[tuple[Pattern, Copy]]
Copies = Iterator[tuple[Pattern, Copy]]


class NotWritten(RuntimeError):
    """The database did not take the rows; the message says why. What is in it now is of no use."""


def engine_in_haste() -> Engine:
    """An engine on the app's database; what is lost in a power cut here is made anew."""
    engine = create_engine(db.engine.url)

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        if engine.dialect.name == "sqlite":
            connection.execute("PRAGMA synchronous=OFF")

    return engine


def form_of(engine: Engine) -> Form:
    """How this database is written to."""
    return Lines() if engine.dialect.name == "postgresql" else Form()


def write(engine: Engine, copies: Copies, cases: int) -> int:
    """So many copies, a transaction for each batch; how many rows that were. Raises `NotWritten`."""
    if engine.dialect.name != "postgresql":
        return sum(_in_rows(engine, batch) for batch in _batches(copies, cases))
    if cases < MANY:
        return _in_lines(engine, copies, cases)
    with _indexes_afterwards(engine):
        return _in_lines(engine, copies, cases)


def _batches(copies: Copies, cases: int) -> Iterator[Batch]:
    for done in range(0, cases, BATCH):
        yield list(islice(copies, min(BATCH, cases - done)))


# ── SQLite ──


def _in_rows(engine: Engine, batch: Batch) -> int:
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for pattern, it in batch:
        for table, several in pattern.values(it):
            rows.setdefault(table, []).extend(several)
    with engine.begin() as connection:
        for name in _ordered(rows):
            columns = _columns(name)
            places = ", ".join("?" for _ in columns)
            statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - our names
            connection.exec_driver_sql(statement, rows[name])
    return sum(map(len, rows.values()))


# ── PostgreSQL ──


def _in_lines(engine: Engine, copies: Copies, cases: int) -> int:
    """Every process goes through all copies, so that they come out the same, and writes its share of them."""
    fork = multiprocessing.get_context("fork")  # the patterns are functions: they cannot be sent
    counted, told = fork.Value("q", 0), fork.SimpleQueue()
    engine.dispose()

    def work(place: int) -> None:
        try:
            rows = _share(engine, copies, cases, place)
            with counted.get_lock():
                counted.value += rows
        except Exception as error:  # whatever it was, the other process has to hear of it
            told.put(" ".join(str(error).split())[:500])
            raise SystemExit(1) from error

    writers = [fork.Process(target=work, args=(place,), daemon=True) for place in range(WRITERS)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # no thread of ours runs now
        for writer in writers:
            writer.start()
    for writer in writers:
        writer.join()
    if any(writer.exitcode for writer in writers):
        raise NotWritten("it stopped half way" if told.empty() else told.get())
    return int(counted.value)


def _share(engine: Engine, copies: Copies, cases: int, place: int) -> int:
    rows = 0
    for turn, batch in enumerate(_batches(copies, cases)):
        if turn % WRITERS == place:
            lines: dict[str, list[str]] = {}
            for pattern, it in batch:
                rows += sum(pattern.counts.values())
                for table, text in pattern.lines(it):
                    lines.setdefault(table, []).append(text)
            _copy(engine, lines)
    engine.dispose()
    return rows


def _copy(engine: Engine, lines: dict[str, list[str]]) -> None:
    with engine.begin() as connection:
        _without_looking_up(connection)
        cursor = connection.connection.cursor()
        for name in _ordered(lines):
            with cursor.copy(f"COPY {name} ({', '.join(_columns(name))}) FROM STDIN") as copy:
                copy.write("".join(lines[name]))


def _without_looking_up(connection: Connection) -> None:
    """Copies refer only to what the verbs wrote or to each other: no need to look each one up.

    Only a superuser may say so; for others it takes longer.
    """
    connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    except DBAPIError:
        return


@contextmanager
def _indexes_afterwards(engine: Engine) -> Iterator[None]:
    """Inside there are no indexes but those that keep rows apart; `portal doctor` tells if it ended there."""
    several = [index for table in tables() for index in table.indexes if not index.unique]
    with engine.begin() as connection:
        for index in several:
            index.drop(connection)
    yield
    _made(engine, several)


def _made(engine: Engine, several: Iterable[Index]) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
        for index in several:
            index.create(connection)


def _ordered(rows: dict[str, Any]) -> list[str]:
    """Parents first."""
    return [table.name for table in tables() if table.name in rows]


def _columns(name: str) -> list[str]:
    return [column.name for column in Model.metadata.tables[name].columns]


def settle(engine: Engine) -> None:
    """What a database that has lived has: sequences that go on behind the last row, and statistics."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            for table in (t for t in Model.metadata.sorted_tables if "id" in t.c):
                last = connection.scalar(select(func.max(table.c.id)))
                if last:
                    sequence = func.pg_get_serial_sequence(table.name, "id")
                    connection.execute(select(func.setval(sequence, last)))
            connection.exec_driver_sql("VACUUM ANALYZE")
        else:
            connection.exec_driver_sql("ANALYZE")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
