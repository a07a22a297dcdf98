"""Who has a case: assigned, handed over, back with somebody when it begins again."""

from sqlalchemy import select, update

from portal.cases import events
from portal.cases.casework import NotNow, grant, lane_of, locked, spread
from portal.cases.models import Case, Grant, Party
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
    case = _unfinished(case_id, version)
    if assignee_id is not None and assignee_id not in dict(colleagues(case.department_id)):
        raise NoMember(assignee_id)
    before, case.assignee_id = case.assignee_id, assignee_id
    _begun(case)
    spread(case, actor, outside=False)
    lane = lane_of(case, "internal")
    events.record(case, "assigned", actor.membership_id, lane_id=lane.id, before=before, after=assignee_id)
    return case


def hand_over(
    actor: Viewer, case_id: int, department: Department, reason: str, *, version: int | None = None
) -> Case:
    """Move the case to another department, which owns it from now on; the old one stays as helper.

    In a confidential case the old department's access ends. The requester is told who has it now, the
    reason is for staff. Raises `Changed`, `NotNow` when it is finished, `SameDepartment`.
    """
    case = _unfinished(case_id, version)
    before = case.department_id
    if before == department.id:
        raise SameDepartment(department.code)
    _begun(case)
    move(case, department.id, actor.membership_id)
    spread(case, actor, outside=True)
    lane = lane_of(case, "requester")
    events.record(
        case, "handed_over", actor.membership_id, lane_id=lane.id, before=before, after=department.id
    )
    events.record(case, "reasoned", actor.membership_id, words=reason)
    return case


def move(case: Case, to: int, given_by: int | None) -> None:
    """Make another department the owner: the old one helps, or in a confidential case is out. Flushes."""
    before = _party(case, case.department_id)
    after = _party(case, to)
    before.role, after.role = "helper", "owner"
    case.department_id, case.assignee_id = to, None
    db.session.flush()
    grant(after, [lane_of(case, "requester"), lane_of(case, "internal")], "hand_over", given_by)
    if case.confidential:
        _end_grants(before)


def begin_again(case: Case) -> None:
    """What was answered or closed is open once more. Flushes.

    From a department that is no more it goes to the front desk, which is always there.
    """
    case.state, case.outcome, case.resolved_at = "open", "", NEVER
    department = db.session.get_one(Department, case.department_id)
    if department.archived_at <= now():
        move(case, db.session.scalars(select(Department.id).where(Department.code == FRONT_DESK)).one(), None)


def _unfinished(case_id: int, version: int | None) -> Case:
    case = locked(case_id, version)
    if case.state not in ("new", "open"):
        raise NotNow(case.number)
    return case


def _begun(case: Case) -> None:
    """The first act of staff opens a new case."""
    if case.state == "new":
        case.state = "open"


def _party(case: Case, department_id: int) -> Party:
    """The department's party in the case, made as a helper if there is none yet."""
    party = db.session.execute(
        select(Party).where(Party.case_id == case.id, Party.department_id == department_id)
    ).scalar_one_or_none()
    if party is None:
        party = Party(case_id=case.id, department_id=department_id, role="helper")
        db.session.add(party)
        db.session.flush()
    return party


def _end_grants(party: Party) -> None:
    moment = now()
    db.session.execute(
        update(Grant).where(Grant.party_id == party.id, Grant.ends_at > moment).values(ends_at=moment)
    )
