"""Lists of cases as a viewer reads them: keyset pages, filters, capped counts. Statements never grow."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, literal_column, or_, select, tuple_
from sqlalchemy.orm import aliased

from portal.cases.models import ASKED, Case, Holding, Party, Seen
from portal.cases.visibility import Scope, cases_for, holdings_for, whole_case
from portal.clock import NEVER
from portal.extensions import db
from portal.identity.models import Department, Membership, Organization, Person
from portal.identity.viewer import Viewer

PAGE = 25
COUNT_CAP = 1000
UNFINISHED: tuple[Any, ...] = (literal_column("'new'"), literal_column("'open'"))
CLOSED: Any = literal_column("'closed'")
"""Written out, because SQLite matches a partial index with what the statement says, not with parameters."""


@dataclass(frozen=True)
class Row:
    """One case in a list, in the viewer's reading; `held` are (holder, began, ended) of the ball."""

    id: int
    number: str
    kind: str
    subject: str
    state: str
    ball: str
    ball_since: datetime
    due_at: datetime
    activity_at: datetime
    opened_at: datetime
    organization: str
    department: str
    assignee: str
    assignee_id: int | None
    priority: int
    ball_name: str
    """For staff: the department or organization that must act."""
    role: str
    """For outsiders: what their side is in this case."""
    unread: bool
    held: tuple[tuple[str, datetime, datetime], ...]


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    after: str | None
    """What to ask with for the next page; None at the end."""


@dataclass(frozen=True)
class Wanted:
    """Filters of a list; what is None does not narrow.

    state: new | unfinished (new and open) | finished | not_closed
    ball: ours (the viewer's organization must act) | others; for staff: somebody but the department must
    ball_department_id: this department must act next, whichever department has the case
    sort: activity (newest first) | due (soonest first)
    segment: whose cases, as a condition over Organization (portal.identity.segments); for staff
    """

    department_id: int | None = None
    ball_department_id: int | None = None
    assignee_id: int | None = None
    unassigned: bool = False
    organization_id: int | None = None
    kind: str | None = None
    state: str | None = None
    ball: str | None = None
    sort: str = "activity"
    segment: ColumnElement[bool] | None = None


def case_id(viewer: Viewer) -> ColumnElement[int]:
    """The column that names the case in `refer(viewer)`."""
    return cases_for(viewer).case_id


def refer(viewer: Viewer) -> Select[Any]:
    """Number and subject of every case the viewer sees, to join what refers to cases."""
    scope = cases_for(viewer)
    return scope.select.add_columns(Case.number, scope.subject)


def narrowed(viewer: Viewer, wanted: Wanted) -> tuple[Scope, Select[Any]]:
    """Every case of a list, however long, and where the viewer reads its columns; the caller adds them."""
    scope = cases_for(viewer)
    return scope, scope.select.where(*_filters(scope, viewer, wanted))


def page(viewer: Viewer, wanted: Wanted, after: str | None = None, limit: int = PAGE) -> Page:
    """One page of a list: two statements, whatever its length. A damaged `after` begins at the start."""
    scope = cases_for(viewer)
    keys = _keys(scope, wanted)
    statement = _columns(scope, viewer).where(*_filters(scope, viewer, wanted))
    position = _decode(after)
    if position is not None:
        when = datetime.fromisoformat(position[0])
        if wanted.sort == "due":
            statement = statement.where(tuple_(*keys) > tuple_(literal(when, keys[0].type), position[1]))
        else:
            statement = statement.where(tuple_(*keys) < tuple_(literal(when, keys[0].type), position[1]))
    ordered = keys if wanted.sort == "due" else [key.desc() for key in keys]
    found = db.session.execute(statement.order_by(*ordered).limit(limit + 1)).all()
    return _page(viewer, found, wanted, limit)


def _keys(scope: Scope, wanted: Wanted) -> list[Any]:
    return [scope.due_at if wanted.sort == "due" else scope.activity_at, scope.case_id]


def _columns(scope: Scope, viewer: Viewer) -> Select[Any]:
    assignee, acting, holding = aliased(Membership), aliased(Department), aliased(Organization)
    statement = scope.select.add_columns(
        scope.case_id.label("case_id"),
        Case.number,
        _kind(viewer),
        scope.subject,
        scope.status,
        scope.ball,
        scope.ball_since,
        scope.due_at,
        scope.activity_at,
        Case.opened_at if viewer.is_staff else func.coalesce(Party.asked_at, Case.opened_at),
        or_(Seen.at.is_(None), Seen.at < scope.activity_at),
        Department.name if viewer.is_staff else case((_asked(), ""), else_=Department.name),
    ).join(Department, Department.id == Case.department_id)
    statement = statement.outerjoin(
        Seen, and_(Seen.case_id == scope.case_id, Seen.membership_id == viewer.membership_id)
    )
    if not viewer.is_staff:
        return statement.add_columns(Party.role)
    return (
        statement.add_columns(
            Organization.name,
            Person.name,
            Case.priority,
            Case.assignee_id,
            func.coalesce(acting.name, case((whole_case(viewer), holding.name)), ""),
        )
        .join(Organization, Organization.id == Case.organization_id)
        .outerjoin(assignee, assignee.id == Case.assignee_id)
        .outerjoin(Person, Person.id == assignee.person_id)
        .outerjoin(acting, acting.id == Case.ball_department_id)
        .outerjoin(holding, holding.id == Case.ball_organization_id)
    )


def _asked() -> ColumnElement[bool]:
    return Party.role.in_(ASKED)


def _kind(viewer: Viewer) -> ColumnElement[str]:
    """The kind of a case is the requester's and ours; who was asked in knows what they were asked."""
    return Case.kind.expression if viewer.is_staff else case((_asked(), ""), else_=Case.kind)


def _filters(scope: Scope, viewer: Viewer, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The filters as conditions. Those on the case itself are for staff; an outsider's narrow their copy."""
    chosen: list[ColumnElement[bool]] = []
    if wanted.state == "unfinished":
        chosen.append(scope.status.in_(UNFINISHED))
    elif wanted.state == "finished":
        chosen.append(scope.status.in_(("resolved", "closed")))
    elif wanted.state == "not_closed":
        chosen.append(scope.status != CLOSED)
    elif wanted.state is not None:
        chosen.append(scope.status == wanted.state)
    if wanted.ball is not None and not viewer.is_staff:
        chosen.append(scope.ball != Party.role if wanted.ball == "others" else scope.ball == Party.role)
    if wanted.kind is not None:
        chosen.append(Case.kind == wanted.kind)
        chosen += [] if viewer.is_staff else [~_asked()]
    if viewer.is_staff:
        chosen += _staff_filters(wanted)
    return chosen


def _staff_filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = []
    if wanted.department_id is not None:
        chosen.append(Case.department_id == wanted.department_id)
    if wanted.ball == "others":
        chosen.append(Case.ball_department_id.is_distinct_from(wanted.department_id))
    if wanted.ball_department_id is not None:
        chosen.append(Case.ball_department_id == wanted.ball_department_id)
    if wanted.assignee_id is not None:
        chosen.append(Case.assignee_id == wanted.assignee_id)
    if wanted.unassigned:
        chosen.append(Case.assignee_id.is_(None))
    if wanted.organization_id is not None:
        chosen.append(Case.organization_id == wanted.organization_id)
    if wanted.segment is not None:
        chosen.append(Case.organization_id.in_(select(Organization.id).where(wanted.segment)))
    return chosen


def _page(viewer: Viewer, found: Any, wanted: Wanted, limit: int) -> Page:
    shown = found[:limit]
    held = _held(viewer, [row[0] for row in shown])
    rows = tuple(_row(row, viewer, held.get(row[0], ())) for row in shown)
    if len(found) <= limit or not rows:
        return Page(rows, None)
    last = rows[-1]
    return Page(rows, _encode(last.due_at if wanted.sort == "due" else last.activity_at, last.id))


def _row(found: Any, viewer: Viewer, held: tuple[tuple[str, datetime, datetime], ...]) -> Row:
    (key, number, kind, subject, state, ball, since, due, activity, opened, unread, department), rest = (
        found[:12],
        found[12:],
    )
    if viewer.is_staff:
        (organization, assignee, priority, assignee_id, ball_name), role = rest, ""
    else:
        (organization, assignee, priority, assignee_id, ball_name), role = ("", "", 0, None, ""), rest[0]
    return Row(
        id=key,
        number=number,
        kind=kind,
        subject=subject,
        state=state,
        ball=ball,
        ball_since=since,
        due_at=due,
        activity_at=activity,
        opened_at=opened,
        department=department,
        organization=organization,
        assignee=assignee or "",
        assignee_id=assignee_id,
        priority=priority,
        ball_name=ball_name,
        role=role,
        unread=bool(unread),
        held=held,
    )


def _held(viewer: Viewer, ids: list[int]) -> dict[int, tuple[tuple[str, datetime, datetime], ...]]:
    if not ids:
        return {}
    held: dict[int, list[tuple[str, datetime, datetime]]] = {}
    statement = holdings_for(viewer, ids).with_only_columns(
        Holding.case_id, Holding.holder, Holding.began_at, Holding.ended_at
    )
    for key, holder, began, ended in db.session.execute(statement.order_by(Holding.began_at, Holding.id)):
        held.setdefault(key, []).append((holder, began, ended))
    return {key: tuple(intervals) for key, intervals in held.items()}


def counts(viewer: Viewer, several: dict[str, Wanted]) -> dict[str, int]:
    """How many cases each list has, each capped at `COUNT_CAP`; one statement for all."""
    columns = []
    for name, wanted in several.items():
        scope = cases_for(viewer)
        some = (
            scope.select.add_columns(literal(1))
            .where(*_filters(scope, viewer, wanted))
            .limit(COUNT_CAP)
            .subquery()
        )
        columns.append(select(func.count()).select_from(some).scalar_subquery().label(name))
    return dict(db.session.execute(select(*columns)).mappings().one())


def _encode(when: datetime, key: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([when.isoformat(), key]).encode()).decode().rstrip("=")


def _decode(after: str | None) -> tuple[str, int] | None:
    if not after or len(after) > 200:
        return None
    try:
        when, key = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        moment = datetime.fromisoformat(when).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    in_range = isinstance(key, int) and 0 <= key < 2**63 and moment.tzinfo is not None and moment <= NEVER
    return (when, key) if in_range else None
