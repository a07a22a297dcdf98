"""Pieces of work and approvals a department owes on a case, beside whoever owns it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.cases import events
from portal.cases.casework import NotNow, end_grants, grant, lane_of, locked, spread
from portal.cases.handling import NoMember, begun, department_party, unfinished
from portal.cases.models import Case, Grant, Lane, Task
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.staffing import colleagues
from portal.identity.viewer import Viewer


@dataclass(frozen=True)
class Wanted:
    """What a department is asked for. kind: work or approval; due_at: `NEVER` for no date."""

    department_id: int
    title: str
    kind: str = "work"
    assignee_id: int | None = None
    due_at: datetime = NEVER


def open_task(actor: Viewer, case_id: int, wanted: Wanted, *, version: int | None = None) -> Task:
    """Ask a department for one piece of work; the case's ball is theirs while it is open. Flushes.

    In a confidential case it lets the department into the internal lane until it is done, and into nothing
    else. Raises `Changed`, `NotNow` when the case is finished, `NoMember`.
    """
    case = unfinished(case_id, version)
    if wanted.assignee_id is not None and wanted.assignee_id not in dict(colleagues(wanted.department_id)):
        raise NoMember(wanted.assignee_id)
    begun(case)
    return owe(case, wanted, actor)


def owe(case: Case, wanted: Wanted, actor: Viewer | None) -> Task:
    """The task itself, on a case that is held; actor: None when a rule of ours asks. Flushes."""
    lane = lane_of(case, "internal")
    by = actor.membership_id if actor and actor.is_staff else None
    task = Task(
        case_id=case.id,
        lane_id=lane.id,
        department_id=wanted.department_id,
        assignee_id=wanted.assignee_id,
        kind=wanted.kind,
        title=wanted.title,
        asked_by_id=by,
        asked_at=now(),
        due_at=wanted.due_at,
    )
    db.session.add(task)
    db.session.flush()
    party = department_party(case, wanted.department_id)
    grant(party, [lane], "task", by, task_id=task.id)
    spread(case, actor if by else None, lane)
    due = None if task.due_at == NEVER else task.due_at.isoformat()
    events.record(case, "task_opened", by, lane_id=lane.id, task=task.id, after=wanted.department_id, due=due)
    return task


def finish(actor: Viewer, case_id: int, task_id: int, outcome: str, words: str) -> Task:
    """The department did it, approved or refused it, or it is cancelled. Flushes.

    outcome: one of models.TASK_OUTCOMES; words: what was found, or why. Raises `NotNow` when it is over.
    """
    case = locked(case_id)
    chosen = select(Task).where(Task.id == task_id, Task.case_id == case.id)
    task = db.session.execute(chosen.execution_options(populate_existing=True)).scalar_one()
    if task.outcome:
        raise NotNow(case.number)
    task.words = words
    _over(case, task, outcome, actor)
    spread(case, actor, db.session.get_one(Lane, task.lane_id))
    return task


def cancel_all(case: Case, actor: Viewer) -> None:
    """The case closes over its open tasks. Flushes."""
    for task in db.session.scalars(select(Task).where(Task.case_id == case.id, Task.outcome == "")).all():
        _over(case, task, "cancelled", actor)


def _over(case: Case, task: Task, outcome: str, actor: Viewer) -> None:
    task.outcome, task.done_at, task.done_by_id = outcome, now(), actor.membership_id
    db.session.flush()
    end_grants(Grant.task_id == task.id)
    facts: dict[str, Any] = {"task": task.id, "outcome": outcome, "after": task.department_id}
    events.record(case, "task_done", actor.membership_id, lane_id=task.lane_id, **facts)
