"""Short stories, each lived through once by the verbs themselves; what they leave is copied by patterns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice, product
from typing import Any

from flask import current_app
from sqlalchemy import Table, func, select

from portal.cases import closing, conversation, handling, lanes, looking, secrecy, tasks
from portal.cases.asking import Question
from portal.cases.clocks import working_days_from
from portal.cases.models import Note
from portal.cases.opening import Request
from portal.catalogue.models import Product
from portal.channels import notices
from portal.clock import at
from portal.extensions import Model, db
from portal.identity.models import Department
from portal.identity.viewer import Viewer
from portal.routing.intake import submit
from portal.seeding.company import Company
from portal.showing import calendar

SUBJECT = "A subject that is written anew for every copy"
BODY = "Words that are written anew for every copy."
DAYS_TO_ANSWER = 2


@dataclass
class Life:
    """One case while its story is lived. requester, turn: see `live`; asked, owing: who is in it by now."""

    company: Company
    case_id: int
    requester: int
    turn: int
    lane_id: int = 0
    task_id: int = 0
    asked: int = 0
    owing: int = 0

    def who(self, side: str) -> Viewer:
        """Who acts: `they` sent it, `we` have it, `asked` was asked in, `owing` owes a task."""
        if side == "we":
            return self.company.viewer(self.colleagues()[self.turn])
        return self.company.viewer({"they": self.requester, "asked": self.asked, "owing": self.owing}[side])

    def colleagues(self) -> list[int]:
        """Those of the department that has it now."""
        cases = Model.metadata.tables["cases"]
        return self.company.staff[
            db.session.scalars(select(cases.c.department_id).where(cases.c.id == self.case_id)).one()
        ]

    def other(self, *codes: str) -> int:
        """The first of these departments that does not have the case."""
        keys = [self.company.departments[code] for code in codes]
        return next(key for key in keys if self.company.staff[key] != self.colleagues())


def _hand_over(actor: Viewer, life: Life) -> None:
    department = db.session.get_one(Department, life.other("service", "finance"))
    handling.hand_over(actor, life.case_id, department, BODY)


def _ask(role: str) -> Callable[[Viewer, Life], None]:
    def ask(actor: Viewer, life: Life) -> None:
        organization, [person, *_] = life.company.asked[role][life.turn]
        due = working_days_from(DAYS_TO_ANSWER, calendar())
        question = Question(organization, role, SUBJECT, BODY, (person,), due_at=due)
        life.lane_id, life.asked = lanes.ask(actor, life.case_id, question).id, person

    return ask


def _owe(actor: Viewer, life: Life) -> None:
    there = life.other("finance", "sales")
    due = working_days_from(DAYS_TO_ANSWER, calendar())
    task = tasks.open_task(actor, life.case_id, tasks.Wanted(there, SUBJECT, due_at=due))
    life.task_id, life.owing = task.id, life.company.staff[there][life.turn]


VERBS: dict[str, Callable[[Viewer, Life], Any]] = {
    "replies": lambda actor, it: conversation.reply(actor, it.case_id, BODY),
    "replies, ball stays": lambda actor, it: conversation.reply(actor, it.case_id, BODY, then="us"),
    "notes": lambda actor, it: conversation.note(actor, it.case_id, BODY),
    "assigns": lambda actor, it: handling.assign(actor, it.case_id, actor.membership_id),
    "hands over": _hand_over,
    "seals": lambda actor, it: secrecy.seal(actor, it.case_id, True, BODY),
    "asks a supplier": _ask("supplier"),
    "asks a partner": _ask("partner"),
    "answers": lambda actor, it: conversation.reply(actor, it.case_id, BODY, lane_id=it.lane_id),
    "closes the lane": lambda actor, it: lanes.close_lane(actor, it.case_id, it.lane_id),
    "gives a task": _owe,
    "does the task": lambda actor, it: tasks.finish(actor, it.case_id, it.task_id, "done", BODY),
    "resolves": lambda actor, it: closing.resolve(actor, it.case_id, "solved", BODY),
    "accepts": lambda actor, it: closing.accept(actor, it.case_id),
}
Step = tuple[float, str, str]


@dataclass(frozen=True)
class Story:
    """steps: (hours after the opening, who, verb); weight: how many of about a hundred cases.

    weeks: how long ago it began, at most; fresh: in some copies nobody has read the end yet.
    """

    weight: float
    weeks: int
    steps: tuple[Step, ...]
    fresh: bool = False
    messages: int = field(init=False)

    def __post_init__(self) -> None:
        said = [verb for _, _, verb in self.steps if verb.split()[0].rstrip(",") in SAYING]
        object.__setattr__(self, "messages", 1 + len(said))


SAYING = ("replies", "notes", "asks", "answers", "resolves")
_TAKEN: tuple[Step, ...] = ((1.0, "we", "assigns"),)
_BEGUN: tuple[Step, ...] = (*_TAKEN, (4.0, "they", "replies"))
_FINISHED: tuple[Step, ...] = (*_BEGUN, (27.0, "we", "resolves"))
_AT_ONCE: tuple[Step, ...] = (*_TAKEN, (26.0, "we", "resolves"), (50.0, "they", "accepts"))
_TALK: tuple[Step, ...] = tuple((2.0 + n, ("they", "we")[n % 2], "replies") for n in range(6))
_MORE: tuple[Step, ...] = tuple((25.0 + n, ("they", "we")[n % 2], "replies") for n in range(6))
_ANSWERED: tuple[Step, ...] = (*_TAKEN, (2.0, "we", "asks a supplier"), (25.0, "asked", "answers"))
STORIES = (
    Story(8, 6, ((2.0, "they", "replies"), (3.0, "we", "notes")), fresh=True),
    Story(14, 16, (*_TAKEN, (3.0, "we", "replies"), (25.0, "they", "replies")), fresh=True),
    Story(12, 20, (*_BEGUN, (26.0, "we", "replies"))),
    Story(8, 12, ((3.0, "we", "replies, ball stays"), (26.0, "we", "notes"))),
    Story(5, 20, ((2.0, "we", "hands over"), (5.0, "they", "replies"), (26.0, "we", "replies"))),
    Story(4, 1, _FINISHED),
    Story(26, 100, (*_FINISHED, (50.0, "they", "accepts"))),
    Story(8, 100, _AT_ONCE),
    Story(3, 3, (*_TAKEN, (2.0, "we", "asks a partner"))),
    Story(5, 8, (*_ANSWERED, (27.0, "we", "replies"))),
    Story(
        9,
        100,
        (
            *(*_TAKEN, (2.0, "we", "asks a partner"), (25.0, "asked", "answers")),
            *((26.0, "we", "closes the lane"), (27.0, "we", "resolves"), (50.0, "they", "accepts")),
        ),
    ),
    Story(2, 4, (*_TAKEN, (2.0, "we", "gives a task"), (3.0, "we", "notes"))),
    Story(3, 100, (*_TAKEN, (2.0, "we", "gives a task"), (25.0, "owing", "does the task"), *_AT_ONCE[1:])),
    Story(2, 30, ((1.0, "we", "seals"), (2.0, "we", "assigns"), (3.0, "we", "replies"))),
    Story(2, 100, (*_TALK, (50.0, "we", "resolves"), (51.0, "they", "accepts"))),
    Story(1, 100, (*_TALK, *_MORE, (50.0, "we", "resolves"), (51.0, "they", "accepts"))),
)
TOLD = tuple((story, read) for story in STORIES for read in ((True, False) if story.fresh else (True,)))
"""Every story, and those that can be fresh also without anybody having read their end."""
OPENED_BY = 2
"""So many look into the case at its end, the first of them who sent it; others only read their notices."""
COMMON = 5
"""A story of so many of a hundred cases, or more, is lived for each kind."""
KINDS = {"support_request": 55, "product_request": 20, "price_enquiry": 10, "invoice_question": 15}
"""Kinds of requests and how many of a hundred are such."""
WEEKDAYS = 3
"""Stories begin on the first days of the week in turn: none takes longer than to Friday."""
Lived = tuple[Story, bool, str, datetime, dict[str, list[dict[str, Any]]]]
"""A story, whether its end was read, its kind, when it began, and the rows it left by table."""


def tables() -> list[Table]:
    """Everything that hangs on a case, whoever it belongs to, parents first."""
    found: set[Any] = {Model.metadata.tables["cases"], Note.__table__}
    several = Model.metadata.sorted_tables
    for table in several:
        if any(key.column.table in found for key in table.foreign_keys):
            found.add(table)
    return [table for table in several if table in found]


def monday(moment: datetime) -> datetime:
    """The begin of work on the Monday of two weeks ago: every story is over by now.

    Not on the hour, when business closes somewhere: what happens then would be taken for a promise.
    """
    day = (moment - timedelta(days=moment.weekday() + 14)).date()
    return datetime.combine(day, time(8, 3), tzinfo=UTC)


def tell(company: Company, moment: datetime, most: int, kinds: Mapping[str, int] = KINDS) -> Iterator[Lived]:
    """Live every story through, for each kind, `most` at most. Commits."""
    config = current_app.config
    before = config["SETTINGS"]
    config["SETTINGS"] = replace(before, undo_seconds=0)  # what is sent leaves at once
    try:
        for turn, (kind, story, read) in enumerate(islice(_chosen(kinds), most)):
            ids = last_ids()
            begun = monday(moment) + timedelta(days=turn % WEEKDAYS)
            yield story, read, kind, begun, rows_of(ids, live(company, story, kind, begun, read=read))
    finally:
        config["SETTINGS"] = before


def _chosen(kinds: Mapping[str, int]) -> Iterator[tuple[str, Story, bool]]:
    """The common stories for each kind, the others for the first only."""
    for kind, (story, read) in product(kinds, TOLD):
        if story.weight >= COMMON or kind == next(iter(kinds)):
            yield kind, story, read


def part_of(story: Story, kind: str) -> int:
    """How many of a hundred cases of a story are those lived for a kind."""
    return KINDS[kind] if story.weight >= COMMON else 100


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

    read: whether everybody reads the end; requester: a membership (else the largest customer's second);
    turn: who of each department acts, and who is asked.
    """
    they = requester or company.organizations[0][1][1]
    with at(begun):
        thing = db.session.scalars(select(Product).order_by(Product.id).limit(1)).one()
        asked = Request(kind, SUBJECT, BODY, thing.id, {"product": thing.name}, language="en")
        life = Life(company, submit(company.viewer(they), asked).id, they, turn)
        _looked(company.viewer(they), life.case_id)
    for hours, side, verb in story.steps:
        with at(begun + timedelta(hours=hours)):
            actor = life.who(side)
            looking.opened(actor, life.case_id)
            VERBS[verb](actor, life)
            _looked(actor, life.case_id)
    if read:
        with at(begun + timedelta(hours=story.steps[-1][0] + 1)):
            ours = life.colleagues()
            for place, reader in enumerate((they, *ours[turn:], *ours[:turn])):
                if place < OPENED_BY:
                    looking.opened(company.viewer(reader), life.case_id)
                    looking.mark_seen(company.viewer(reader), life.case_id)
                notices.mark_read(company.viewer(reader), life.case_id)
    db.session.commit()
    return life.case_id


def _looked(actor: Viewer, case_id: int) -> None:
    """What a page does once it is read or answered."""
    looking.mark_seen(actor, case_id)
    notices.mark_read(actor, case_id)
    db.session.commit()
    db.session.expunge_all()


def last_ids() -> dict[str, int]:
    """The highest id of every table that has one."""
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
