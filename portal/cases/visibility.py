"""Who sees what: decided here and nowhere else.

The viewer is a membership: a person acting for one organization. Outsiders see a lane through a current
grant to that organization, narrowed by the party's reach and by what the member may see. Insiders see
every lane that is not confidential, confidential ones through a grant to a department of theirs or to
themselves; administering gives no sight of cases. What comes out are SQL conditions: lists, pages, files,
counts and notices refine them and never widen them.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    false,
    literal,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.cases.models import (
    ASKED,
    Access,
    Attachment,
    Case,
    Event,
    Grant,
    Holding,
    Lane,
    Message,
    Participant,
    Party,
    Task,
)
from portal.clock import now
from portal.identity.models import DepartmentMember, Membership, Organization, Person
from portal.identity.viewer import Viewer


@dataclass(frozen=True)
class Scope:
    """The cases a viewer sees, and where that viewer reads their columns from.

    For staff that is the case itself; for an outsider it is their own party's copy.
    """

    select: Select[Any]
    case_id: ColumnElement[int]
    subject: InstrumentedAttribute[str]
    status: InstrumentedAttribute[str]
    ball: InstrumentedAttribute[str]
    ball_since: InstrumentedAttribute[Any]
    due_at: InstrumentedAttribute[Any]
    activity_at: InstrumentedAttribute[Any]


FOR_STAFF = ("corrected", "reasoned", "revoked", "expired")
"""What happened in a lane and is no business of those outside who read it."""


def everything(because: str) -> Select[Case]:
    """All cases, for what no viewer asks: the worker and commands. `because` is for who reads the caller."""
    if not because:
        raise ValueError("say why everything is looked at")
    return select(Case).where(Case.merged_into_id.is_(None))


def _in_force() -> ColumnElement[bool]:
    """The grant is one of those that count now."""
    moment = now()
    return and_(Grant.begins_at <= moment, Grant.ends_at > moment)


def current(party_id: Any, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """The party holds a grant in force, one of `which` if any are given.

    A scalar on purpose: PostgreSQL hashes every grant for an EXISTS inside OR (about a second instead of
    0.2 ms at a million cases). And a true one rather than "= 1", which PostgreSQL takes to hold for one row
    in two hundred and then sorts what it could have walked.
    """
    granted = select(true()).where(Grant.party_id == party_id, _in_force(), *which).limit(1)
    return granted.scalar_subquery()


def cases_for(viewer: Viewer) -> Scope:
    """The cases a viewer may list and open, merged ones left out."""
    if viewer.is_staff:
        statement = select().select_from(Case).where(Case.merged_into_id.is_(None), _open_to_staff(viewer))
        return _scope(statement, Case.id, Case)
    statement = select()
    if viewer.sees == "own":
        statement = statement.select_from(Participant).join(Party, Party.id == Participant.party_id)
        statement = statement.where(
            Participant.membership_id == viewer.membership_id, Party.organization_id == viewer.organization_id
        )
    else:
        statement = statement.select_from(Party).where(
            Party.listed, Party.organization_id == viewer.organization_id, _within_reach(viewer)
        )
    statement = statement.join(Case, Case.id == Party.case_id).where(current(Party.id))
    return _scope(statement, Party.case_id, Party)


def _scope(statement: Select[Any], case_id: Any, source: Any) -> Scope:
    status = source.state if source is Case else source.status
    dates = source.ball_since, source.due_at, source.activity_at
    return Scope(statement, case_id, source.subject, status, source.ball, *dates)


def _within_reach(viewer: Viewer) -> ColumnElement[bool]:
    """A member sees what reaches the organization, or what they take part in; a manager sees all of it."""
    if viewer.manager:
        return true()
    return or_(Party.reach == "organization", _takes_part(Party.id, viewer.membership_id))


def _takes_part(party_id: Any, membership_id: Any) -> ColumnElement[bool]:
    mine = select(literal(1)).where(
        Participant.party_id == party_id, Participant.membership_id == membership_id
    )
    return mine.limit(1).scalar_subquery() == 1


def _open_to_staff(viewer: Viewer) -> ColumnElement[bool]:
    """Not confidential, or one of my departments or I myself hold a grant on it."""
    party = aliased(Party)
    mine = (
        select(literal(1))
        .select_from(party)
        .join(Grant, Grant.party_id == party.id)
        .where(
            party.case_id == Case.id,
            or_(party.department_id.in_(viewer.departments), party.membership_id == viewer.membership_id),
            _in_force(),
        )
        .limit(1)
        .scalar_subquery()
    )
    return or_(Case.confidential.is_(false()), mine == 1)


def lanes_for(viewer: Viewer, case_id: int) -> Select[Lane]:
    """The lanes of a case the viewer reads. Ask only for a case that `cases_for` returned."""
    lanes = select(Lane).where(Lane.case_id == case_id).order_by(Lane.id)
    if viewer.is_staff:
        return lanes.where(_lane_open_to_staff(viewer), _left(viewer.membership_id))
    return lanes.where(Lane.kind != "internal", _granted(Party.organization_id == viewer.organization_id))


def whole_case(viewer: Viewer) -> ColumnElement[bool]:
    """The outer query's Case is not confidential, or mine is more than a task on it; for staff."""
    mine = or_(Party.department_id.in_(viewer.departments), Party.membership_id == viewer.membership_id)
    held = select(literal(1)).select_from(Grant).join(Party, Party.id == Grant.party_id)
    held = held.where(Party.case_id == Case.id, mine, Grant.task_id.is_(None), _in_force()).correlate(Case)
    return or_(~Case.confidential, exists(held))


def _granted(*party: ColumnElement[bool]) -> ColumnElement[bool]:
    """The outer query's Lane is granted to such a party now."""
    grants = select(literal(1)).select_from(Grant).join(Party, Party.id == Grant.party_id)
    return exists(grants.where(Grant.lane_id == Lane.id, _in_force(), *party).correlate(Lane))


def _lane_open_to_staff(viewer: Viewer) -> ColumnElement[bool]:
    """Neither the lane nor its case is confidential, or a department of mine or I myself was let in."""
    mine = or_(Party.department_id.in_(viewer.departments), Party.membership_id == viewer.membership_id)
    case = select(Case.confidential).where(Case.id == Lane.case_id).correlate(Lane).scalar_subquery()
    return or_(~or_(Lane.confidential, case), _granted(mine))


def _left(membership_id: Any) -> ColumnElement[bool]:
    """Whoever is asked in the outer query's Lane was let in: before, only the asker knows of it."""
    asked = select(literal(1)).where(Grant.lane_id == Lane.id, Grant.party_id == Lane.party_id)
    ever = and_(Grant.begins_at <= now(), Grant.ends_at > Grant.begins_at)
    mine = Grant.given_by_id == membership_id
    return or_(Lane.kind.not_in(ASKED), exists(asked.where(or_(ever, mine)).correlate(Lane, Membership)))


def granted_to(party_id: int) -> Select[Lane]:
    """The lanes a party is let into at the moment: what its own copy of the case is made from."""
    return select(Lane).join(Grant, Grant.lane_id == Lane.id).where(Grant.party_id == party_id, _in_force())


def _lane_ids(viewer: Viewer, case_id: int) -> Select[int]:
    return lanes_for(viewer, case_id).with_only_columns(Lane.id).order_by(None)


def messages_for(viewer: Viewer, case_id: int) -> Select[Message]:
    """The messages of a case the viewer reads: those of their lanes, visible by now or their own."""
    return select(Message).where(
        Message.lane_id.in_(_lane_ids(viewer, case_id)),
        or_(Message.visible_from <= now(), Message.author_id == viewer.membership_id),
    )


def attachments_for(viewer: Viewer, case_id: int) -> Select[Attachment]:
    """The files of a case the viewer may fetch: those of messages they read."""
    messages = messages_for(viewer, case_id).with_only_columns(Message.id)
    return select(Attachment).where(Attachment.message_id.in_(messages))


def events_for(viewer: Viewer, case_id: int) -> Select[Event]:
    """What happened in the lanes the viewer reads; events without a lane are for staff only."""
    lanes = _lane_ids(viewer, case_id)
    events = select(Event).where(Event.case_id == case_id)
    if viewer.is_staff:
        return events.where(or_(Event.lane_id.in_(lanes), Event.lane_id.is_(None)))
    return events.where(Event.lane_id.in_(lanes), Event.verb.not_in(FOR_STAFF))


def tasks_for(viewer: Viewer, case_id: int) -> Select[Task]:
    """The tasks of a case the viewer knows of: ours alone, and only where they read the lane it is in."""
    known = Task.lane_id.in_(_lane_ids(viewer, case_id)) if viewer.is_staff else false()
    return select(Task).where(Task.case_id == case_id, known)


def owed_by(viewer: Viewer, department_id: int) -> Select[Any]:
    """The open tasks of a department on cases the viewer sees, where they read the lane; for staff."""
    tasks = cases_for(viewer).select.add_columns(Task).join(Task, Task.case_id == Case.id)
    if not viewer.is_staff:
        return tasks.where(false())
    tasks = tasks.join(Lane, Lane.id == Task.lane_id).where(_lane_open_to_staff(viewer))
    return tasks.where(Task.department_id == department_id, Task.outcome == literal_column("''"))


def waits_for(viewer: Viewer, case_id: int) -> Select[Holding]:
    """How long each outside party was waited for, in the lanes the viewer reads; for staff."""
    waited = Holding.lane_id.in_(_lane_ids(viewer, case_id)) if viewer.is_staff else false()
    return select(Holding).where(Holding.case_id == case_id, waited)


def holdings_for(viewer: Viewer, case_ids: list[int]) -> Select[Holding]:
    """Who held the ball in these cases, in the reading of the viewer's side. For cases already scoped."""
    holdings = select(Holding).where(Holding.case_id.in_(case_ids), Holding.lane_id.is_(None))
    if viewer.is_staff:
        return holdings.where(Holding.party_id.is_(None))
    return holdings.join(Party, Party.id == Holding.party_id).where(
        Party.organization_id == viewer.organization_id
    )


def grants_for(viewer: Viewer, case_id: int) -> Select[Grant]:
    """Who was let into which lane, as far as the viewer may know: an outsider of their own side only."""
    if viewer.is_staff:
        return select(Grant).where(Grant.lane_id.in_(_lane_ids(viewer, case_id)))
    mine = and_(Party.case_id == case_id, Party.organization_id == viewer.organization_id)
    grants = select(Grant).join(Party, Party.id == Grant.party_id)
    return grants.where(mine if viewer.manager else false())


def accesses_for(viewer: Viewer, case_id: int) -> Select[Access]:
    """Who opened a case, as far as the viewer may know: an outsider learns of their own organization only."""
    accesses = select(Access).where(Access.case_id == case_id)
    accesses = accesses.join(Membership, Membership.id == Access.membership_id)
    if not viewer.is_staff:
        mine = Membership.organization_id == viewer.organization_id
        return accesses.where(mine if viewer.manager else false())
    known = select(Party.organization_id).join(Lane, Lane.party_id == Party.id)
    known = known.where(Lane.id.in_(_lane_ids(viewer, case_id)))
    ours = Membership.organization_id == viewer.organization_id
    return accesses.where(or_(ours, Membership.organization_id.in_(known)))


def audience_of(lane_id: int) -> Select[int]:
    """The ids of the memberships that can read a lane now, outsiders and insiders."""
    outside = outside_readers().where(Lane.id == lane_id).with_only_columns(Membership.id)
    both = union(outside, _inside_readers(lane_id)).subquery()
    return select(both.c.id)


def _members() -> Select[int]:
    """Everybody who can sign in for somebody now."""
    moment = now()
    return (
        select(Membership.id)
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.until > moment, Person.deactivated_at > moment, Organization.archived_at > moment)
    )


def outside_readers() -> Select[int, int]:
    """(lane, membership) of every outsider who can read a lane now; the caller says which lanes.

    Joined are Membership, Person, Organization, Party, Grant and Lane.
    """
    sees_all = and_(Party.reach == "organization", Membership.sees == "all", ~Organization.own_only)
    return (
        _members()
        .join(Party, Party.organization_id == Membership.organization_id)
        .join(Grant, Grant.party_id == Party.id)
        .join(Lane, Lane.id == Grant.lane_id)
        .with_only_columns(Lane.id.label("lane_id"), Membership.id.label("membership_id"))
        .where(
            Lane.kind != "internal",
            ~Organization.ours,
            _in_force(),
            or_(Membership.manager, sees_all, _takes_part(Party.id, Membership.id)),
        )
    )


def _inside_readers(lane_id: int) -> Select[int]:
    works_in = select(DepartmentMember.department_id).where(DepartmentMember.membership_id == Membership.id)
    mine = Party.department_id.in_(works_in.correlate(Membership)) | (Party.membership_id == Membership.id)
    granted = select(literal(1)).select_from(Grant).join(Party, Party.id == Grant.party_id)
    granted = granted.where(Grant.lane_id == lane_id, _in_force(), mine).correlate(Membership)
    lane = (
        select(or_(Lane.confidential, Case.confidential))
        .join(Case, Case.id == Lane.case_id)
        .where(Lane.id == lane_id)
        .scalar_subquery()
    )
    left = select(literal(1)).where(Lane.id == lane_id, _left(Membership.id)).correlate(Membership)
    return _members().where(Organization.ours, or_(~lane, exists(granted)), exists(left))
