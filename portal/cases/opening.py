"""Open a case, or many at once: the department is decided before (see portal.routing.intake)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import insert, select

from portal.cases import events
from portal.cases.files import Taken, attach
from portal.cases.models import Case, Event, Grant, Holding, Lane, Message, Participant, Party
from portal.cases.numbers import draw
from portal.clock import NEVER, now
from portal.extensions import Model, db
from portal.identity.viewer import Viewer

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Request:
    """What somebody sends to be answered, before it is a case.

    kind: code of a kind; language: of the words, "" when unknown; due_at: promised first answer
    only_managers: "only me and our managers"; files: checked ones
    """

    kind: str
    subject: str
    body: str
    product_id: int | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    files: tuple[Taken, ...] = ()
    only_managers: bool = False
    language: str = ""
    due_at: datetime = NEVER


@dataclass(frozen=True)
class Opening:
    """A request with what was decided about it.

    routing: the trace of the decision, stored as it is; at: when it was sent, None is now
    """

    actor: Viewer
    asked: Request
    department_id: int
    routing: dict[str, Any]
    priority: int = 0
    at: datetime | None = None


@dataclass(frozen=True)
class Opened:
    """What an opening became. The ids are those of the requester's side and its lane, and of ours."""

    opening: Opening
    case: Case
    requester: int
    owner: int
    lane: int
    inside: int
    message: Message


BATCH = 500
"""So many cases are written by one statement a table."""


def open_case(
    actor: Viewer, asked: Request, *, department_id: int, routing: dict[str, Any], priority: int = 0
) -> Case:
    """Make the case with its two first parties and lanes, and tell the department. Flushes.

    routing: the trace of the decision, stored as it is. Raises ValueError for an actor of ours: staff
    open cases on behalf of somebody, which is another verb.
    """
    opened = _written([Opening(actor, asked, department_id, routing, priority)])[0]
    attach(opened.message, asked.files)
    events.record(opened.case, "opened", actor.membership_id, lane_id=opened.lane, **_what_happened(opened))
    return opened.case


def open_cases(openings: Sequence[Opening]) -> list[Opened]:
    """The same for many requests without files, in their order, and nobody is told of them. Flushes."""
    found: list[Opened] = []
    for start in range(0, len(openings), BATCH):
        batch = _written(openings[start : start + BATCH])
        rows = [
            {
                "case_id": opened.case.id,
                "lane_id": opened.lane,
                "actor_id": opened.opening.actor.membership_id,
                "verb": "opened",
                "at": opened.case.opened_at,
                "facts": _what_happened(opened),
            }
            for opened in batch
        ]
        _insert(Event, rows)
        found += batch
    return found


def _what_happened(opened: Opened) -> dict[str, Any]:
    due_at = opened.opening.asked.due_at
    return {
        "department": opened.opening.department_id,
        "message": opened.message.id,
        "promised": None if due_at == NEVER else due_at.isoformat(),
    }


def _written(openings: Sequence[Opening]) -> list[Opened]:
    """The rows of these cases but for files and events: one statement a table, however many there are."""
    if any(opening.actor.is_staff for opening in openings):
        raise ValueError("staff open cases on behalf of somebody")
    db.session.flush()
    numbers = _numbers(len(openings))
    rows = [_case(opening, number) for opening, number in zip(openings, numbers, strict=True)]
    made = {case.number: case for case in _entities(Case, rows)}
    whole = [(opening, made[number]) for opening, number in zip(openings, numbers, strict=True)]
    parties = _kept(Party, Party.role, [row for each in whole for row in _parties(*each)])
    lanes = _kept(
        Lane, Lane.kind, [row for each in whole for row in _lanes(*each, parties[each[1].id, "requester"])]
    )
    said = [_message(*each, lanes[each[1].id, "requester"]) for each in whole]
    messages = {message.lane_id: message for message in _entities(Message, said)}
    found = [
        Opened(
            opening,
            case,
            parties[case.id, "requester"],
            parties[case.id, "owner"],
            lanes[case.id, "requester"],
            lanes[case.id, "internal"],
            messages[lanes[case.id, "requester"]],
        )
        for opening, case in whole
    ]
    _insert(Grant, [row for opened in found for row in _grants(opened)])
    _insert(Participant, [_participant(opened) for opened in found])
    _insert(Holding, [row for opened in found for row in _holdings(opened)])
    return found


def _entities(model: type[Row], rows: list[dict[str, Any]]) -> Sequence[Row]:
    """Write rows and return them, in no order. What is None is written too: else each gap is a statement."""
    written = insert(model).returning(model).execution_options(render_nulls=True)
    return db.session.scalars(written, rows).all()


def _insert(model: type[Model], rows: list[dict[str, Any]]) -> None:
    table: Any = model.__table__
    db.session.execute(insert(table), rows)


def _numbers(count: int) -> list[str]:
    """So many free numbers, in one statement unless one of them is taken."""
    drawn: set[str] = set()
    while True:
        while len(drawn) < count:
            drawn.add(draw(drawn.__contains__))
        taken = db.session.scalars(select(Case.number).where(Case.number.in_(drawn))).all()
        if not taken:
            return sorted(drawn)
        drawn -= set(taken)


def _kept(
    model: type[Party] | type[Lane], name: Any, rows: list[dict[str, Any]]
) -> dict[tuple[int, str], int]:
    """Write the rows of parties or lanes; (case, role or kind) → id."""
    table: Any = model.__table__
    written = db.session.execute(insert(table).returning(model.case_id, name, model.id), rows)
    return {(case_id, called): key for case_id, called, key in written}


def _case(opening: Opening, number: str) -> dict[str, Any]:
    moment, asked = opening.at or now(), opening.asked
    return {
        "number": number,
        "kind": asked.kind,
        "department_id": opening.department_id,
        "ball_department_id": opening.department_id,
        "organization_id": opening.actor.organization_id,
        "product_id": asked.product_id,
        "subject": asked.subject,
        "priority": opening.priority,
        "due_at": asked.due_at,
        "opened_at": moment,
        "ball_since": moment,
        "activity_at": moment,
        "answers": asked.answers,
        "routing": opening.routing,
    }


def _parties(opening: Opening, case: Case) -> list[dict[str, Any]]:
    """The requester's side and the department that owns the case, each with its own reading."""
    reading = {
        "case_id": case.id,
        "subject": case.subject,
        "status": "new",
        "ball": "us",
        "ball_since": case.ball_since,
        "due_at": case.due_at,
        "activity_at": case.activity_at,
    }
    requester = {
        "role": "requester",
        "organization_id": opening.actor.organization_id,
        "department_id": None,
        "reach": "managers" if opening.asked.only_managers else "organization",
    }
    owner = {
        "role": "owner",
        "organization_id": None,
        "department_id": case.department_id,
        "reach": "organization",
    }
    return [{**reading, **requester}, {**reading, **owner}]


def _lanes(opening: Opening, case: Case, requester: int) -> list[dict[str, Any]]:
    """The requester's lane and ours."""
    lane = {"case_id": case.id, "ball_since": case.opened_at}
    return [
        {**lane, "kind": "requester", "party_id": requester, "due_at": opening.asked.due_at},
        {**lane, "kind": "internal", "party_id": None, "due_at": NEVER},
    ]


def _message(opening: Opening, case: Case, lane: int) -> dict[str, Any]:
    return {
        "lane_id": lane,
        "author_id": opening.actor.membership_id,
        "body": opening.asked.body,
        "language": opening.asked.language,
        "written_at": case.opened_at,
        "visible_from": case.opened_at,
    }


def _grants(opened: Opened) -> list[dict[str, Any]]:
    """The requester's side reads its lane, the owner both."""
    given = {"given_by_id": None, "begins_at": opened.case.opened_at}
    return [
        {**given, "party_id": opened.requester, "lane_id": opened.lane, "because": "requester"},
        {**given, "party_id": opened.owner, "lane_id": opened.lane, "because": "owner"},
        {**given, "party_id": opened.owner, "lane_id": opened.inside, "because": "owner"},
    ]


def _participant(opened: Opened) -> dict[str, Any]:
    return {
        "party_id": opened.requester,
        "membership_id": opened.opening.actor.membership_id,
        "case_id": opened.case.id,
        "activity_at": opened.case.activity_at,
    }


def _holdings(opened: Opened) -> list[dict[str, Any]]:
    """The ball is ours from the beginning: in our reading and in the requester's."""
    reading = {"case_id": opened.case.id, "holder": "us", "began_at": opened.case.opened_at}
    return [
        {**reading, "party_id": None, "department_id": opened.case.department_id},
        {**reading, "party_id": opened.requester, "department_id": None},
    ]
