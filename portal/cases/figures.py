"""How much there is, in numbers for whoever keeps the portal running: nothing of a case's content."""

from typing import Any

from sqlalchemy import func, literal, literal_column, select

from portal.cases.models import Case, Message
from portal.cases.visibility import everything
from portal.extensions import db
from portal.identity.models import Department

OPEN: tuple[Any, ...] = (literal_column("'new'"), literal_column("'open'"))
"""Written out, because SQLite matches a partial index with what the statement says."""


def open_by_department(cap: int) -> dict[str, int]:
    """How many open cases each department has, by its code, counted no further than `cap`."""
    departments = db.session.execute(select(Department.code, Department.id).order_by(Department.id)).all()
    columns = []
    for code, key in departments:
        cases = everything(because="a monitor counts open cases, confidential ones among them")
        some = cases.with_only_columns(literal(1)).where(Case.department_id == key, Case.state.in_(OPEN))
        counted = select(func.count()).select_from(some.limit(cap).subquery())
        columns.append(counted.scalar_subquery().label(code))
    return dict(db.session.execute(select(*columns)).mappings().one()) if columns else {}


def leaving(cap: int) -> int:
    """How many messages of staff have not left yet, counted no further than `cap`."""
    some = select(literal(1)).select_from(Message).where(Message.follows.is_not(None)).limit(cap)
    return db.session.scalar(select(func.count()).select_from(some.subquery())) or 0
