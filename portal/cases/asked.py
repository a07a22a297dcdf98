"""What requesters asked, as routing looks at it: for trying rules on cases that are there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from portal.cases.models import Case, Lane, Message
from portal.cases.visibility import cases_for, whole_case
from portal.extensions import db
from portal.identity.models import Department, Organization
from portal.identity.viewer import Viewer

MOST = 500
"""So many cases are looked at, newest first."""


@dataclass(frozen=True)
class Asked:
    """A case as it came in. department: where it was sent then, by its name of then."""

    number: str
    subject: str
    kind: str
    text: str
    language: str
    product_id: int | None
    organization_id: int
    relations: frozenset[str]
    amount: str
    department: str


def since(viewer: Viewer, moment: datetime) -> list[Asked]:
    """The cases opened since then that the viewer may read, newest first, at most `MOST`. One statement."""
    statement = _asked(viewer).where(Case.opened_at >= moment).order_by(Case.id.desc()).limit(MOST)
    return list(_told(statement))


def one(viewer: Viewer, number: str) -> Asked | None:
    """One case by its number; None when the viewer may not read it, or it is not there."""
    return next(_told(_asked(viewer).where(Case.number == number)), None)


def _asked(viewer: Viewer) -> Select[Any]:
    lane = Lane.case_id == Case.id, Lane.kind == "requester", Lane.confidential.is_(False)
    first = select(func.min(Message.id)).join(Lane, Lane.id == Message.lane_id).where(*lane)
    return (
        cases_for(viewer)
        .select.add_columns(Case, Message, Organization, Department.name)
        .join(Message, Message.id == first.correlate(Case).scalar_subquery())
        .join(Organization, Organization.id == Case.organization_id)
        .join(Department, Department.id == Case.department_id)
        .where(whole_case(viewer))
    )


def _told(statement: Select[Any]) -> Iterator[Asked]:
    for case, message, organization, department in db.session.execute(statement):
        yield Asked(
            number=case.number,
            subject=case.subject,
            kind=case.kind,
            text=f"{case.subject}\n{message.body}",
            language=message.language,
            product_id=case.product_id,
            organization_id=case.organization_id,
            relations=frozenset(organization.relations),
            amount=str(case.answers.get("amount") or ""),
            department=case.routing.get("department_name") or department,
        )
