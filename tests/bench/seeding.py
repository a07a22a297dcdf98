"""Fill an empty database with many cases: a few are lived through by the verbs, the rest copied from them."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, event, func, insert, select, text, update

from portal.cases.models import Case
from portal.cases.numbers import check_digit
from portal.clock import now
from portal.extensions import Model, db
from tests.bench import company, stories
from tests.bench.company import Company
from tests.bench.stories import Copy, Pattern

BATCH = 1000
CONFIDENTIAL = 50
"""Every so manieth case is confidential: its department reads it, other departments don't."""
TURNS = 12
"""After so many each member of a department (of 2, 3 or 4) has been in each place equally often."""
WITHIN_THE_DAY = 6 * 3600
"""Seconds by which a copy may be later than its story without a promise falling on another day."""
SENTENCES = (
    "The machine stops after about ten minutes and starts again when it has cooled down.",
    "We have the same lot in two other workshops and nothing of the kind happens there.",
    "Could you tell us by when we can expect the spare part?",
    "The plate says 230 V, the fuse is fine and we tried another cable.",
    "Our order was confirmed for last week, but nothing has arrived so far.",
    "Please find the number of the delivery note below.",
    "Thank you for the quick answer, that helped us a lot.",
    "We need forty more pieces before the end of the month.",
    "The colleague who knows about it is back on Monday.",
    "The price on the invoice is not the one in the contract.",
    "It makes a grinding noise at full speed, mostly in the morning.",
    "We have sent it back with the driver today.",
)
THINGS = ("Angle grinder", "Cordless drill", "Invoice", "Spare part", "Delivery", "Rotary hammer", "Charger")
MATTERS = ("stops after ten minutes", "has not arrived", "is not as agreed", "needs a bearing", "smokes")


@dataclass(frozen=True)
class Seeded:
    """cases, rows: how many were copied; seconds: what the copying took, without the statistics after it."""

    company: Company
    cases: int
    rows: int
    seconds: float


def seed(app: Flask, cases: int) -> Seeded:
    """Fill the app's empty but migrated database with so many cases (no fewer than there are stories)."""
    with app.test_request_context("/", method="POST"):
        people = company.found(cases)
        several = stories.patterns(people, now(), cases)
        url = db.engine.url
        db.session.remove()
        db.engine.dispose()
    engine = create_engine(url)
    event.listen(engine, "connect", _in_haste)
    begun = time.perf_counter()
    wanted = max(0, cases - len(several))
    rows = fill(engine, people, several, wanted)
    seconds = time.perf_counter() - begun
    _settle(engine)
    engine.dispose()
    return Seeded(people, wanted, rows, seconds)


def _in_haste(connection: Any, _record: Any) -> None:
    """What is lost in a power cut here is made anew."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("PRAGMA synchronous=OFF")


def fill(engine: Engine, people: Company, several: list[Pattern], cases: int) -> int:
    """Copy the patterns until there are so many cases more; how many rows that were."""
    with engine.connect() as connection:
        first = {table.name: _last(connection, table) + 1 for table in stories.tables() if "id" in table.c}
        taken = {int(number.replace("-", "")[:7]) for number in connection.scalars(select(Case.number))}
    copies = _copies(people, several, first, taken)
    rows = 0
    for done in range(0, cases, BATCH):
        rows += _batch(engine, copies, min(BATCH, cases - done))
    return rows


def _last(connection: Connection, table: Any) -> int:
    return connection.scalar(select(func.max(table.c.id))) or 0


def _batch(engine: Engine, copies: Iterator[tuple[Pattern, Copy]], size: int) -> int:
    """So many cases in one transaction, table by table."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _ in range(size):
        pattern, it = next(copies)
        for name, row in pattern.copy(it):
            rows[name].append(row)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Copies refer only to what the verbs wrote or to each other: no need to look each one up.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in stories.tables():
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])
    return sum(map(len, rows.values()))


def _copies(
    people: Company, several: list[Pattern], first: dict[str, int], taken: set[int]
) -> Iterator[tuple[Pattern, Copy]]:
    """Which pattern comes next and what is different in its copy; the same in every run."""
    chance = random.Random(2026)  # noqa: S311 - nothing secret
    numbers, turns = _numbers(chance, taken), _turns(people)
    weights = list(accumulate(pattern.weight for pattern in several))
    asker = people.organizations[0][1][1]
    while True:
        [pattern] = chance.choices(several, cum_weights=weights)
        [(organization, members)] = chance.choices(people.organizations, cum_weights=people.weights)
        weeks = int(chance.random() ** 1.5 * pattern.weeks)
        yield (
            pattern,
            Copy(
                first=first.copy(),
                weeks=weeks,
                shift=timedelta(weeks=-weeks, seconds=chance.random() * WITHIN_THE_DAY),
                organization=organization,
                people={**chance.choice(turns), asker: chance.choice(members)},
                number=next(numbers),
                subject=f"{chance.choice(THINGS)} {chance.choice(MATTERS)} ({chance.randrange(100_000)})",
                words=_words(chance),
            ),
        )
        for table in first:
            first[table] += pattern.counts[table]


def _turns(people: Company) -> list[dict[int, int]]:
    """Whose part somebody of ours plays, turn by turn."""
    return [turned(people, turn) for turn in range(TURNS)]


def turned(people: Company, turn: int) -> dict[int, int]:
    """Everybody in a department moves up by so many places: for the verbs they are all alike."""
    return {
        one: several[(place + turn) % len(several)]
        for several in people.staff.values()
        for place, one in enumerate(several)
    }


def _words(chance: random.Random) -> Callable[[], str]:
    return lambda: " ".join(chance.choices(SENTENCES, k=chance.randint(2, 6)))


def _numbers(chance: random.Random, taken: set[int]) -> Iterator[str]:
    while True:
        drawn = chance.randrange(1_000_000, 10_000_000)
        if drawn not in taken:
            taken.add(drawn)
            digits = str(drawn)
            yield f"{digits[:4]}-{digits[4:]}{check_digit(digits)}"


def _settle(engine: Engine) -> None:
    """Confidential cases, and what a database that has lived has: sequences and statistics."""
    with engine.begin() as connection:
        connection.execute(update(Case).where(Case.id % CONFIDENTIAL == 0).values(confidential=True))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            for table in (t for t in Model.metadata.sorted_tables if "id" in t.c):
                last = _last(connection, table)
                sequence = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
                connection.execute(sequence, {"table": table.name, "last": max(last, 1)})
            connection.exec_driver_sql("VACUUM ANALYZE")
        else:
            connection.exec_driver_sql("ANALYZE")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
