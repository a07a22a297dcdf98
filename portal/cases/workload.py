"""How much waits in a department, whoever may read it: for verbs that must leave no case without people."""

from sqlalchemy import func, select

from portal.cases.models import Case
from portal.cases.visibility import everything
from portal.extensions import db


def open_in(department_id: int) -> int:
    """How many cases of a department are not finished yet; a number, nothing of their content."""
    waiting = everything(because="no department is archived with open cases, confidential ones among them")
    waiting = waiting.where(Case.department_id == department_id, Case.state.in_(("new", "open")))
    return db.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
