"""The lanes of a case as a viewer reads them, with who reads each; and its tasks. One statement each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from portal.cases import visibility
from portal.cases.followers import followers_of
from portal.cases.models import Case, Grant, Lane, Party, Task
from portal.clock import NEVER
from portal.extensions import db
from portal.identity.models import Department, Membership, Organization, Person
from portal.identity.viewer import Viewer

NAMED = 4
"""Readers named before "and 3 others"."""


@dataclass(frozen=True)
class Readers:
    """Who outside can read a lane, the viewer left out: some names, how many, and how many are told."""

    names: tuple[str, ...] = ()
    count: int = 0
    told: int = 0


@dataclass(frozen=True)
class Talk:
    """One lane as the viewer reads it.

    organization_id, name: of the outside organization, 0 and "" inside; until: when its access ends
    """

    id: int
    kind: str
    subject: str
    organization_id: int
    name: str
    state: str
    ball: str
    ball_since: datetime
    due_at: datetime
    until: datetime
    confidential: bool
    answers: dict[str, Any]
    readers: Readers


@dataclass(frozen=True)
class Duty:
    """A task as staff read it."""

    id: int
    kind: str
    title: str
    department_id: int
    department: str
    assignee_id: int | None
    assignee: str
    asked_at: datetime
    due_at: datetime
    outcome: str
    done_at: datetime
    words: str


def talks(viewer: Viewer, case_id: int) -> list[Talk]:
    """The lanes of a case the viewer reads, with their readers: the requester's first, ours last."""
    readers = _readers(viewer, case_id)
    until = (
        select(func.max(Grant.ends_at))
        .where(Grant.lane_id == Lane.id, Grant.party_id == Lane.party_id)
        .scalar_subquery()
    )
    statement = (
        visibility.lanes_for(viewer, case_id)
        .add_columns(
            Organization.id, Organization.name, until, readers.c.name, readers.c.several, readers.c.told
        )
        .outerjoin(Party, Party.id == Lane.party_id)
        .outerjoin(Organization, Organization.id == Party.organization_id)
        .outerjoin(readers, and_(readers.c.lane_id == Lane.id, readers.c.place <= NAMED))
        .order_by(None)
        .order_by(
            case((Lane.kind == "requester", 0), (Lane.kind == "internal", 2), else_=1),
            Lane.id,
            readers.c.place,
        )
    )
    found: dict[int, Talk] = {}
    for lane, key, name, ends, reader, several, told in db.session.execute(statement):
        before = found[lane.id].readers.names if lane.id in found else ()
        names = (*before, reader) if reader else before
        found[lane.id] = _talk(lane, key or 0, name or "", ends, Readers(names, several or 0, int(told or 0)))
    return list(found.values())


def _talk(lane: Lane, organization_id: int, name: str, ends: datetime | None, readers: Readers) -> Talk:
    return Talk(
        id=lane.id,
        kind=lane.kind,
        subject=lane.subject,
        organization_id=organization_id,
        name=name,
        state=lane.state,
        ball=lane.ball,
        ball_since=lane.ball_since,
        due_at=lane.due_at,
        until=ends or NEVER,
        confidential=lane.confidential,
        answers=lane.answers or {},
        readers=readers,
    )


def _readers(viewer: Viewer, case_id: int) -> Any:
    """Who outside reads each lane of a case, those who take part first: lane, name, place, several, told."""
    people = (
        visibility.outside_readers()
        .where(Lane.case_id == case_id, Membership.id != viewer.membership_id)
        .add_columns(Person.name)
        .distinct()
        .subquery()
    )
    follows = case((people.c.membership_id.in_(followers_of(case_id)), 1), else_=0)
    lane = people.c.lane_id
    return select(
        people.c.lane_id,
        people.c.name,
        func.row_number().over(partition_by=lane, order_by=(follows.desc(), people.c.name)).label("place"),
        func.count().over(partition_by=lane).label("several"),
        func.sum(follows).over(partition_by=lane).label("told"),
    ).subquery()


def duties(viewer: Viewer, case_id: int) -> list[Duty]:
    """The tasks of a case the viewer knows of, open ones first by date. One statement."""
    statement = (
        visibility.tasks_for(viewer, case_id)
        .add_columns(Department.name, Person.name)
        .join(Department, Department.id == Task.department_id)
        .outerjoin(Membership, Membership.id == Task.assignee_id)
        .outerjoin(Person, Person.id == Membership.person_id)
        .order_by(case((Task.outcome == "", 0), else_=1), Task.due_at, Task.id)
    )
    return [_duty(*row) for row in db.session.execute(statement)]


def _duty(task: Task, department: str, assignee: str | None) -> Duty:
    return Duty(
        id=task.id,
        kind=task.kind,
        title=task.title,
        department_id=task.department_id,
        department=department,
        assignee_id=task.assignee_id,
        assignee=assignee or "",
        asked_at=task.asked_at,
        due_at=task.due_at,
        outcome=task.outcome,
        done_at=task.done_at,
        words=task.words,
    )


@dataclass(frozen=True)
class Owed:
    """An open task in a department's list, with its case."""

    duty: Duty
    number: str
    subject: str
    organization: str


def owed(viewer: Viewer, department_id: int, limit: int = 50) -> list[Owed]:
    """The open tasks of a department the viewer knows of, soonest first. One statement."""
    requester = aliased(Organization)
    statement = (
        visibility.owed_by(viewer, department_id)
        .add_columns(Department.name, Person.name, Case.number, Case.subject, requester.name)
        .join(Department, Department.id == Task.department_id)
        .join(requester, requester.id == Case.organization_id)
        .outerjoin(Membership, Membership.id == Task.assignee_id)
        .outerjoin(Person, Person.id == Membership.person_id)
        .order_by(Task.due_at, Task.id)
        .limit(limit)
    )
    return [
        Owed(_duty(task, department, assignee), number, subject, organization)
        for task, department, assignee, number, subject, organization in db.session.execute(statement)
    ]
