"""How much waits in a department, whoever may read it: for verbs that must leave no case without people."""

from sqlalchemy import func, select

from portal.cases.models import Case, Task
from portal.cases.visibility import everything
from portal.extensions import db


def open_in(department_id: int) -> int:
    """How many cases and tasks of a department are not finished yet; a number, nothing of their content."""
    waiting = everything(because="no department is archived with open cases, confidential ones among them")
    waiting = waiting.where(Case.department_id == department_id, Case.state.in_(("new", "open")))
    owed = select(func.count()).where(Task.department_id == department_id, Task.outcome == "")
    cases = select(func.count()).select_from(waiting.subquery())
    return (db.session.scalar(cases) or 0) + (db.session.scalar(owed) or 0)
