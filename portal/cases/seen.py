"""A case as one viewer reads it: what pages show and permissions ask, found through the viewer."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import String, func, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import aliased

from portal.cases.models import ASKED, Case, Grant, Participant, Party
from portal.cases.numbers import tidy
from portal.cases.visibility import cases_for, current, whole_case
from portal.catalogue.models import Product
from portal.clock import NEVER
from portal.extensions import db
from portal.identity.models import Department, Membership, Organization, Person
from portal.identity.viewer import Viewer


class CaseUnknown(LookupError):
    """There is no such case for this viewer: absent, foreign and malformed are one and the same."""


@dataclass(frozen=True)
class SeenCase:
    """One case in one viewer's reading. For an outsider all that may differ stands on their party."""

    id: int
    number: str
    kind: str
    subject: str
    state: str
    ball: str
    ball_since: datetime
    due_at: datetime
    opened_at: datetime
    resolved_at: datetime
    version: int
    department_id: int
    department: str
    organization_id: int
    organization: str
    organization_about: str
    product: str
    party_role: str
    reach: str
    participant: bool
    ball_name: str
    """For staff: the department or organization that must act."""
    ball_department_id: int | None
    assignee_id: int | None
    assignee: str
    priority: int
    confidential: bool
    answers: dict[str, Any] = field(default_factory=dict)
    routing: dict[str, Any] = field(default_factory=dict)
    helpers: frozenset[int] = frozenset()
    """The departments that help with all of it, not with a task only."""

    @property
    def asked(self) -> bool:
        """Whether the viewer's side was asked in, and reads its own lanes only."""
        return self.party_role in ASKED


def find(viewer: Viewer, number: str) -> SeenCase:
    """The case with this number as the viewer reads it, in one statement. Raises `CaseUnknown`."""
    scope = cases_for(viewer)
    assignee, helpers = aliased(Membership), aliased(Party)
    acting, holding = aliased(Department), aliased(Organization)
    helping = (
        select(func.aggregate_strings(func.cast(helpers.department_id, String), ","))
        .where(helpers.case_id == Case.id, helpers.role == "helper", helpers.department_id.is_not(None))
        .where(current(helpers.id, Grant.task_id.is_(None)))
        .scalar_subquery()
    )
    statement = (
        scope.select.add_columns(
            Case,
            Department,
            Organization,
            Product.name,
            Person.name,
            helping,
            func.coalesce(acting.name, sql_case((whole_case(viewer), holding.name)), ""),
        )
        .join(Department, Department.id == Case.department_id)
        .join(Organization, Organization.id == Case.organization_id)
        .outerjoin(Product, Product.id == Case.product_id)
        .outerjoin(assignee, assignee.id == Case.assignee_id)
        .outerjoin(Person, Person.id == assignee.person_id)
        .outerjoin(acting, acting.id == Case.ball_department_id)
        .outerjoin(holding, holding.id == Case.ball_organization_id)
        .where(Case.number == tidy(number))
    )
    if not viewer.is_staff:
        mine = aliased(Participant)
        part = select(mine.id).where(mine.party_id == Party.id, mine.membership_id == viewer.membership_id)
        statement = statement.add_columns(Party, part.exists())
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise CaseUnknown(number)
    return _staff_reading(row) if viewer.is_staff else _outside_reading(row)


def _staff_reading(row: Any) -> SeenCase:
    case, department, organization, product, assignee, helpers, ball_name = row
    return SeenCase(
        id=case.id,
        number=case.number,
        kind=case.kind,
        subject=case.subject,
        state=case.state,
        ball=case.ball,
        ball_since=case.ball_since,
        due_at=case.due_at,
        opened_at=case.opened_at,
        resolved_at=case.resolved_at,
        version=case.version,
        department_id=department.id,
        department=department.name,
        organization_id=organization.id,
        organization=organization.name,
        organization_about=" · ".join(filter(None, (organization.segment, organization.tier))),
        product=product or "",
        party_role="",
        reach="organization",
        participant=False,
        ball_name=ball_name,
        ball_department_id=case.ball_department_id,
        assignee_id=case.assignee_id,
        assignee=assignee or "",
        priority=case.priority,
        confidential=case.confidential,
        answers=case.answers,
        routing=case.routing,
        helpers=frozenset(int(part) for part in (helpers or "").split(",") if part),
    )


def _outside_reading(row: Any) -> SeenCase:
    """Only what their party holds, and to the requester's own side what it told us."""
    case, department, organization, product, assignee, _helpers, _ball, party, participant = row
    asked = party.role in ASKED
    return SeenCase(
        id=case.id,
        number=case.number,
        kind="" if asked else case.kind,
        subject=party.subject,
        state=party.status,
        ball=party.ball,
        ball_since=party.ball_since,
        due_at=party.due_at,
        opened_at=(party.asked_at or case.opened_at) if asked else case.opened_at,
        resolved_at=NEVER if asked else case.resolved_at,
        version=0 if asked else case.version,
        department_id=0 if asked else department.id,
        department="" if asked else department.name,
        organization_id=party.organization_id,
        organization="" if asked else organization.name,
        organization_about="",
        product="" if asked else product or "",
        party_role=party.role,
        reach=party.reach,
        participant=participant,
        ball_name="",
        ball_department_id=None,
        assignee_id=None,
        assignee="" if asked else assignee or "",
        priority=0,
        confidential=False,
        answers={} if asked else case.answers,
        routing={} if asked else case.routing,
    )
