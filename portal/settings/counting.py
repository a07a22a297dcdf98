"""How the place stands, in numbers: one statement for the first page of the settings."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select

from portal.channels.models import Letter
from portal.clock import now
from portal.extensions import db
from portal.identity.models import Department, DepartmentMember, Organization, Person
from portal.identity.people import has_sign_in
from portal.identity.staffing import working
from portal.routing.models import Rule


@dataclass(frozen=True)
class Standing:
    organizations: int
    customers: int
    partners: int
    suppliers: int
    people: int
    waiting: int
    """Have no sign-in yet."""
    departments: int
    empty: int
    """Departments nobody works in."""
    rules: int
    off: int
    letters: int
    kept: int
    """Letters that were not sent."""


def standing() -> Standing:
    """Everything counted now."""
    there = select(func.count(Organization.id)).where(Organization.archived_at > now(), ~Organization.ours)
    active = select(func.count(Person.id)).where(Person.deactivated_at > now())
    departments = select(func.count(Department.id)).where(Department.archived_at > now())
    row = db.session.execute(
        select(
            _of(there),
            _of(there.where(Organization.customer)),
            _of(there.where(Organization.partner)),
            _of(there.where(Organization.supplier)),
            _of(active),
            _of(active.where(~has_sign_in())),
            _of(departments),
            _of(departments.where(~_somebody_works_there())),
            _of(select(func.count(Rule.id))),
            _of(select(func.count(Rule.id)).where(Rule.enabled.is_(False))),
            _of(select(func.count(Letter.id))),
            _of(select(func.count(Letter.id)).where(Letter.sent_at.is_(None))),
        )
    ).one()
    return Standing(*tuple(row))


def _of(statement: Select[int]) -> ScalarSelect[int]:
    return statement.scalar_subquery()


def _somebody_works_there() -> ColumnElement[bool]:
    there = working().add_columns(DepartmentMember.membership_id)
    return there.where(DepartmentMember.department_id == Department.id).exists()
