"""Who must act next: in each lane, and so on the case.

The rule (of the field): an open task or approval → its department; else an outside lane we wait for → that
party; else whoever the requester's lane waits for. Until our first act it is the owner's, whatever is owed:
somebody has to look. A task that a rule asked for runs beside: the case stays with whoever works on it. What
is confidential moves nothing that everybody of ours can see.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update

from portal.cases.clocks import working_days_from
from portal.cases.models import ASKED, Case, Holding, Lane, Party, Task
from portal.cases.visibility import granted_to
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import Department
from portal.registry import registry
from portal.showing import calendar

REQUESTING = ("requester", "agent")
"""The roles of those the answer is for: they read the case's ball, without names."""


@dataclass(frozen=True)
class Standing:
    """Who must act next on a case, until when. department, organization: ids, one of them or none."""

    ball: str
    department: int | None = None
    organization: int | None = None
    due_at: datetime = NEVER


def pass_ball(lane: Lane, to: str, due_at: datetime | None = None) -> None:
    """Set who must act next in a lane and keep how long its party is waited for. Flushes.

    to: a role of models.BALLS; due_at: until when, if that changes too. `reckon` follows for the case.
    """
    if due_at is not None:
        lane.due_at = due_at
    if lane.ball == to:
        return
    lane.ball, lane.ball_since = to, now()
    db.session.flush()
    _end(lane.case_id, Holding.lane_id == lane.id)
    if to not in ("us", "nobody"):
        organization = select(Party.organization_id).where(Party.id == lane.party_id).scalar_subquery()
        waited = Holding(case_id=lane.case_id, lane_id=lane.id, holder=to, began_at=now())
        waited.organization_id = db.session.scalar(select(organization))
        db.session.add(waited)


def shut(lane: Lane) -> None:
    """Nobody writes in the lane any more, and nobody is waited for. Flushes."""
    lane.state = "closed"
    pass_ball(lane, "nobody", due_at=NEVER)


def next_promise(case: Case) -> datetime:
    """Until when we answer, when it is our move from now on: the kind's working days of its department."""
    kind = registry().kinds.get(case.kind)
    hours = db.session.scalar(select(Department.hours).where(Department.id == case.department_id))
    return working_days_from(kind.answer_days if kind else 1, calendar(hours or ()))


def reckon(case: Case) -> Lane:
    """Bring the case's ball up to date with its lanes and tasks; the requester's lane. Flushes.

    A case whose requester agreed closes here, once no task and no lane of somebody we asked is open. The
    intervals follow: the staff's reading, and that of the requester's side, which knows roles only.
    """
    lanes = list(db.session.scalars(select(Lane).where(Lane.case_id == case.id).order_by(Lane.id)))
    main = next(lane for lane in lanes if lane.kind == "requester")
    task = _first_task(case)
    asking = any(lane.kind in ASKED and lane.state == "open" for lane in lanes)
    if case.state == "resolved" and main.state == "closed" and not task and not asking:
        case.state = "closed"
    standing = _standing(case, main, lanes, task)
    case.due_at = standing.due_at
    before = (case.ball, case.ball_department_id, case.ball_organization_id)
    if before != (standing.ball, standing.department, standing.organization):
        case.ball, case.ball_since = standing.ball, now()
        case.ball_department_id, case.ball_organization_id = standing.department, standing.organization
        db.session.flush()
        _end(case.id, Holding.party_id.is_(None), Holding.lane_id.is_(None))
        if case.ball != "nobody":
            begin_holding(case)
    # What waits for the requester themselves is theirs, whoever else is waited for.
    theirs = main.ball
    if theirs == "us":
        theirs = _standing(case, main, lanes, None).ball  # tasks are ours alone
    for party in db.session.scalars(requesting(case.id)):
        if party.ball != theirs:
            begin_reading(party, theirs)
    return main


def _standing(case: Case, main: Lane, lanes: list[Lane], task: Task | None) -> Standing:
    if case.state == "closed":
        return Standing("nobody")
    if case.state == "new":
        return Standing("us", department=case.department_id, due_at=main.due_at)
    promised = main.due_at if main.ball == "us" else NEVER
    if task is not None and task.asked_by_id is not None:
        return Standing("us", department=task.department_id, due_at=min(task.due_at, promised))
    waiting = [lane for lane in lanes if _waits(lane, case)]
    if waiting:
        first = min(waiting, key=lambda lane: (lane.due_at, lane.ball_since, lane.id))
        organization = db.session.scalar(select(Party.organization_id).where(Party.id == first.party_id))
        return Standing(first.ball, organization=organization, due_at=min(first.due_at, promised))
    if main.ball == "requester":
        return Standing("requester", organization=case.organization_id, due_at=main.due_at)
    return Standing("us", department=case.department_id, due_at=main.due_at)


def _waits(lane: Lane, case: Case) -> bool:
    """Whether we wait for the party of an outside lane that everybody who sees the case may know of."""
    known = not lane.confidential or case.confidential
    return lane.kind in ASKED and lane.state == "open" and lane.ball == lane.kind and known


def _first_task(case: Case) -> Task | None:
    return db.session.scalars(
        select(Task)
        .where(Task.case_id == case.id, Task.outcome == "")
        .order_by(Task.asked_by_id.is_(None), Task.due_at, Task.id)
        .limit(1)
    ).first()


def requesting(case_id: int) -> Select[Party]:
    """The outside parties the answer is for."""
    return select(Party).where(
        Party.case_id == case_id, Party.role.in_(REQUESTING), Party.organization_id.is_not(None)
    )


def begin_holding(case: Case) -> None:
    """The case's holder begins an interval in the staff's reading."""
    held = Holding(case_id=case.id, holder=case.ball, began_at=case.ball_since)
    held.department_id, held.organization_id = case.ball_department_id, case.ball_organization_id
    db.session.add(held)


def begin_reading(party: Party, ball: str) -> None:
    """In the party's own reading the ball goes to `ball` now: its interval ends and the next begins."""
    party.ball, party.ball_since = ball, now()
    db.session.flush()
    _end(party.case_id, Holding.party_id == party.id)
    if ball != "nobody":
        held = Holding(case_id=party.case_id, party_id=party.id, holder=ball, began_at=now())
        db.session.add(held)


def _end(case_id: int, *which: object) -> None:
    db.session.execute(
        update(Holding)
        .where(Holding.case_id == case_id, *which, Holding.ended_at == NEVER)  # type: ignore[arg-type] # conditions
        .values(ended_at=now())
        .execution_options(synchronize_session=False)
    )


def own_reading(party: Party) -> None:
    """Bring what a partner or supplier reads up to date with the lanes they were asked into. Flushes.

    Subject of the newest lane; the ball is theirs while one lane waits for them, with the first date of
    those; closed when every lane is.
    """
    lanes = list(db.session.scalars(granted_to(party.id).order_by(Lane.id.desc())))
    party.listed = bool(lanes)
    open_ones = [lane for lane in lanes if lane.state == "open"]
    theirs = [lane for lane in open_ones if lane.ball == lane.kind]
    if lanes:
        party.subject = (open_ones or lanes)[0].subject
    party.status = "open" if open_ones else "closed"
    party.due_at = min((lane.due_at for lane in theirs), default=NEVER)
    ball = party.role if theirs else "us" if open_ones else "nobody"
    if ball != party.ball:
        begin_reading(party, ball)
