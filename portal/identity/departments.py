"""Departments of ours: made, described, in use, restored. Archiving looks at cases: settings/archiving.py."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import Department
from portal.identity.people import checked, one_line


class CodeTaken(ValueError):
    """Another department has this code."""


def in_use() -> list[Department]:
    """The departments in use, in their order."""
    return list(
        db.session.scalars(
            select(Department)
            .where(Department.archived_at > now())
            .order_by(Department.position, Department.name)
        )
    )


def create(code: str, name: str, email: str, position: int) -> Department:
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


def describe(department: Department, name: str, email: str, position: int) -> None:
    """Change everything but the code, which rules, kinds and addresses name. Raises BadEmail. Flushes."""
    _describe(department, name, email, position)
    db.session.flush()


def _describe(department: Department, name: str, email: str, position: int) -> None:
    address = checked(email) if email else ""
    department.name, department.email, department.position = one_line(name, 80), address, position


def restore(department: Department) -> None:
    """Rules may point to it again."""
    department.archived_at = NEVER
    db.session.flush()
