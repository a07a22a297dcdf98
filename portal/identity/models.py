"""Who: organizations, people, memberships, departments, and how people sign in."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint, text, true
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.clock import NEVER, now
from portal.extensions import Model, Numbered

FRONT_DESK = "front-desk"
"""The department that takes what no rule takes: its code, always there."""

NOWHERE = "@no-address.invalid"
"""What stands for the address of somebody ends so when nobody knows it: under a name nobody can ever have."""

RELATIONS = ("customer", "partner", "supplier")


class Organization(Numbered):
    """A company, ours or outside, or a private person's organization of one.

    It may be customer, partner and supplier at once; a role belongs to a case, never to the company.
    """

    __tablename__ = "organizations"
    __table_args__ = (
        Index("ix_organizations_ours", "id", sqlite_where=text("ours = 1"), postgresql_where=text("ours")),
        Index(None, "name"),
        Index(
            "ix_organizations_merged_into_id",
            "merged_into_id",
            sqlite_where=text("merged_into_id IS NOT NULL"),
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
    )
    name: Mapped[str] = mapped_column(String(200))
    ours: Mapped[bool] = mapped_column(default=False)
    customer: Mapped[bool] = mapped_column(default=False)
    partner: Mapped[bool] = mapped_column(default=False)
    supplier: Mapped[bool] = mapped_column(default=False)
    own_only: Mapped[bool] = mapped_column(default=False)
    """Members see only cases they take part in; managers see all."""
    segment: Mapped[str] = mapped_column(String(60), default="")
    tier: Mapped[str] = mapped_column(String(60), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    domain: Mapped[str] = mapped_column(String(200), default="")
    vat: Mapped[str] = mapped_column(String(40), default="", server_default="")
    """The VAT id as it is written on an invoice; compared without spaces and signs."""
    phone: Mapped[str] = mapped_column(String(40), default="", server_default="")
    fax: Mapped[str] = mapped_column(String(40), default="", server_default="")
    street: Mapped[str] = mapped_column(String(200), default="", server_default="")
    postal_code: Mapped[str] = mapped_column(String(20), default="", server_default="")
    city: Mapped[str] = mapped_column(String(120), default="", server_default="")
    region: Mapped[str] = mapped_column(String(120), default="", server_default="")
    spend: Mapped[str] = mapped_column(String(1), default="", server_default="")
    """The spend class, A to D, as finance keeps it; "" unknown."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    archived_at: Mapped[datetime] = mapped_column(default=NEVER)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    """The organization it turned out to be; set by a merge and cleared when that is undone."""

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations it holds, in the order customer, partner, supplier."""
        return tuple(relation for relation in RELATIONS if getattr(self, relation))


class Person(Numbered):
    """Somebody who signs in, or is known by an address only (then `password_hash` is NULL)."""

    __tablename__ = "people"
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Normalised: stripped and lower case."""
    password_hash: Mapped[str | None] = mapped_column(String(200))
    administrator: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(8), default="")
    timezone: Mapped[str] = mapped_column(String(64), default="")
    theme: Mapped[str] = mapped_column(String(5), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    mails: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether they are told by mail, too, what happens in their cases."""
    session_version: Mapped[int] = mapped_column(default=1)
    """Raised when the password changes or the person is deactivated: every other session ends."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    deactivated_at: Mapped[datetime] = mapped_column(default=NEVER)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The person they turned out to be; set by a merge and cleared when that is undone."""

    @hybrid_property
    def has_address(self) -> bool:
        """Whether there is an address to write to and to sign in with; in a query, a condition."""
        return not self.email.endswith(NOWHERE)

    @has_address.inplace.expression
    @classmethod
    def _has_address(cls) -> ColumnElement[bool]:
        return cls.email.not_like(f"%{NOWHERE}")


class OrganizationTag(Model):
    """A word of ours about an organization, for lists and segments. Lower case."""

    __tablename__ = "organization_tags"
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)


class Segment(Numbered):
    """Organizations that have something in common, found anew each time it is used."""

    __tablename__ = "segments"
    name: Mapped[str] = mapped_column(String(80), unique=True)
    conditions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """See portal.identity.segments: {"countries": ["PT"], "tags": [...], "spend": ["A"], ...}."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    archived_at: Mapped[datetime] = mapped_column(default=NEVER)


class Merge(Numbered):
    """Two rows that were one organization or person, put together; which rows moved stands in `MergedRow`."""

    __tablename__ = "merges"
    what: Mapped[str] = mapped_column(String(12))
    kept_id: Mapped[int] = mapped_column(index=True)
    gone_id: Mapped[int] = mapped_column(index=True)
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    merged_at: Mapped[datetime] = mapped_column(default=now)
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the kept row said before it took over what it lacked."""
    undone_at: Mapped[datetime] = mapped_column(default=NEVER)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    __table_args__ = (CheckConstraint("what IN ('organization','person')", name="what"),)


class MergedRow(Model):
    """One row that a merge moved: in which table, which column, which id."""

    __tablename__ = "merged_rows"
    merge_id: Mapped[int] = mapped_column(ForeignKey("merges.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(80), primary_key=True)
    """table.column"""
    row_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class NotDuplicates(Model):
    """Somebody looked at two that look alike and said they are two. first_id is the lower."""

    __tablename__ = "not_duplicates"
    what: Mapped[str] = mapped_column(String(12), primary_key=True)
    first_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    second_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    said_at: Mapped[datetime] = mapped_column(default=now)


class Installation(Numbered):
    """What an administrator chose for the whole portal: one row. See portal.identity.installation."""

    __tablename__ = "installation"
    version: Mapped[int] = mapped_column(default=1)
    """Raised with each change, so that every process notices that what it remembers is old."""
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    logo: Mapped[str | None] = mapped_column(ForeignKey("blobs.hash"), index=True)


class Membership(Numbered):
    """A person acting for one organization: the viewer and the actor of everything."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("person_id", "organization_id"),
        Index(None, "organization_id", "person_id"),
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    manager: Mapped[bool] = mapped_column(default=False)
    sees: Mapped[str] = mapped_column(String(3), default="all")
    title: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime] = mapped_column(default=NEVER)

    person: Mapped[Person] = relationship(lazy="raise")
    organization: Mapped[Organization] = relationship(lazy="raise")


class Department(Numbered):
    """A part of our company that answers; `code` is what rules, kinds and addresses name."""

    __tablename__ = "departments"
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), default="")
    position: Mapped[int] = mapped_column(default=0)
    hours: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """Monday to Sunday, each ["08:00", "17:00"] or null; [] keeps the company's hours."""
    archived_at: Mapped[datetime] = mapped_column(default=NEVER)


class DepartmentMember(Model):
    __tablename__ = "department_members"
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), primary_key=True, index=True)
    lead: Mapped[bool] = mapped_column(default=False)


class SignInAttempt(Numbered):
    """One try to sign in or to have a link sent; counted to slow down guessing, swept after a day."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "email", "at"), Index(None, "address", "at"))
    email: Mapped[str] = mapped_column(String(254))
    address: Mapped[str] = mapped_column(String(45))
    purpose: Mapped[str] = mapped_column(String(10), default="sign-in")
    succeeded: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=now)


class Link(Numbered):
    """A single-use link: what is mailed is this row's id, signed; the row knows whether it was used."""

    __tablename__ = "links"
    __table_args__ = (CheckConstraint("purpose IN ('invitation','reset')", name="purpose"),)
    purpose: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class OutsideIdentity(Numbered):
    """A sign-in at an OpenID Connect provider, linked by issuer and subject, never by an address."""

    __tablename__ = "outside_identities"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(default=now)
