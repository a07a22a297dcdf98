"""How much waits in a department, whoever may read it: for verbs that must leave no case without people."""

from sqlalchemy import func, select

from portal.cases.models import Case
from portal.extensions import db


def open_in(department_id: int) -> int:
    """How many cases of a department are not finished yet; a number, nothing of their content.

    everything(because="a department with open cases, confidential ones among them, is not archived")
    """
    return (
        db.session.scalar(
            select(func.count()).where(
                Case.department_id == department_id,
                Case.merged_into_id.is_(None),
                Case.state.in_(("new", "open")),
            )
        )
        or 0
    )
