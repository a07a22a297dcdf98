"""Who of ours works in which department, and who leads it: changed here, and asked by those who list it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from portal.clock import now
from portal.extensions import db
from portal.identity.models import Department, DepartmentMember, Membership, Organization, Person


class NotStaff(ValueError):
    """Only people of our own organization administer or work in departments."""


class UnknownDepartment(LookupError):
    """There is no such department, or it is archived."""


def membership_of_ours(person: Person) -> Membership | None:
    """The person's membership of our own organization, when it is in force."""
    return db.session.scalars(
        select(Membership)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.person_id == person.id, Membership.until > now(), Organization.ours)
        .limit(1)
    ).first()


def working() -> Select[Any]:
    """Who works in a department now: DepartmentMember, Membership, Person joined; the caller adds columns."""
    return (
        select()
        .select_from(DepartmentMember)
        .join(Membership, Membership.id == DepartmentMember.membership_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.until > now(), Person.deactivated_at > now())
    )


def colleagues(department_id: int) -> list[tuple[int, str]]:
    """(membership id, name) of those who work in a department, by name: a case can be assigned to them."""
    rows = db.session.execute(
        working()
        .add_columns(Membership.id, Person.name)
        .where(DepartmentMember.department_id == department_id)
        .order_by(Person.name)
    )
    return [(key, name) for key, name in rows]


def in_departments() -> list[tuple[int, str]]:
    """(membership id, name and department) of everybody who works in a department, by department."""
    rows = db.session.execute(
        working()
        .add_columns(Membership.id, Person.name, Department.name)
        .join(Department, Department.id == DepartmentMember.department_id)
        .where(Department.archived_at > now())
        .order_by(Department.position, Person.name)
    )
    return [(key, f"{name} ({department})") for key, name, department in rows]


def everybody() -> list[tuple[int, str]]:
    """(membership id, name) of our people, by name."""
    rows = db.session.execute(
        select(Membership.id, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Organization.ours, Membership.until > now(), Person.deactivated_at > now())
        .order_by(func.lower(Person.name))
    )
    return [(key, name) for key, name in rows]


def colleagues_elsewhere(department: Department) -> list[tuple[int, str]]:
    """(membership id, name and address) of our people who do not work in a department yet."""
    inside = select(DepartmentMember.membership_id).where(DepartmentMember.department_id == department.id)
    rows = db.session.execute(
        select(Membership.id, Person.name, Person.email)
        .join(Person, Person.id == Membership.person_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(
            Organization.ours,
            Membership.until > now(),
            Person.deactivated_at > now(),
            Membership.id.not_in(inside),
        )
        .order_by(func.lower(Person.name))
    )
    return [(key, f"{name}, {email}") for key, name, email in rows]


def staff_of(department: Department) -> Sequence[Any]:
    """(person, membership, do they lead it?) of a department, leads first."""
    return db.session.execute(
        working()
        .add_columns(Person, Membership, DepartmentMember.lead)
        .where(DepartmentMember.department_id == department.id)
        .order_by(DepartmentMember.lead.desc(), func.lower(Person.name))
    ).all()


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
    there = db.session.get(DepartmentMember, (department.id, membership.id))
    if there is not None:
        db.session.delete(there)
        db.session.flush()
