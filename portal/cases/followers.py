"""Who wants to hear of a case. Being able to read it is another question: see visibility.audience_of."""

from typing import Any

from sqlalchemy import Select, select, union

from portal.cases.models import Case, Participant, Task
from portal.identity.models import DepartmentMember


def followers_of(case_id: int, lane_id: int | None = None) -> Select[int]:
    """The ids of the memberships that follow a case, or one lane of it.

    They took part in it, or it is assigned to them; while it is nobody's, everybody in its department. The
    lane of an open task is followed by whoever has the task, and while it is nobody's by its department.
    """
    took_part = select(Participant.membership_id.label("id")).where(Participant.case_id == case_id)
    assignee = select(Case.assignee_id.label("id")).where(Case.id == case_id, Case.assignee_id.is_not(None))
    department = (
        select(DepartmentMember.membership_id.label("id"))
        .join(Case, Case.department_id == DepartmentMember.department_id)
        .where(Case.id == case_id, Case.assignee_id.is_(None))
    )
    every = union(took_part, assignee, department, *_owing(case_id, lane_id)).subquery()
    return select(every.c.id)


def _owing(case_id: int, lane_id: int | None) -> list[Select[Any]]:
    if lane_id is None:
        return []
    task = Task.case_id == case_id, Task.lane_id == lane_id, Task.outcome == ""
    anybody = (
        select(DepartmentMember.membership_id.label("id"))
        .join(Task, Task.department_id == DepartmentMember.department_id)
        .where(*task, Task.assignee_id.is_(None))
    )
    return [select(Task.assignee_id.label("id")).where(*task, Task.assignee_id.is_not(None)), anybody]
