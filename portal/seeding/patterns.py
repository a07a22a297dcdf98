"""What a story left in every table, but for what differs from case to case: ids, moments, people, words.

So copies hold whatever the verbs write, today and later. A pattern is prepared for one kind of database: all
that is the same in every copy is in that database's own writing already.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Table

from portal.cases.clocks import CLOSES, Calendar, close_of
from portal.clock import NEVER
from portal.seeding.stories import BODY, SUBJECT, Lived, tables


@dataclass
class Copy:
    """What is different in one copy.

    first: the id its first row gets, by table; people, organizations: who plays whose part
    """

    first: dict[str, int]
    weeks: int
    shift: timedelta
    people: Mapping[int, int]
    organizations: Mapping[int, int]
    number: str
    subject: str
    words: Callable[[], str]


Turn = Callable[[Copy], Any]


class Form:
    """How values are written: as columns of a statement on SQLite, as lines of COPY on PostgreSQL."""

    copies = False

    def moment(self, value: datetime) -> str:
        return self.naive(value.astimezone(UTC).replace(tzinfo=None))

    def naive(self, value: datetime) -> str:
        """A moment in UTC without its time zone."""
        return value.isoformat(" ", "microseconds")

    def words(self, value: str) -> str:
        return value

    def same(self, value: Any) -> Any:
        """What is the same in every copy."""
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, dict | list):
            return self.words(json.dumps(value))
        return self.words(value) if isinstance(value, str) else value


class Lines(Form):
    """The text form of COPY."""

    copies = True

    def naive(self, value: datetime) -> str:
        return value.isoformat(" ") + "+00"

    def words(self, value: str) -> str:
        plain = value.replace("\\", "\\\\").replace("\t", "\\t")
        return plain.replace("\n", "\\n").replace("\r", "\\r")

    def same(self, value: Any) -> Any:
        if value is None:
            return "\\N"
        return str(super().same(value)) if not isinstance(value, bool) else "ft"[value]


@dataclass
class Draft:
    """A pattern while it is made. turns: how each value that differs is found, by a name of its own."""

    form: Form
    calendar: Calendar
    places: dict[tuple[str, int], int]
    turns: dict[str, Turn] = field(default_factory=dict)

    def named(self, name: str, turn: Turn) -> str:
        self.turns.setdefault(name, turn)
        return f"%({name})s"


@dataclass(frozen=True)
class Pattern:
    """rows: for each table what a copy has there, either one text for all lines, or a tuple a row."""

    weight: float
    weeks: int
    messages: int
    turns: list[tuple[str, Turn]]
    rows: dict[str, Any]
    counts: dict[str, int]
    names: list[tuple[str, list[str]]]
    """Of each table the names of its ids, in their order."""

    def _values(self, it: Copy) -> dict[str, Any]:
        values = {name: turn(it) for name, turn in self.turns}
        for table, names in self.names:
            values.update(zip(names, count(it.first[table]), strict=False))
        return values

    def lines(self, it: Copy) -> Iterator[tuple[str, str]]:
        """The lines of one more case, by table, for COPY."""
        values = self._values(it)
        for table, text in self.rows.items():
            yield table, text % values

    def values(self, it: Copy) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """The rows of one more case, by table, for statements."""
        values = self._values(it)
        for table, rows in self.rows.items():
            yield table, [tuple(_filled(cell, values) for cell in row) for row in rows]


@dataclass(frozen=True)
class Turning:
    """A value that differs; text: with the names of what differs in it."""

    text: str


def _filled(cell: Any, values: dict[str, Any]) -> Any:
    if not isinstance(cell, Turning):
        return cell
    name = cell.text[2:-2]
    return values[name] if name in values else cell.text % values


def prepared(lived: Lived, weight: float, form: Form, calendar: Calendar) -> Pattern:
    """The pattern of a story that was lived, for a kind of database."""
    story, _read, _kind, _begun, found = lived
    places = {
        (name, row["id"]): index
        for name, several in found.items()
        for index, row in enumerate(several)
        if "id" in row
    }
    draft = Draft(form, calendar, places)
    rows: dict[str, Any] = {}
    for table in tables():
        cells = [[_cell(draft, table, row, column) for column in row] for row in found[table.name]]
        if cells:
            rows[table.name] = _text(cells) if form.copies else [tuple(row) for row in cells]
    counts = {name: len(several) for name, several in found.items()}
    names = [(name, [f"{name}{n}" for n in range(counts[name])]) for name in {name for name, _ in places}]
    turns = list(draft.turns.items())
    return Pattern(weight, story.weeks, counts["messages"], turns, rows, counts, names)


def _text(rows: Sequence[Sequence[Any]]) -> str:
    return "".join("\t".join(map(_written, row)) + "\n" for row in rows)


def _written(cell: Any) -> str:
    return cell.text if isinstance(cell, Turning) else str(cell).replace("%", "%%")


def _cell(draft: Draft, table: Table, row: dict[str, Any], column: str) -> Any:
    """The value of a column, or how a copy finds it."""
    value = row[column]
    turning = None if value is None else _turning(draft, table, row, column)
    return draft.form.same(value) if turning is None else Turning(turning)


def _turning(draft: Draft, table: Table, row: dict[str, Any], column: str) -> str | None:
    value = row[column]
    if column == "id":
        return _own(draft, table.name, value)
    for key in table.c[column].foreign_keys:
        return _reference(draft, key.column.table.name, value)
    if isinstance(value, datetime):
        return _moment(draft, value)
    if column == "facts":
        return _facts(draft, row["verb"], value)
    if column == "number":
        return draft.named("number", lambda it: it.number)
    if value == SUBJECT:
        return draft.named("subject", lambda it: it.subject)
    if value == BODY:
        words = draft.form.words
        return draft.named(f"words{len(draft.turns)}", lambda it: words(it.words()))
    return None


def _own(draft: Draft, table: str, value: int) -> str:
    return f"%({table}{draft.places[table, value]})s"


def _reference(draft: Draft, target: str, value: int) -> str | None:
    if (target, value) in draft.places:
        return _own(draft, target, value)
    if target == "memberships":
        return draft.named(f"who{value}", lambda it: it.people.get(value, value))
    if target == "organizations":
        return draft.named(f"place{value}", lambda it: it.organizations.get(value, value))
    return None


def _moved(value: datetime, calendar: Calendar) -> Callable[[Copy], datetime]:
    """Promises stay at the close of business, everything else moves with the case."""
    if not _is_promise(value, calendar):
        return lambda it: value + it.shift
    day = value.astimezone(calendar.zone).date()
    return lambda it: close_of(day - timedelta(weeks=it.weeks), calendar)


def _is_promise(value: datetime, calendar: Calendar) -> bool:
    return value.astimezone(calendar.zone).time() == CLOSES


def _moment(draft: Draft, value: datetime) -> str | None:
    if value == NEVER:
        return None
    form, name, plain = draft.form, f"at{value.timestamp()}", value.astimezone(UTC).replace(tzinfo=None)
    if not _is_promise(value, draft.calendar):
        return draft.named(name, lambda it: form.naive(plain + it.shift))
    moved = _moved(value, draft.calendar)
    return draft.named(name, lambda it: form.moment(moved(it)))


REFERRING = {"message": "messages", "task": "tasks", "organization": "organizations"}
DATES = ("promised", "due")


def _facts(draft: Draft, verb: str, facts: dict[str, Any]) -> str:
    """Facts are codes and numbers, but for these."""
    parts = []
    for name, value in facts.items():
        turning = None if value is None else _fact(draft, verb, name, value)
        said = draft.form.words(json.dumps(value)).replace("%", "%%") if turning is None else turning
        parts.append(f"{json.dumps(name)}: {said}")
    return f"{{{', '.join(parts)}}}"


def _fact(draft: Draft, verb: str, name: str, value: Any) -> str | None:
    if verb == "assigned" and name in ("before", "after"):
        return _reference(draft, "memberships", value)
    if name in REFERRING:
        return _reference(draft, REFERRING[name], value)
    if name in DATES:
        moved = _moved(datetime.fromisoformat(value), draft.calendar)
        return '"' + draft.named(f"on{value}", lambda it: moved(it).isoformat()) + '"'
    return None
