"""The viewer: a person acting for one organization, with all that scope and permission questions need.

One statement loads it, with departments and bell; Flask-Login keeps it as `current_user`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from flask_login import UserMixin
from sqlalchemy import ColumnElement, Select, String, func, literal, select

from portal.clock import now
from portal.extensions import db
from portal.identity.installation import our_name, version
from portal.identity.models import DepartmentMember, Membership, Organization, Person

bell: Callable[[], ColumnElement[int]] = lambda: literal(0)  # noqa: E731 - replaced by create_app
"""A scalar subquery over `Membership.id`: unread notices, capped. The channels room provides it."""


@dataclass(frozen=True, eq=False)
class Viewer(UserMixin):
    person_id: int
    name: str
    email: str
    language: str
    timezone: str
    theme: str
    administrator: bool
    session_version: int
    membership_id: int
    manager: bool
    sees: str
    """`all` or `own`, with the organization's own-only setting already applied."""
    organization_id: int
    organization_name: str
    ours: bool
    relations: frozenset[str]
    departments: frozenset[int]
    organizations: int
    """How many organizations this person can act for."""
    unread: int
    site: str
    """The name of our own company."""
    installation: int
    """The version of what administrators chose."""

    def get_id(self) -> str:
        return f"{self.person_id}:{self.session_version}:{self.membership_id}"

    @property
    def is_staff(self) -> bool:
        return self.ours

    @property
    def administers(self) -> bool:
        """Whether they may change the settings: an administrator acting for us, not for somebody outside."""
        return self.ours and self.administrator

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def role(self) -> str:
        """Which mark stands for them: us, supp, part or cust."""
        return role_of(self.ours, self.relations)


def role_of(ours: bool, relations: Collection[str]) -> str:
    """Which mark stands for an organization: us, supp, part or cust."""
    if ours:
        return "us"
    if "customer" in relations or not relations:
        return "cust"
    return "part" if "partner" in relations else "supp"


def initials(name: str) -> str:
    """Up to two letters for the square beside a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


def _question() -> Select[Any]:
    department_list = (
        select(func.aggregate_strings(func.cast(DepartmentMember.department_id, String), ","))
        .where(DepartmentMember.membership_id == Membership.id)
        .scalar_subquery()
    )
    other = Membership.__table__.alias("other")
    organizations = (
        select(func.count())
        .select_from(other)
        .where(other.c.person_id == Person.id, other.c.until > now())
        .scalar_subquery()
    )
    return (
        select(
            Person, Membership, Organization, department_list, organizations, bell(), our_name(), version()
        )
        .join(Membership, Membership.person_id == Person.id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Person.deactivated_at > now(), Membership.until > now(), Organization.archived_at > now())
    )


def load(membership_id: int) -> Viewer | None:
    """The viewer for a membership that is in force; None when it, its person or organization has ended."""
    row = db.session.execute(_question().where(Membership.id == membership_id)).one_or_none()
    return _viewer(*row) if row else None


def load_all(membership_ids: Collection[int]) -> dict[int, Viewer]:
    """The viewers of several memberships by id, without those that are not in force: one statement."""
    rows = db.session.execute(_question().where(Membership.id.in_(membership_ids)))
    return {row[1].id: _viewer(*row) for row in rows}


def from_session(key: str) -> Viewer | None:
    """The viewer a session key names, unless the password changed or the access ended since."""
    try:
        person_id, version, membership_id = (int(part) for part in key.split(":"))
    except ValueError:
        return None
    viewer = load(membership_id)
    if viewer is None or viewer.person_id != person_id or viewer.session_version != version:
        return None
    return viewer


def _viewer(
    person: Person,
    membership: Membership,
    organization: Organization,
    listed: str | None,
    count: int,
    unread: int,
    site: str | None,
    installation: int,
) -> Viewer:
    own = not membership.manager and (membership.sees == "own" or organization.own_only)
    return Viewer(
        person_id=person.id,
        name=person.name,
        email=person.email,
        language=person.language,
        timezone=person.timezone,
        theme=person.theme,
        administrator=person.administrator,
        session_version=person.session_version,
        membership_id=membership.id,
        manager=membership.manager,
        sees="own" if own else "all",
        organization_id=organization.id,
        organization_name=organization.name,
        ours=organization.ours,
        relations=frozenset(organization.relations),
        departments=frozenset(int(key) for key in (listed or "").split(",") if key),
        organizations=count,
        unread=unread,
        site=site or "",
        installation=installation,
    )


def memberships_of(person_id: int) -> list[tuple[int, Organization]]:
    """What a person can act for: (membership id, organization), by name."""
    rows = db.session.execute(
        select(Membership.id, Organization)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Membership.person_id == person_id, Membership.until > now(), Organization.archived_at > now())
        .order_by(Organization.name)
    )
    return [(row[0], row[1]) for row in rows]


def is_in_force(person: Person) -> bool:
    """Whether the person may sign in at all (they may still belong to no organization)."""
    return person.deactivated_at > now()
