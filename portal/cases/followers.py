"""Who wants to hear of a case. Being able to read it is another question: see visibility.audience_of."""

from sqlalchemy import Select, select, union

from portal.cases.models import Case, Participant
from portal.identity.models import DepartmentMember


def followers_of(case_id: int) -> Select[int]:
    """The ids of the memberships that follow a case.

    They took part in it, or it is assigned to them; while it is nobody's, everybody in its department.
    """
    took_part = select(Participant.membership_id.label("id")).where(Participant.case_id == case_id)
    assignee = select(Case.assignee_id.label("id")).where(Case.id == case_id, Case.assignee_id.is_not(None))
    department = (
        select(DepartmentMember.membership_id.label("id"))
        .join(Case, Case.department_id == DepartmentMember.department_id)
        .where(Case.id == case_id, Case.assignee_id.is_(None))
    )
    every = union(took_part, assignee, department).subquery()
    return select(every.c.id)
