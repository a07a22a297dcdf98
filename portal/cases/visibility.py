"""Who sees what: decided here and nowhere else.

The viewer is a membership: a person acting for one organization. Outsiders see a lane through a current
grant to that organization, narrowed by the party's reach and by what the member may see. Insiders see
every lane that is not confidential, confidential ones through a grant to a department of theirs or to
themselves; administering gives no sight of cases. What comes out are SQL conditions: lists, pages, files,
counts and notices refine them and never widen them.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, literal, or_, select, true, union
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.cases.models import (
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


def everything(because: str) -> Select[Case]:
    """All cases, for what no viewer asks: the worker and commands. `because` is for who reads the caller."""
    if not because:
        raise ValueError("say why everything is looked at")
    return select(Case).where(Case.merged_into_id.is_(None))


def _in_force() -> ColumnElement[bool]:
    """The grant is one of those that count now."""
    moment = now()
    return and_(Grant.begins_at <= moment, Grant.ends_at > moment)


def current(party_id: Any) -> ColumnElement[bool]:
    """The party holds a grant in force.

    A scalar on purpose: PostgreSQL hashes every grant for an EXISTS inside OR (about a second instead of
    0.2 ms at a million cases). And a true one rather than "= 1", which PostgreSQL takes to hold for one row
    in two hundred and then sorts what it could have walked.
    """
    granted = select(true()).where(Grant.party_id == party_id, _in_force()).limit(1)
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
    return Scope(
        statement,
        case_id,
        source.subject,
        status,
        source.ball,
        source.ball_since,
        source.due_at,
        source.activity_at,
    )


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
    party = aliased(Party)
    granted = (
        select(literal(1))
        .select_from(Grant)
        .join(party, party.id == Grant.party_id)
        .where(Grant.lane_id == Lane.id, _in_force())
    )
    lanes = select(Lane).where(Lane.case_id == case_id).order_by(Lane.id)
    if not viewer.is_staff:
        theirs = granted.where(party.organization_id == viewer.organization_id)
        return lanes.where(Lane.kind != "internal", exists(theirs))
    ours = granted.where(
        or_(party.department_id.in_(viewer.departments), party.membership_id == viewer.membership_id)
    )
    confidential = or_(
        Lane.confidential, select(Case.confidential).where(Case.id == Lane.case_id).scalar_subquery()
    )
    return lanes.where(or_(~confidential, exists(ours)))


def messages_for(viewer: Viewer, case_id: int) -> Select[Message]:
    """The messages of a case the viewer reads: those of their lanes, visible by now or their own."""
    lanes = lanes_for(viewer, case_id).with_only_columns(Lane.id).order_by(None)
    return select(Message).where(
        Message.lane_id.in_(lanes),
        or_(Message.visible_from <= now(), Message.author_id == viewer.membership_id),
    )


def attachments_for(viewer: Viewer, case_id: int) -> Select[Attachment]:
    """The files of a case the viewer may fetch: those of messages they read."""
    messages = messages_for(viewer, case_id).with_only_columns(Message.id)
    return select(Attachment).where(Attachment.message_id.in_(messages))


def events_for(viewer: Viewer, case_id: int) -> Select[Event]:
    """What happened in the lanes the viewer reads; events without a lane are for staff only."""
    lanes = lanes_for(viewer, case_id).with_only_columns(Lane.id).order_by(None)
    inside = Event.lane_id.is_(None) if viewer.is_staff else false()
    return select(Event).where(Event.case_id == case_id, or_(Event.lane_id.in_(lanes), inside))


def holdings_for(viewer: Viewer, case_ids: list[int]) -> Select[Holding]:
    """Who held the ball in these cases, in the reading of the viewer's side. For cases already scoped."""
    holdings = select(Holding).where(Holding.case_id.in_(case_ids))
    if viewer.is_staff:
        return holdings.where(Holding.party_id.is_(None))
    return holdings.join(Party, Party.id == Holding.party_id).where(
        Party.organization_id == viewer.organization_id
    )


def accesses_for(viewer: Viewer, case_id: int) -> Select[Access]:
    """Who opened a case, as far as the viewer may know: an outsider learns of their own organization only."""
    accesses = select(Access).where(Access.case_id == case_id)
    if viewer.is_staff:
        return accesses
    if not viewer.manager:
        return accesses.where(false())
    return accesses.join(Membership, Membership.id == Access.membership_id).where(
        Membership.organization_id == viewer.organization_id
    )


def audience_of(lane_id: int) -> Select[int]:
    """The ids of the memberships that can read a lane now, outsiders and insiders."""
    both = union(_outside_readers(lane_id), _inside_readers(lane_id)).subquery()
    return select(both.c.id)


def _members() -> Select[int]:
    """Everybody who can sign in for somebody now."""
    moment = now()
    return (
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.until > moment, Person.deactivated_at > moment, Organization.archived_at > moment)
    )


def _outside_readers(lane_id: int) -> Select[int]:
    sees_all = and_(Party.reach == "organization", Membership.sees == "all", ~Organization.own_only)
    return (
        _members()
        .join(Party, Party.organization_id == Membership.organization_id)
        .join(Grant, Grant.party_id == Party.id)
        .join(Lane, Lane.id == Grant.lane_id)
        .where(
            Lane.id == lane_id,
            Lane.kind != "internal",
            ~Organization.ours,
            _in_force(),
            or_(Membership.manager, sees_all, _takes_part(Party.id, Membership.id)),
        )
    )


def _inside_readers(lane_id: int) -> Select[int]:
    mine = (
        select(DepartmentMember.department_id)
        .where(DepartmentMember.membership_id == Membership.id)
        .correlate(Membership)
    )
    granted = (
        select(literal(1))
        .select_from(Grant)
        .join(Party, Party.id == Grant.party_id)
        .where(
            Grant.lane_id == lane_id,
            _in_force(),
            or_(Party.department_id.in_(mine), Party.membership_id == Membership.id),
        )
        .correlate(Membership)
    )
    lane = (
        select(or_(Lane.confidential, Case.confidential))
        .join(Case, Case.id == Lane.case_id)
        .where(Lane.id == lane_id)
        .scalar_subquery()
    )
    return _members().where(Organization.ours, or_(~lane, exists(granted)))
