"""Lists of cases to take away: the very rows of a viewer's list in their reading, some hundred at a time."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, case, func, literal, select
from sqlalchemy.orm import aliased

from portal.cases.lists import Wanted, narrowed
from portal.cases.models import Case, Party
from portal.cases.visibility import everything, whole_case
from portal.catalogue.models import Product
from portal.extensions import db
from portal.identity.models import Department, Membership, Organization, Person
from portal.identity.viewer import Viewer

BATCH = 1000
FOR_STAFF = (
    *("number", "kind", "subject", "state", "organization", "product", "department", "assignee"),
    *("priority", "waits_for", "opened_at", "due_at", "activity_at"),
)
FOR_OUTSIDERS = ("number", "subject", "status", "opened_at", "due_at", "activity_at")
"""Nothing of ours: what stands on their own party."""


def heads(viewer: Viewer | None) -> tuple[str, ...]:
    """What the columns are called; no viewer is the shell."""
    return FOR_STAFF if viewer is None or viewer.is_staff else FOR_OUTSIDERS


def count(viewer: Viewer | None, wanted: Wanted, most: int) -> int:
    """How many cases there are to take, counted no further than `most`."""
    statement, _ = _rows(viewer, wanted)
    some = statement.with_only_columns(literal(1)).order_by(None).limit(most).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def batches(
    viewer: Viewer | None, wanted: Wanted, most: int | None = None
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows, newest case first, at most so many.

    By number of the case and not by its activity: one that somebody writes in meanwhile is neither twice in
    the file nor missing.
    """
    statement, key = _rows(viewer, wanted)
    after, left = None, most
    while left is None or left > 0:
        some = statement if after is None else statement.where(key < after)
        size = BATCH if left is None else min(BATCH, left)
        rows = db.session.execute(some.order_by(key.desc()).limit(size)).all()
        if rows:
            yield [tuple(row[1:]) for row in rows]
        if len(rows) < size:
            return
        after, left = rows[-1][0], None if left is None else left - size


def _rows(viewer: Viewer | None, wanted: Wanted) -> tuple[Select[Any], Any]:
    """(case id, then the columns of `heads`) of every case of the list; and the case id to go on by."""
    if viewer is None:
        cases = everything(because="the shell exports every case, and it is recorded")
        return _staff_columns(cases.with_only_columns(Case.id), literal(value=True)), Case.id
    scope, statement = narrowed(viewer, wanted)
    if viewer.is_staff:
        return _staff_columns(statement.add_columns(Case.id), whole_case(viewer)), Case.id
    opened = func.coalesce(Party.asked_at, Case.opened_at)
    dates = (opened, scope.due_at, scope.activity_at)
    return statement.add_columns(
        scope.case_id, Case.number, scope.subject, scope.status, *dates
    ), scope.case_id


def _staff_columns(statement: Select[Any], named: Any) -> Select[Any]:
    """named: whether an outside organization that has the ball may be named."""
    assignee, acting, holding = aliased(Membership), aliased(Department), aliased(Organization)
    waits_for = func.coalesce(acting.name, case((named, holding.name)), "")
    return (
        statement.add_columns(
            *(Case.number, Case.kind, Case.subject, Case.state, Organization.name),
            *(Product.name, Department.name, Person.name, Case.priority, waits_for),
            *(Case.opened_at, Case.due_at, Case.activity_at),
        )
        .join(Organization, Organization.id == Case.organization_id)
        .join(Department, Department.id == Case.department_id)
        .outerjoin(Product, Product.id == Case.product_id)
        .outerjoin(assignee, assignee.id == Case.assignee_id)
        .outerjoin(Person, Person.id == assignee.person_id)
        .outerjoin(acting, acting.id == Case.ball_department_id)
        .outerjoin(holding, holding.id == Case.ball_organization_id)
    )
