"""What a benchmark's cases are copied from: short stories, each lived through once by the verbs themselves.

A pattern is what such a story left in every table, with what differs from case to case taken out: ids,
moments, people, number and words. So copies hold whatever the verbs write, today and later.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Any

from sqlalchemy import Table, func, select

from portal.cases import closing, conversation, handling, looking
from portal.cases.clocks import CLOSES, close_of
from portal.cases.models import Case, Note
from portal.cases.opening import Request
from portal.catalogue.models import Product
from portal.channels import notices
from portal.clock import NEVER, at
from portal.extensions import Model, db
from portal.identity import viewer as viewers
from portal.identity.models import Department
from portal.identity.viewer import Viewer
from portal.routing.intake import submit
from portal.showing import zone
from tests.bench.company import Company

SUBJECT = "A subject that is written anew for every copy"
BODY = "Words that are written anew for every copy."


def hand_over(actor: Viewer, case_id: int) -> None:
    """To service; from service to finance."""
    here = select(Department.code).join(Case, Case.department_id == Department.id).where(Case.id == case_id)
    there = "finance" if db.session.scalar(here) == "service" else "service"
    department = db.session.scalars(select(Department).where(Department.code == there)).one()
    handling.hand_over(actor, case_id, department, BODY)


Verb = Callable[[Viewer, int], Any]
VERBS: dict[str, Verb] = {
    "replies": lambda actor, case_id: conversation.reply(actor, case_id, BODY),
    "replies, ball stays": lambda actor, case_id: conversation.reply(actor, case_id, BODY, then="us"),
    "notes": lambda actor, case_id: conversation.note(actor, case_id, BODY),
    "assigns": lambda actor, case_id: handling.assign(actor, case_id, actor.membership_id),
    "hands over": hand_over,
    "resolves": lambda actor, case_id: closing.resolve(actor, case_id, "solved", BODY),
    "accepts": closing.accept,
}


@dataclass(frozen=True)
class Story:
    """steps: (hours after the opening, `we` or `they`, verb); weight: how many of a hundred cases.

    weeks: how long ago it began, at most; fresh: in some copies nobody has read the end yet.
    """

    weight: int
    weeks: int
    steps: tuple[tuple[float, str, str], ...]
    fresh: bool = False


_FINISHED = ((1.0, "we", "assigns"), (4.0, "they", "replies"), (27.0, "we", "resolves"))
STORIES = (
    Story(8, 6, ((2.0, "they", "replies"), (3.0, "we", "notes")), fresh=True),
    Story(15, 16, ((1.0, "we", "assigns"), (3.0, "we", "replies"), (25.0, "they", "replies")), fresh=True),
    Story(14, 20, ((1.0, "we", "assigns"), (4.0, "they", "replies"), (26.0, "we", "replies"))),
    Story(9, 12, ((3.0, "we", "replies, ball stays"), (26.0, "we", "notes"))),
    Story(6, 20, ((2.0, "we", "hands over"), (5.0, "they", "replies"), (26.0, "we", "replies"))),
    Story(4, 1, _FINISHED),
    Story(44, 100, (*_FINISHED, (50.0, "they", "accepts"))),
)
TOLD = tuple((story, read) for story in STORIES for read in ((True, False) if story.fresh else (True,)))
"""Every story, and those that can be fresh also without anybody having read their end."""
UNREAD = 400
"""About so many cases have an end nobody has read, however many cases there are."""
KINDS = {"support_request": 55, "product_request": 20, "price_enquiry": 10, "invoice_question": 15}
"""Kinds of requests and how many of a hundred are such."""
WEEKDAYS = 3
"""Stories begin on the first days of the week in turn: none takes longer than to Friday."""


@dataclass
class Copy:
    """What is different in one copy. first: the id its first row gets, by table."""

    first: dict[str, int]
    weeks: int
    shift: timedelta
    organization: int
    people: dict[int, int]
    number: str
    subject: str
    words: Callable[[], str]


Turn = Callable[[Copy], Any]
WORDS: dict[str, Turn] = {SUBJECT: lambda it: it.subject, BODY: lambda it: it.words()}
Places = dict[tuple[str, int], int]
"""(table, id) of a row of the story → which of the story's rows in that table it is."""


@dataclass(frozen=True)
class Pattern:
    """rows: (table, columns that are the same in every copy, how the others are found)."""

    weight: float
    weeks: int
    rows: list[tuple[str, dict[str, Any], list[tuple[str, Turn]]]]
    counts: dict[str, int]

    def copy(self, it: Copy) -> Iterator[tuple[str, dict[str, Any]]]:
        """The rows of one more case, by table."""
        for table, same, turns in self.rows:
            row = same.copy()
            for column, turn in turns:
                row[column] = turn(it)
            yield table, row


def tables() -> list[Table]:
    """Everything that hangs on a case, whoever it belongs to, parents first."""
    found: set[Any] = {Case.__table__, Note.__table__}
    several = Model.metadata.sorted_tables
    for table in several:
        if any(key.column.table in found for key in table.foreign_keys):
            found.add(table)
    return [table for table in several if table in found]


def monday(moment: datetime) -> datetime:
    """The begin of work on the Monday of two weeks ago: every story is over by now."""
    day = (moment - timedelta(days=moment.weekday() + 14)).date()
    return datetime.combine(day, time(8), tzinfo=UTC)


def patterns(
    company: Company, moment: datetime, cases: int, kinds: Mapping[str, int] = KINDS
) -> list[Pattern]:
    """Live every story through, for each kind, to be copied into so many cases. Commits."""
    found = []
    unread = min(0.5, UNREAD / cases)
    for turn, ((story, read), kind) in enumerate(product(TOLD, kinds)):
        before = last_ids()
        begun = monday(moment) + timedelta(days=turn % WEEKDAYS)
        rows = rows_of(before, live(company, story, kind, begun, read=read))
        part = (1 - unread if read else unread) if story.fresh else 1
        found.append(_pattern(story, story.weight * kinds[kind] * part, rows))
    return found


def live(
    company: Company,
    story: Story,
    kind: str,
    begun: datetime,
    *,
    read: bool = True,
    requester: int = 0,
    turn: int = 0,
) -> int:
    """One story from its opening on; the case's id. Commits, as each request would.

    read: whether everybody reads the end; requester: a membership (else the largest organization's second);
    turn: who of each department acts.
    """
    they = _viewer(requester or company.organizations[0][1][1])
    with at(begun):
        thing = db.session.scalars(select(Product).order_by(Product.id).limit(1)).one()
        asked = Request(kind, SUBJECT, BODY, thing.id, {"product": thing.name}, language="en")
        case_id = submit(they, asked, zone()).id
        _looked(they, case_id)
    for hours, side, verb in story.steps:
        with at(begun + timedelta(hours=hours)):
            actor = they if side == "they" else _viewer(_colleagues(company, case_id)[turn])
            looking.opened(actor, case_id)
            VERBS[verb](actor, case_id)
            _looked(actor, case_id)
    if read:
        with at(begun + timedelta(hours=story.steps[-1][0] + 1)):
            for reader in (they.membership_id, *_colleagues(company, case_id)):
                looking.opened(_viewer(reader), case_id)
                _looked(_viewer(reader), case_id)
    db.session.commit()
    return case_id


def _viewer(membership_id: int) -> Viewer:
    found = viewers.load(membership_id)
    assert found is not None
    return found


def _colleagues(company: Company, case_id: int) -> list[int]:
    return company.staff[db.session.scalars(select(Case.department_id).where(Case.id == case_id)).one()]


def _looked(actor: Viewer, case_id: int) -> None:
    """What a page does once it is read or answered."""
    looking.mark_seen(actor, case_id)
    notices.mark_read(actor, case_id)
    db.session.commit()
    db.session.expunge_all()


def last_ids() -> dict[str, int]:
    counted = [table for table in tables() if "id" in table.c]
    return {table.name: db.session.scalar(select(func.max(table.c.id))) or 0 for table in counted}


def rows_of(before: dict[str, int], case_id: int) -> dict[str, list[dict[str, Any]]]:
    """What was written since then, by table."""
    found = {}
    for table in tables():
        new = table.c.id > before[table.name] if table.name in before else table.c.case_id == case_id
        statement = select(table).where(new).order_by(*table.primary_key.columns)
        found[table.name] = [dict(row) for row in db.session.execute(statement).mappings()]
    return found


def _pattern(story: Story, weight: float, found: dict[str, list[dict[str, Any]]]) -> Pattern:
    places = {
        (name, row["id"]): index
        for name, several in found.items()
        for index, row in enumerate(several)
        if "id" in row
    }
    rows = []
    for table in tables():
        for row in found[table.name]:
            turns = {column: _turn(table, row, column, places) for column in row}
            same = {column: value for column, value in row.items() if turns[column] is None}
            rows.append((table.name, same, [(column, turn) for column, turn in turns.items() if turn]))
    counts = {name: len(several) for name, several in found.items()}
    return Pattern(weight, story.weeks, rows, counts)


def _turn(table: Table, row: dict[str, Any], column: str, places: Places) -> Turn | None:
    """How a copy finds the value of a column; None when it is the same in every copy."""
    value = row[column]
    if value is None:
        return None
    if column == "id":
        return _own(table.name, places[table.name, value])
    for key in table.c[column].foreign_keys:
        return _reference(key.column.table.name, value, places)
    if isinstance(value, datetime):
        return _moment(value)
    if column == "facts":
        return _facts(row["verb"], value, places)
    if column == "number":
        return lambda it: it.number
    return WORDS.get(value) if isinstance(value, str) else None


def _own(table: str, place: int) -> Turn:
    return lambda it: it.first[table] + place


def _reference(target: str, value: int, places: Places) -> Turn | None:
    if (target, value) in places:
        return _own(target, places[target, value])
    if target == "memberships":
        return lambda it: it.people.get(value, value)
    if target == "organizations":
        return lambda it: it.organization
    return None


def _moment(value: datetime) -> Turn | None:
    """Promises stay at the close of business, everything else moves with the case."""
    if value == NEVER:
        return None
    local = value.astimezone(zone())
    if local.time() != CLOSES:
        return lambda it: value + it.shift
    day, place = local.date(), zone()
    return lambda it: close_of(day - timedelta(weeks=it.weeks), place)


def _facts(verb: str, facts: dict[str, Any], places: Places) -> Turn | None:
    """Facts are codes and numbers, but for these."""
    turns: dict[str, Turn] = {}
    if facts.get("message") is not None:
        turns["message"] = _own("messages", places["messages", facts["message"]])
    if (promised := facts.get("promised")) and (moved := _moment(datetime.fromisoformat(promised))):
        turns["promised"] = lambda it: moved(it).isoformat()
    if verb == "assigned":
        turns |= {name: _whoever(facts[name]) for name in ("before", "after")}
    return (lambda it: {**facts, **{name: turn(it) for name, turn in turns.items()}}) if turns else None


def _whoever(value: int | None) -> Turn:
    return lambda it: value and it.people.get(value, value)
