"""What the lists of this room show: keyset pages of 25; how long they are changes no number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from portal.cases.models import Event
from portal.channels.models import Letter, Notice
from portal.clock import now
from portal.extensions import db
from portal.identity.models import (
    RELATIONS,
    Department,
    DepartmentMember,
    Membership,
    Organization,
    Person,
)
from portal.identity.people import has_sign_in
from portal.identity.staffing import working
from portal.settings.room import decoded, encoded

PAGE = 25
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    rows: tuple[Item, ...]
    after: str | None
    """What to ask with for the next page; None at the end."""


@dataclass(frozen=True)
class Acting:
    """One organization somebody acts for; departments are (department, do they lead it?)."""

    membership: Membership
    organization: Organization
    departments: tuple[tuple[Department, bool], ...] = ()


@dataclass(frozen=True)
class Known:
    """A person in a list. state: waiting (no sign-in yet) | active | deactivated"""

    person: Person
    state: str
    acting: tuple[Acting, ...] = ()


@dataclass(frozen=True)
class Staffed:
    """A department with the names of who leads it, and how many work there."""

    department: Department
    leads: tuple[str, ...]
    count: int


def _by_name(statement: Any, name: Any, key: Any, after: str) -> tuple[list[Any], str | None]:
    """One page of a select, by name; and what to ask with for the next."""
    position = decoded(after, str, int)
    if position is not None:
        statement = statement.where(
            tuple_(func.lower(name), key) > tuple_(func.lower(position[0]), position[1])
        )
    ordered = statement.order_by(func.lower(name), key).add_columns(name, key).limit(PAGE + 1)
    found = list(db.session.execute(ordered))
    more = encoded(*found[PAGE - 1][-2:]) if len(found) > PAGE else None
    return [row[:-2] for row in found[:PAGE]], more


def _contains(text: str, *columns: Any) -> ColumnElement[bool]:
    """The text occurs in one of the columns; SQLite knows no case but a–z's, so we spell the usual ones."""
    spellings = {text, text.lower(), text.upper(), text.capitalize(), text.title()}
    return or_(
        *(column.icontains(spelling, autoescape=True) for column in columns for spelling in sorted(spellings))
    )


def _once(model: Any, text: str, *names: str) -> ColumnElement[bool]:
    """The text occurs in what a row was called that has been put into the outer query's row."""
    gone = aliased(model)
    called = _contains(text, *(getattr(gone, name) for name in names))
    return select(gone.id).where(gone.merged_into_id == model.id, called).exists()


def organizations(
    text: str = "", relation: str = "", archived: bool = False, after: str = "", within: Any = None
) -> Page[tuple[Organization, int]]:
    """Organizations with how many people act for each: two statements. within: a condition more."""
    in_use = Organization.archived_at <= now() if archived else Organization.archived_at > now()
    statement = select(Organization).where(in_use, Organization.merged_into_id.is_(None))
    if within is not None:
        statement = statement.where(within)
    if text:
        called = _contains(text, Organization.name)
        statement = statement.where(or_(called, _once(Organization, text, "name")))
    if relation in RELATIONS:
        statement = statement.where(getattr(Organization, relation))
    found, more = _by_name(statement, Organization.name, Organization.id, after)
    counts = _member_counts([row[0].id for row in found])
    return Page(tuple((row[0], counts.get(row[0].id, 0)) for row in found), more)


def _member_counts(ids: list[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Membership.organization_id, func.count())
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organization_id.in_(ids), Membership.until > now(), Person.deactivated_at > now())
        .group_by(Membership.organization_id)
    )
    return {row[0]: row[1] for row in rows}


def _in_state(state: str) -> ColumnElement[bool] | None:
    active = Person.deactivated_at > now()
    return {
        "waiting": and_(active, ~has_sign_in()),
        "active": and_(active, has_sign_in()),
        "deactivated": ~active,
        "administrators": and_(active, Person.administrator),
    }.get(state)


def state_of(person: Person, signs_in: bool) -> str:
    if person.deactivated_at <= now():
        return "deactivated"
    return "active" if signs_in else "waiting"


def people(text: str = "", organization: str = "", state: str = "", after: str = "") -> Page[Known]:
    """People by name, with what each acts for: three statements. organization: part of a name."""
    statement = select(Person, has_sign_in()).where(Person.merged_into_id.is_(None))
    if text:
        called = _contains(text, Person.name, Person.email)
        statement = statement.where(or_(called, _once(Person, text, "name", "email")))
    if organization:
        statement = statement.where(
            Person.id.in_(
                select(Membership.person_id)
                .join(Organization, Organization.id == Membership.organization_id)
                .where(Membership.until > now(), _contains(organization, Organization.name))
            )
        )
    narrowed = _in_state(state)
    if narrowed is not None:
        statement = statement.where(narrowed)
    found, more = _by_name(statement, Person.name, Person.id, after)
    acting = acting_for([person.id for person, _signs_in in found])
    rows = (
        Known(person, state_of(person, signs_in), acting.get(person.id, ())) for person, signs_in in found
    )
    return Page(tuple(rows), more)


def acting_for(person_ids: list[int]) -> dict[int, tuple[Acting, ...]]:
    """What each of these people acts for, by the organization's name: two statements."""
    rows = db.session.execute(
        select(Membership, Organization)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.person_id.in_(person_ids), Membership.until > now())
        .order_by(func.lower(Organization.name))
    ).all()
    departments = _departments_of([membership.id for membership, _organization in rows])
    found: dict[int, tuple[Acting, ...]] = {}
    for membership, organization in rows:
        one = Acting(membership, organization, departments.get(membership.id, ()))
        found[membership.person_id] = (*found.get(membership.person_id, ()), one)
    return found


def _departments_of(membership_ids: list[int]) -> dict[int, tuple[tuple[Department, bool], ...]]:
    found: dict[int, tuple[tuple[Department, bool], ...]] = {}
    for key, lead, department in db.session.execute(
        select(DepartmentMember.membership_id, DepartmentMember.lead, Department)
        .join(Department, Department.id == DepartmentMember.department_id)
        .where(DepartmentMember.membership_id.in_(membership_ids), Department.archived_at > now())
        .order_by(Department.position, Department.name)
    ):
        found[key] = (*found.get(key, ()), (department, lead))
    return found


def members(organization: Organization, after: str = "") -> Page[Known]:
    """Who acts for an organization, by name: two statements. Each holds this one membership only."""
    statement = (
        select(Person, Membership, has_sign_in())
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organization_id == organization.id, Membership.until > now())
    )
    found, more = _by_name(statement, Person.name, Person.id, after)
    departments = _departments_of([membership.id for _person, membership, _signs_in in found])
    return Page(
        tuple(
            Known(
                person,
                state_of(person, signs_in),
                (Acting(membership, organization, departments.get(membership.id, ())),),
            )
            for person, membership, signs_in in found
        ),
        more,
    )


def segments_and_tiers() -> tuple[list[str], list[str]]:
    """What is in use already, to suggest while typing: so that one segment keeps one spelling."""
    rows = db.session.execute(
        select(Organization.segment, Organization.tier)
        .where(or_(Organization.segment != "", Organization.tier != ""))
        .distinct()
        .limit(200)
    ).all()
    return sorted({row[0] for row in rows} - {""}), sorted({row[1] for row in rows} - {""})


def departments() -> list[Staffed]:
    """Every department, those in use first, with who leads it: two statements."""
    found = db.session.scalars(
        select(Department).order_by(Department.archived_at <= now(), Department.position, Department.name)
    ).all()
    people_of: dict[int, list[tuple[str, bool]]] = {}
    for key, lead, name in db.session.execute(
        working()
        .add_columns(DepartmentMember.department_id, DepartmentMember.lead, Person.name)
        .order_by(func.lower(Person.name))
    ):
        people_of.setdefault(key, []).append((name, lead))
    return [
        Staffed(
            department,
            tuple(name for name, lead in people_of.get(department.id, ()) if lead),
            len(people_of.get(department.id, ())),
        )
        for department in found
    ]


def letters(after: str = "") -> Page[Any]:
    """Letters, newest first: (id, address, subject, written, sent, tries)."""
    statement = select(
        Letter.id, Letter.address, Letter.subject, Letter.created_at, Letter.sent_at, Letter.attempts
    ).order_by(Letter.id.desc())
    position = decoded(after, int)
    if position is not None:
        statement = statement.where(Letter.id < position[0])
    found = db.session.execute(statement.limit(PAGE + 1)).all()
    return Page(tuple(found[:PAGE]), encoded(found[PAGE - 1].id) if len(found) > PAGE else None)


def mails(after: str = "") -> Page[Any]:
    """Mails about cases that wait or were sent, newest first: (id, name, address, happened, sent, tries).

    What they are about is left out: administering gives no sight of it.
    """
    statement = (
        select(Notice.id, Person.name, Person.email, Event.at, Notice.mailed_at, Notice.mail_tries)
        .join(Membership, Membership.id == Notice.membership_id)
        .join(Person, Person.id == Membership.person_id)
        .join(Event, Event.id == Notice.event_id)
        .where(or_(Notice.mail_at.is_not(None), Notice.mailed_at.is_not(None)))
        .order_by(Notice.id.desc())
    )
    position = decoded(after, int)
    if position is not None:
        statement = statement.where(Notice.id < position[0])
    found = db.session.execute(statement.limit(PAGE + 1)).all()
    return Page(tuple(found[:PAGE]), encoded(found[PAGE - 1].id) if len(found) > PAGE else None)


def mails_waiting() -> int:
    """How many mails about cases are not sent."""
    return db.session.scalar(select(func.count(Notice.id)).where(Notice.mail_at.is_not(None))) or 0


def named(model: Any, keys: Iterable[int | None]) -> dict[int, str]:
    """The names of rows with these ids, in one statement."""
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    rows = db.session.execute(select(model.id, model.name).where(model.id.in_(wanted)))
    return {row[0]: row[1] for row in rows}
