"""What a new installation begins with: departments, and one rule for each kind that has a department."""

from flask_babel import force_locale
from sqlalchemy import func, select

from portal.extensions import db
from portal.identity.models import FRONT_DESK, Department
from portal.registry import registry
from portal.routing.models import Rule

DEPARTMENTS = (
    (FRONT_DESK, "Front desk"),
    ("sales", "Sales"),
    ("finance", "Finance"),
    ("service", "Service"),
    ("marketing", "Marketing"),
)


def begin() -> None:
    """Create the departments and the starting rules where there are none. Safe to run twice. Flushes."""
    if not db.session.scalar(select(func.count()).select_from(Department)):
        db.session.add_all(
            Department(code=code, name=name, position=position)
            for position, (code, name) in enumerate(DEPARTMENTS)
        )
        db.session.flush()
    if not db.session.scalar(select(func.count()).select_from(Rule)):
        ids = dict(db.session.execute(select(Department.code, Department.id)).all())
        with force_locale("en"):
            db.session.add_all(
                Rule(
                    position=10 * (place + 1),
                    name=str(kind.label),
                    kind=kind.code,
                    words=[],
                    department_id=ids[kind.department],
                )
                for place, kind in enumerate(registry().kinds.values())
                if kind.department in ids
            )
        db.session.flush()
