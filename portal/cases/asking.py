"""Whom a case can be put to, what is asked of them, and who of them will read it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, literal, or_, select

from portal.cases.models import Lane, Participant, Party
from portal.cases.sharing import Chosen
from portal.cases.visibility import granted_to
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import Membership, Organization, Person


@dataclass(frozen=True)
class Question:
    """What is asked of an organization, and who of them reads it.

    role: partner or supplier; people: membership ids, at least one; reach: `organization` (their members by
    their rights) or `managers` (these people and their managers only); facts: answers of the case that are
    given; due_at: until when they should answer; until: when their access ends; confidential: of ours only
    the department that has the case reads the lane
    """

    organization_id: int
    role: str
    subject: str
    body: str
    people: tuple[int, ...]
    reach: str = "organization"
    facts: dict[str, object] = field(default_factory=dict)
    files: tuple[Chosen, ...] = ()
    due_at: datetime = NEVER
    until: datetime = NEVER
    confidential: bool = False


def can_be_asked(case_organization_id: int) -> list[Organization]:
    """The organizations that can be asked in a case, by name: partners and suppliers but the requester."""
    return list(
        db.session.scalars(
            select(Organization)
            .where(
                ~Organization.ours,
                Organization.archived_at > now(),
                Organization.partner | Organization.supplier,
                Organization.id != case_organization_id,
            )
            .order_by(Organization.name)
        )
    )


def people_of(organization_id: int) -> list[tuple[int, str, bool]]:
    """(membership, name, manager) of who can act for an organization now, by name."""
    rows = db.session.execute(
        select(Membership.id, Person.name, Membership.manager)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organization_id == organization_id,
            Membership.until > now(),
            Person.deactivated_at > now(),
        )
        .order_by(Person.name)
    )
    return [(key, name, manager) for key, name, manager in rows]


def others_in_force(party: Party, lane_id: int = 0) -> bool:
    """Whether the party reads another lane of the case already."""
    others = granted_to(party.id).where(Lane.id != lane_id).with_only_columns(Lane.id)
    return db.session.scalar(others.limit(1)) is not None


def will_read(case_id: int, question: Question) -> tuple[list[str], bool]:
    """The names of those who will read a question, and whether they read another lane of the case already."""
    there = select(Party).where(Party.case_id == case_id, Party.organization_id == question.organization_id)
    party = db.session.scalars(there).one_or_none()
    already = party is not None and others_in_force(party)
    reach = party.reach if party is not None and already else question.reach
    sees_all = and_(literal(reach == "organization"), Membership.sees == "all", ~Organization.own_only)
    taking = select(Participant.membership_id).where(
        Participant.party_id == (party.id if party and already else 0)
    )
    named_now = or_(Membership.id.in_(question.people), Membership.id.in_(taking))
    able = [key for key, _name, _manager in people_of(question.organization_id)]
    names = db.session.scalars(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.id.in_(able), or_(Membership.manager, sees_all, named_now))
        .order_by(Person.name)
    )
    return list(names), already
