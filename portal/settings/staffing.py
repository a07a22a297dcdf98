"""Departments and who works in them, for the lists of this room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from portal.clock import now
from portal.extensions import db
from portal.identity.models import Department, DepartmentMember, Membership, Organization, Person


@dataclass(frozen=True)
class Staffed:
    """A department with the names of who leads it, and how many work there."""

    department: Department
    leads: tuple[str, ...]
    count: int


def departments() -> list[Department]:
    """The departments in use, in their order."""
    return list(
        db.session.scalars(
            select(Department)
            .where(Department.archived_at > now())
            .order_by(Department.position, Department.name)
        )
    )


def staffed_departments() -> list[Staffed]:
    """Every department, those in use first, with who leads it: two statements."""
    found = db.session.scalars(
        select(Department).order_by(Department.archived_at <= now(), Department.position, Department.name)
    ).all()
    people_of: dict[int, list[tuple[str, bool]]] = {}
    for key, lead, name in db.session.execute(
        _working()
        .add_columns(DepartmentMember.department_id, DepartmentMember.lead, Person.name)
        .order_by(func.lower(Person.name))
    ):
        people_of.setdefault(key, []).append((name, lead))
    return [
        Staffed(
            department,
            tuple(name for name, lead in people_of.get(department.id, ()) if lead),
            len(people_of.get(department.id, ())),
        )
        for department in found
    ]


def _working() -> Select[Any]:
    """Everybody of ours who works in a department now."""
    return (
        select()
        .select_from(DepartmentMember)
        .join(Membership, Membership.id == DepartmentMember.membership_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.until > now(), Person.deactivated_at > now())
    )


def colleagues_in(department: Department) -> Sequence[Any]:
    """(person, membership, do they lead it?) of a department, leads first."""
    return db.session.execute(
        _working()
        .add_columns(Person, Membership, DepartmentMember.lead)
        .where(DepartmentMember.department_id == department.id)
        .order_by(DepartmentMember.lead.desc(), func.lower(Person.name))
    ).all()


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
