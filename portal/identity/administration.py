"""What administrators change: organizations, people, whom they act for, departments and who works there."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError

from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity import links, people
from portal.identity.invitations import Deactivated
from portal.identity.models import (
    RELATIONS,
    Department,
    DepartmentMember,
    Link,
    Membership,
    Organization,
    OutsideIdentity,
    Person,
)
from portal.identity.news import News, tell
from portal.identity.people import EmailTaken, checked, one_line
from portal.identity.viewer import Viewer, is_in_force, memberships_of


class OursStays(ValueError):
    """Our own organization cannot be archived."""


class Yourself(ValueError):
    """Nobody closes their own way in; another administrator does that."""


class LastAdministrator(ValueError):
    """Afterwards nobody could administer any more."""


class NotStaff(ValueError):
    """Only people of our own organization administer or work in departments."""


class ActsForNobody(ValueError):
    """The person acts for no organization, so a link would lead them nowhere."""


class CodeTaken(ValueError):
    """Another department has this code."""


class UnknownDepartment(LookupError):
    """There is no such department, or it is archived."""


# ── organizations ──


@dataclass(frozen=True)
class OrganizationDetails:
    """What is known of an organization. relations: some of customer, partner, supplier."""

    name: str
    relations: frozenset[str] = frozenset()
    segment: str = ""
    tier: str = ""
    country: str = ""
    domain: str = ""
    own_only: bool = False


def create_organization(details: OrganizationDetails) -> Organization:
    """A new outside organization, without members yet. Flushes."""
    organization = Organization(ours=False)
    db.session.add(organization)
    describe_organization(organization, details)
    return organization


def describe_organization(organization: Organization, details: OrganizationDetails) -> None:
    """Take over what is known of it; our own holds no relation to itself. Flushes."""
    organization.name = one_line(details.name, 200)
    organization.segment = one_line(details.segment, 60)
    organization.tier = one_line(details.tier, 60)
    organization.country, organization.domain = details.country, details.domain
    organization.own_only = details.own_only and not organization.ours
    for relation in RELATIONS:
        setattr(organization, relation, relation in details.relations and not organization.ours)
    db.session.flush()


def archive_organization(organization: Organization) -> None:
    """From now on nobody acts for it; nothing is deleted. Raises OursStays."""
    if organization.ours:
        raise OursStays
    organization.archived_at = now()
    db.session.flush()


def restore_organization(organization: Organization) -> None:
    """Its members can act for it again."""
    organization.archived_at = NEVER
    db.session.flush()


# ── memberships ──


def set_access(membership: Membership, manager: bool, sees: str) -> None:
    """Whether the member manages the organization, and sees `all` of its cases or their `own`."""
    membership.manager, membership.sees = manager, sees
    db.session.flush()


def end_membership(by: Viewer | None, membership: Membership) -> None:
    """The person no longer acts for the organization; what they wrote stays.

    Raises Yourself, LastAdministrator. Flushes.
    """
    organization = db.session.get_one(Organization, membership.organization_id)
    if by is not None and by.membership_id == membership.id:
        raise Yourself
    if organization.ours:
        _keep_an_administrator(db.session.get_one(Person, membership.person_id))
    membership.until = now()
    db.session.flush()


def reopen_membership(membership: Membership) -> None:
    """The person acts for the organization again, with the access they had."""
    membership.until = NEVER
    db.session.flush()


# ── people ──


def describe_person(by: Viewer | None, person: Person, name: str, email: str, administrator: bool) -> None:
    """Change name, address and whether they administer. A new address ends every link mailed to the old one.

    Raises BadEmail, EmailTaken, NotStaff, Yourself or LastAdministrator; then nothing is changed.
    """
    address = checked(email)
    _may_administer(by, person, administrator)
    other = people.find(address)
    if other is not None and other.id != person.id:
        raise EmailTaken(address)
    if address != person.email:
        people.end_links(person)
    try:
        with db.session.begin_nested():
            person.name, person.email = one_line(name, 200) or address, address
            person.administrator = administrator
    except IntegrityError as error:
        raise EmailTaken(address) from error


def _may_administer(by: Viewer | None, person: Person, administrator: bool) -> None:
    if administrator and not person.administrator and staff_membership(person) is None:
        raise NotStaff
    if person.administrator and not administrator:
        _not_oneself(by, person)
        _keep_an_administrator(person)


def deactivate(by: Viewer | None, person: Person) -> None:
    """Close the person's access: no sign-in, session or link works. Raises Yourself, LastAdministrator."""
    _not_oneself(by, person)
    _keep_an_administrator(person)
    people.deactivate(person)


def reactivate(person: Person) -> None:
    """Open the person's access again; their password is what it was."""
    person.deactivated_at = NEVER
    db.session.flush()


def hand_over_link(by: Viewer, person: Person) -> tuple[Link, str]:
    """A new link for the person, also mailed to them: an invitation, or for a new password if they have one.

    Returns it with its address, which is stored nowhere else. Raises Deactivated or ActsForNobody.
    """
    if not is_in_force(person):
        raise Deactivated
    acts_for = memberships_of(person.id)
    if not acts_for:
        raise ActsForNobody
    purpose = "reset" if people.signs_in(person) else "invitation"
    link, url = links.make(person, purpose, by)
    tell(News(purpose, person, url=url, organization=acts_for[0][1].name, by=by.name))
    return link, url


def _not_oneself(by: Viewer | None, person: Person) -> None:
    if by is not None and by.person_id == person.id:
        raise Yourself


def _keep_an_administrator(person: Person) -> None:
    """Raise LastAdministrator if nobody else can administer.

    Holds the rows of all who can, so that two administrators cannot end each other at the same moment.
    """
    if not person.administrator:
        return
    able = db.session.scalars(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(
            Person.administrator,
            Person.deactivated_at > now(),
            or_(
                Person.password_hash.is_not(None),
                select(OutsideIdentity.id).where(OutsideIdentity.person_id == Person.id).exists(),
            ),
            Membership.until > now(),
            Organization.ours,
        )
        .order_by(Person.id)
        .with_for_update(of=Person)
    ).all()
    if person.id in able and set(able) == {person.id}:
        raise LastAdministrator


def staff_membership(person: Person) -> Membership | None:
    """The person's membership of our own organization, when it is in force."""
    return db.session.scalars(
        select(Membership)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.person_id == person.id, Membership.until > now(), Organization.ours)
        .limit(1)
    ).first()


# ── departments ──


def create_department(code: str, name: str, email: str, position: int) -> Department:
    """A new department, with nobody in it yet.

    Raises BadEmail, and CodeTaken also when two take it at the same moment.
    """
    department = Department(code=code, name="")
    _describe(department, name, email, position)
    try:
        with db.session.begin_nested():
            db.session.add(department)
    except IntegrityError as error:
        raise CodeTaken(code) from error
    return department


def describe_department(department: Department, name: str, email: str, position: int) -> None:
    """Change everything but the code, which rules, kinds and addresses name. Raises BadEmail. Flushes."""
    _describe(department, name, email, position)
    db.session.flush()


def _describe(department: Department, name: str, email: str, position: int) -> None:
    address = checked(email) if email else ""
    department.name, department.email, department.position = one_line(name, 80), address, position


def restore_department(department: Department) -> None:
    """Rules may point to it again."""
    department.archived_at = NEVER
    db.session.flush()


def set_departments(membership: Membership, chosen: Mapping[int, bool]) -> None:
    """Where somebody of ours works from now on: department → do they lead it?

    Raises NotStaff, UnknownDepartment. Flushes.
    """
    organization = db.session.get_one(Organization, membership.organization_id)
    if chosen and not organization.ours:
        raise NotStaff
    known = db.session.scalars(
        select(Department.id).where(Department.id.in_(chosen), Department.archived_at > now())
    )
    if set(chosen) - set(known):
        raise UnknownDepartment
    there = _held(membership)
    for department_id, row in there.items():
        if department_id in chosen:
            row.lead = chosen[department_id]
        else:
            db.session.delete(row)
    db.session.add_all(
        DepartmentMember(department_id=key, membership_id=membership.id, lead=lead)
        for key, lead in chosen.items()
        if key not in there
    )
    db.session.flush()


def _held(membership: Membership) -> dict[int, DepartmentMember]:
    """The active departments the member works in; the membership is held, so that nobody adds twice."""
    db.session.refresh(membership, with_for_update=True)
    rows = db.session.scalars(
        select(DepartmentMember)
        .join(Department, Department.id == DepartmentMember.department_id)
        .where(DepartmentMember.membership_id == membership.id, Department.archived_at > now())
        .execution_options(populate_existing=True)
    )
    return {row.department_id: row for row in rows}


def put_into(department: Department, membership: Membership, lead: bool) -> None:
    """Somebody of ours works in the department from now on, or begins or ceases to lead it.

    Raises NotStaff, UnknownDepartment. Flushes.
    """
    organization = db.session.get_one(Organization, membership.organization_id)
    if not organization.ours or membership.until <= now():
        raise NotStaff
    if department.archived_at <= now():
        raise UnknownDepartment
    there = _held(membership).get(department.id)
    if there is None:
        there = DepartmentMember(department_id=department.id, membership_id=membership.id)
        db.session.add(there)
    there.lead = lead
    db.session.flush()


def take_out(department: Department, membership: Membership) -> None:
    """The member no longer works in the department; what they did there stays."""
    db.session.execute(
        delete(DepartmentMember).where(
            DepartmentMember.department_id == department.id, DepartmentMember.membership_id == membership.id
        )
    )
