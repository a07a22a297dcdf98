"""Fill an empty database with many cases: a few are lived through by the verbs, the rest copied from them."""

import math
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import accumulate, count
from typing import Any

from flask import Flask
from sqlalchemy import Engine, func, select, update

from portal.cases.numbers import check_digit
from portal.clock import now
from portal.extensions import Model, db
from portal.seeding import company, stories, writing
from portal.seeding.company import Company
from portal.seeding.patterns import Copy, Form, Pattern, prepared
from portal.showing import calendar

TURNS = 12
"""After so many each member of a department (of 2, 3 or 4) has been in each place equally often."""
WITHIN_THE_DAY = 6 * 3600
"""Seconds by which a copy may be later than its story without a promise falling on another day."""
UNREAD = 400
"""About so many cases have an end nobody has read, however many cases there are."""
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
TEXTS = 5000
"""So many different messages are made of them."""
THINGS = ("Angle grinder", "Cordless drill", "Invoice", "Spare part", "Delivery", "Rotary hammer", "Charger")
MATTERS = ("stops after ten minutes", "has not arrived", "is not as agreed", "needs a bearing", "smokes")


class NotEmpty(RuntimeError):
    """The database holds something already; the message says what."""


@dataclass(frozen=True)
class Wanted:
    """How much. organizations, people: outside ones; messages: None for about three a case."""

    organizations: int
    people: int
    cases: int
    messages: int | None = None
    seed: int = 1
    sign_in: bool = False


@dataclass(frozen=True)
class Seeded:
    """cases, messages: in all; copied, rows, seconds: what was copied, and how long only that took."""

    company: Company
    cases: int
    messages: int
    copied: int
    rows: int
    seconds: float


def seed(app: Flask, wanted: Wanted) -> Seeded:
    """Fill the app's empty but migrated database. Raises `NotEmpty`."""
    with app.test_request_context("/", method="POST"):
        _refuse_others()
        engine = writing.engine_in_haste()
        people = company.found(wanted.organizations, wanted.people, wanted.seed, wanted.sign_in)
        several = _patterns(people, wanted, writing.form_of(engine))
        _write_anew(wanted.seed)
        db.session.remove()
        db.engine.dispose()
    begun = time.perf_counter()
    copied = wanted.cases - len(several)
    copies = _copies(people, several, wanted.seed, *_there(engine))
    rows = writing.write(engine, copies, copied) if copied else 0
    seconds = time.perf_counter() - begun
    writing.settle(engine)
    with engine.connect() as connection:
        messages = connection.scalar(select(func.count()).select_from(Model.metadata.tables["messages"])) or 0
    engine.dispose()
    return Seeded(people, wanted.cases, messages, copied, rows, seconds)


def _refuse_others() -> None:
    for name in ("organizations", "people", "cases"):
        count = db.session.scalar(select(func.count()).select_from(Model.metadata.tables[name]))
        if count:
            raise NotEmpty(f"there are {count:,} {name} in it already")


def _patterns(people: Company, wanted: Wanted, form: Form) -> list[Pattern]:
    """Every story lived and prepared; its weight is its part of all cases."""
    found, unread = [], min(0.5, UNREAD / max(wanted.cases, 1))
    for lived in stories.tell(people, now(), wanted.cases):
        story, read, kind, *_ = lived
        part = (1 - unread if read else unread) if story.fresh else 1
        found.append(prepared(lived, story.weight * stories.part_of(story, kind) * part, form, calendar()))
    if not found or not wanted.cases:
        return found
    return tilted(found, (wanted.messages or 3 * wanted.cases) / wanted.cases)


def tilted(several: list[Pattern], messages: float) -> list[Pattern]:
    """The same patterns, weighed so that a case has so many messages on average, as far as that can be."""
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        weights = [pattern.weight * math.exp(middle * pattern.messages) for pattern in several]
        said = sum(w * pattern.messages for w, pattern in zip(weights, several, strict=True)) / sum(weights)
        low, high = (middle, high) if said < messages else (low, middle)
    return [replace(pattern, weight=w / sum(weights)) for pattern, w in zip(several, weights, strict=True)]


def _write_anew(seed: int) -> None:
    """The cases that were lived get numbers and words of this seed, too. Commits."""
    tables, chance = Model.metadata.tables, random.Random(f"lived {seed}")  # noqa: S311 - nothing secret
    numbers, cases = _numbers(chance, set()), tables["cases"]
    for key in db.session.scalars(select(cases.c.id).order_by(cases.c.id)).all():
        subject = _subject(chance)
        db.session.execute(
            update(cases).where(cases.c.id == key).values(number=next(numbers), subject=subject)
        )
        for name, column in (("parties", "subject"), ("lanes", "subject"), ("tasks", "title")):
            table = tables[name]
            named = table.c.case_id == key, table.c[column] == stories.SUBJECT
            db.session.execute(update(table).where(*named).values({column: subject}))
    for name, column in (("messages", "body"), ("notes", "words"), ("tasks", "words")):
        table = tables[name]
        said = select(table.c.id).where(table.c[column] == stories.BODY).order_by(table.c.id)
        for key in db.session.scalars(said).all():
            db.session.execute(update(table).where(table.c.id == key).values({column: _text(chance)}))
    db.session.commit()


def _subject(chance: random.Random) -> str:
    return f"{chance.choice(THINGS)} {chance.choice(MATTERS)} ({chance.randrange(100_000)})"


def _text(chance: random.Random) -> str:
    return " ".join(chance.choices(SENTENCES, k=chance.randint(2, 6)))


def _copies(
    people: Company, several: list[Pattern], seed: int, first: dict[str, int], taken: set[int]
) -> Iterator[tuple[Pattern, Copy]]:
    """Which pattern comes next and what is different in its copy; the same in every run and every process.

    first: the id of the next row of every table; taken: the numbers that are
    """
    chance = random.Random(f"copies {seed}")  # noqa: S311 - nothing secret
    numbers, turns = _numbers(chance, taken), [turned(people, turn) for turn in range(TURNS)]
    weights = list(accumulate(pattern.weight for pattern in several))
    texts = [_text(chance) for _ in range(TEXTS)]
    customer, [_, asker, *_] = people.organizations[0]
    while True:
        [pattern] = chance.choices(several, cum_weights=weights)
        [(organization, members)] = chance.choices(people.organizations, cum_weights=people.weights)
        weeks = int(chance.random() ** 1.5 * pattern.weeks)
        parts = asked_instead(people, {role: chance.choice(place) for role, place in people.asked.items()})
        yield (
            pattern,
            Copy(
                first=first.copy(),
                weeks=weeks,
                shift=timedelta(weeks=-weeks, seconds=chance.randrange(WITHIN_THE_DAY)),
                organizations={customer: organization, **parts[0]},
                people={**chance.choice(turns), asker: chance.choice(members), **parts[1]},
                number=next(numbers),
                subject=_subject(chance),
                words=_words(texts, chance.randrange(TEXTS)),
            ),
        )
        for table in first:
            first[table] += pattern.counts[table]


def _there(engine: Engine) -> tuple[dict[str, int], set[int]]:
    """The id of the next row of every table, and the numbers that are taken."""
    number = Model.metadata.tables["cases"].c.number
    with engine.connect() as connection:
        first = {
            table.name: (connection.scalar(select(func.max(table.c.id))) or 0) + 1
            for table in stories.tables()
            if "id" in table.c
        }
        taken = {int(known.replace("-", "")[:7]) for known in connection.scalars(select(number))}
    return first, taken


def turned(people: Company, turn: int) -> dict[int, int]:
    """Everybody in a department moves up by so many places: for the verbs they are all alike."""
    return {
        one: several[(place + turn) % len(several)]
        for several in people.staff.values()
        for place, one in enumerate(several)
    }


def asked_instead(people: Company, chosen: dict[str, Any]) -> tuple[dict[int, int], dict[int, int]]:
    """Who plays the part of the supplier and the partner of the stories: organizations, and their people."""
    organizations, members = {}, {}
    for role, (organization, [person, *_others]) in chosen.items():
        usual, [contact, *_more] = people.asked[role][0]
        organizations[usual], members[contact] = organization, person
    return organizations, members


def _words(texts: list[str], first: int) -> Callable[[], str]:
    """One text after the other; asked or not, nothing else of a copy changes by it."""
    places = count(first, 7)
    return lambda: texts[next(places) % TEXTS]


def _numbers(chance: random.Random, taken: set[int]) -> Iterator[str]:
    while True:
        drawn = chance.randrange(1_000_000, 10_000_000)
        if drawn not in taken:
            taken.add(drawn)
            digits = str(drawn)
            yield f"{digits[:4]}-{digits[4:]}{check_digit(digits)}"
