"""Who has a case: assigned, handed over, back with somebody when it begins again."""

from datetime import datetime

from sqlalchemy import select, true

from portal.cases import events
from portal.cases.casework import NotNow, end_grants, grant, lane_of, locked, open_lane, refresh, spread
from portal.cases.models import ASKED, Case, Grant, Lane, Party
from portal.cases.standing import own_reading, pass_ball
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import FRONT_DESK, Department
from portal.identity.staffing import colleagues
from portal.identity.viewer import Viewer


class NoMember(ValueError):
    """The person does not work in the department that has the case (any more)."""


class SameDepartment(ValueError):
    """The case is with that department already."""


def assign(actor: Viewer, case_id: int, assignee_id: int | None, *, version: int | None = None) -> Case:
    """Give the case to a member of its department, or to nobody (None). Flushes.

    Raises `Changed`, `NotNow` when it is finished, `NoMember`.
    """
    case = unfinished(case_id, version)
    if assignee_id is not None and assignee_id not in dict(colleagues(case.department_id)):
        raise NoMember(assignee_id)
    before, case.assignee_id = case.assignee_id, assignee_id
    begun(case)
    lane = lane_of(case, "internal")
    spread(case, actor, lane)
    events.record(case, "assigned", actor.membership_id, lane_id=lane.id, before=before, after=assignee_id)
    return case


def hand_over(
    actor: Viewer, case_id: int, department: Department, reason: str, *, version: int | None = None
) -> Case:
    """Move the case to another department, which owns it from now on; the old one stays as helper.

    In a confidential case the old department's access ends. The requester is told who has it now, the
    reason is for staff. Raises `Changed`, `NotNow` when it is finished, `SameDepartment`.
    """
    case = unfinished(case_id, version)
    before = case.department_id
    if before == department.id:
        raise SameDepartment(department.code)
    begun(case)
    move(case, department.id, actor.membership_id)
    lane = lane_of(case, "requester")
    spread(case, actor, lane)
    events.record(
        case, "handed_over", actor.membership_id, lane_id=lane.id, before=before, after=department.id
    )
    events.record(case, "reasoned", actor.membership_id, words=reason)
    return case


def correct(actor: Viewer, case_id: int, lane_id: int | None, to: str, reason: str, due_at: datetime) -> Lane:
    """Say by hand who must act next in a lane: `them` or `us`. Intervals so far stay as they were. Flushes.

    reason: for colleagues. due_at: until when, `NEVER` for no date. Raises `NotNow` when the lane is closed.
    """
    case = locked(case_id)
    lane = open_lane(case, lane_id)
    begun(case)
    pass_ball(lane, lane.kind if to == "them" else "us", due_at=due_at)
    if lane.party_id is not None and lane.kind in ASKED:
        own_reading(db.session.get_one(Party, lane.party_id))
    refresh(case, lane_of(case, "internal"))
    events.record(case, "corrected", actor.membership_id, lane_id=lane.id, to=lane.ball)
    events.record(case, "reasoned", actor.membership_id, lane_id=lane.id, words=reason)
    return lane


def move(case: Case, to: int, given_by: int | None) -> None:
    """Make another department the owner: the old one helps, or in a confidential case is out. Flushes."""
    before = department_party(case, case.department_id)
    after = department_party(case, to)
    before.role, after.role = "helper", "owner"
    case.department_id, case.assignee_id = to, None
    db.session.flush()
    had = select(Grant.lane_id).where(Grant.party_id == before.id, Grant.ends_at > now())
    theirs = select(Lane).where(Lane.case_id == case.id, Lane.id.in_(had) | ~Lane.confidential)
    grant(after, list(db.session.scalars(theirs)), "hand_over", given_by)
    secret = select(Lane.id).where(Lane.case_id == case.id, Lane.confidential)
    closed_to_them = true() if case.confidential else Grant.lane_id.in_(secret)
    end_grants(Grant.party_id == before.id, Grant.task_id.is_(None), closed_to_them)


def begin_again(case: Case) -> None:
    """What was answered or closed is open once more. Flushes.

    From a department that is no more it goes to the front desk, which is always there.
    """
    case.state, case.outcome, case.resolved_at = "open", "", NEVER
    department = db.session.get_one(Department, case.department_id)
    if department.archived_at <= now():
        desk = db.session.scalars(select(Department.id).where(Department.code == FRONT_DESK)).one()
        move(case, desk, None)
        lane = lane_of(case, "requester")
        events.record(case, "handed_over", None, lane_id=lane.id, before=department.id, after=desk)


def unfinished(case_id: int, version: int | None = None) -> Case:
    """The case held, while it is new or open. Raises `Changed`, `NotNow`."""
    case = locked(case_id, version)
    if case.state not in ("new", "open"):
        raise NotNow(case.number)
    return case


def begun(case: Case) -> None:
    """The first act of staff opens a new case."""
    if case.state == "new":
        case.state = "open"


def department_party(case: Case, department_id: int) -> Party:
    """The department's party in the case, made as a helper if there is none yet."""
    party = db.session.execute(
        select(Party).where(Party.case_id == case.id, Party.department_id == department_id)
    ).scalar_one_or_none()
    if party is None:
        party = Party(case_id=case.id, department_id=department_id, role="helper")
        db.session.add(party)
        db.session.flush()
    return party
