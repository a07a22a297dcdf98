"""Open a case: the department is decided before (see portal.routing.intake)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import exists, insert, select

from portal.cases import events
from portal.cases.casework import grant
from portal.cases.files import Taken, attach
from portal.cases.models import Case, Holding, Lane, Message, Participant, Party
from portal.cases.numbers import draw
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.viewer import Viewer


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


def open_case(
    actor: Viewer, asked: Request, *, department_id: int, routing: dict[str, Any], priority: int = 0
) -> Case:
    """Make the case with its two first parties and lanes, and tell the department. Flushes.

    routing: the trace of the decision, stored as it is. Raises ValueError for an actor of ours: staff
    open cases on behalf of somebody, which is another verb.
    """
    if actor.is_staff:
        raise ValueError("staff open cases on behalf of somebody")
    case = _case(actor, asked, department_id, routing, priority)
    requester, owner = _parties(case, actor, asked)
    lane, inside = _lanes(case, requester, asked)
    grant(requester, [lane], "requester", None)
    grant(owner, [lane, inside], "owner", None)
    message = Message(
        lane_id=lane.id, author_id=actor.membership_id, body=asked.body, language=asked.language
    )
    participant = Participant(party_id=requester.id, membership_id=actor.membership_id, case_id=case.id)
    db.session.add_all([message, participant])
    db.session.flush()
    _hold(case, requester)
    attach(message, asked.files)
    events.record(
        case,
        "opened",
        actor.membership_id,
        lane_id=lane.id,
        department=department_id,
        message=message.id,
        promised=None if asked.due_at == NEVER else asked.due_at.isoformat(),
    )
    return case


def _lanes(case: Case, requester: Party, asked: Request) -> tuple[Lane, Lane]:
    """The requester's lane and ours. One statement: the unit of work sends one for each row on SQLite."""
    rows = [
        {"case_id": case.id, "kind": "requester", "party_id": requester.id, "due_at": asked.due_at},
        {"case_id": case.id, "kind": "internal", "party_id": None, "due_at": NEVER},
    ]
    made = {lane.kind: lane for lane in db.session.scalars(insert(Lane).values(rows).returning(Lane))}
    return made["requester"], made["internal"]


def _hold(case: Case, requester: Party) -> None:
    """The ball is ours from the beginning: in our reading and in the requester's."""
    reading = {"case_id": case.id, "holder": "us", "began_at": case.opened_at}
    rows = [
        {**reading, "party_id": None, "department_id": case.department_id},
        {**reading, "party_id": requester.id, "department_id": None},
    ]
    db.session.execute(insert(Holding).values(rows))


def _case(actor: Viewer, asked: Request, department_id: int, routing: dict[str, Any], priority: int) -> Case:
    moment = now()
    case = Case(
        number=draw(lambda number: bool(db.session.scalar(select(exists().where(Case.number == number))))),
        kind=asked.kind,
        department_id=department_id,
        ball_department_id=department_id,
        organization_id=actor.organization_id,
        product_id=asked.product_id,
        subject=asked.subject,
        priority=priority,
        due_at=asked.due_at,
        opened_at=moment,
        ball_since=moment,
        activity_at=moment,
        answers=asked.answers,
        routing=routing,
    )
    db.session.add(case)
    db.session.flush()
    return case


def _parties(case: Case, actor: Viewer, asked: Request) -> tuple[Party, Party]:
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
        "organization_id": actor.organization_id,
        "department_id": None,
        "reach": "managers" if asked.only_managers else "organization",
    }
    owner = {
        "role": "owner",
        "organization_id": None,
        "department_id": case.department_id,
        "reach": "organization",
    }
    rows = [{**reading, **party} for party in (requester, owner)]
    made = {party.role: party for party in db.session.scalars(insert(Party).values(rows).returning(Party))}
    return made["requester"], made["owner"]
