"""The spine: a case, who takes part, where they talk, what was said and what happened.

Scope, sort and keyset columns are never NULL ("never" is `clock.NEVER`). What an outsider reads about a
case stands on their `Party`; the case's own columns are for staff. Nothing here has collections: every
list is asked for through `visibility`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.records import Access, Event, Holding, Note, Once, Seen
from portal.clock import NEVER, now
from portal.extensions import Model, Numbered

__all__ = ["Access", "Event", "Holding", "Note", "Once", "Seen"]

STATES = ("new", "open", "resolved", "closed")
OUTCOMES = ("solved", "refused", "withdrawn", "no_answer", "duplicate")
TASK_OUTCOMES = ("done", "approved", "refused", "cancelled")
ROLES = ("requester", "agent", "partner", "supplier", "owner", "helper")
ASKED = ("partner", "supplier")
"""The roles of those we asked in: they read their own lanes and nothing else of the case."""
BALLS = ("us", "requester", "agent", "partner", "supplier", "nobody")
"""Who must act next, as a role: an outsider's copy never names a third party."""


_Absent = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""JSON that may be missing: Python's None is SQL's NULL."""


def _one_of(column: str, codes: tuple[str, ...]) -> CheckConstraint:
    listed = ",".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


_open = text("merged_into_id IS NULL AND state IN ('new','open')")
_whole = text("merged_into_id IS NULL")


def _partial(name: str, *columns: Any, where: Any, sqlite: Any = None) -> Index:
    """sqlite: the same condition as SQLAlchemy writes it for SQLite, which matches it word by word."""
    return Index(name, *columns, sqlite_where=where if sqlite is None else sqlite, postgresql_where=where)


class Case(Numbered):
    """The one thing that is shared and routed. Its department is never NULL."""

    __tablename__ = "cases"
    number: Mapped[str] = mapped_column(String(12), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    subject: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(8), default="new")
    outcome: Mapped[str] = mapped_column(String(12), default="")
    confidential: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[int] = mapped_column(default=0)
    """0 normal, 1 high."""
    ball: Mapped[str] = mapped_column(String(10), default="us")
    ball_department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    """Which department of ours must act, when it is us: the owner, or the one that owes a task."""
    ball_organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    """Which organization must act, when it is not us."""
    ball_since: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=NEVER)
    """The next date there is: the holder's, or what we promised the requester, whichever comes first."""
    opened_at: Mapped[datetime] = mapped_column(default=now)
    resolved_at: Mapped[datetime] = mapped_column(default=NEVER)
    activity_at: Mapped[datetime] = mapped_column(default=now)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the kind's form asked beyond the common questions."""
    routing: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The stored trace of the decision that chose the department (see portal.routing.rules)."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - read by SQLAlchemy
    __table_args__ = (
        _partial("ix_cases_all", text("activity_at DESC"), text("id DESC"), where=_whole),
        _partial(
            "ix_cases_department", "department_id", text("activity_at DESC"), text("id DESC"), where=_open
        ),
        _partial(
            "ix_cases_ball",
            "ball_department_id",
            "due_at",
            "id",
            where=text("merged_into_id IS NULL AND ball_department_id IS NOT NULL"),
        ),
        _partial("ix_cases_assignee", "assignee_id", text("activity_at DESC"), text("id DESC"), where=_open),
        Index("ix_cases_organization", "organization_id", text("activity_at DESC"), text("id DESC")),
        Index("ix_cases_kind", "kind", text("activity_at DESC"), text("id DESC")),
        Index("ix_cases_product", "product_id", text("activity_at DESC"), text("id DESC")),
        _partial("ix_cases_resolved", "resolved_at", where=text("state = 'resolved'")),
        _one_of("state", STATES),
        _one_of("ball", BALLS),
    )


class Party(Numbered):
    """Who takes part: exactly one of an outside organization, a department of ours, or one membership.

    The columns from `subject` on are this party's own reading of the case.
    """

    __tablename__ = "parties"
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    role: Mapped[str] = mapped_column(String(10))
    reach: Mapped[str] = mapped_column(String(12), default="organization")
    """`organization`: its members by their rights; `managers`: participants and managers only."""
    listed: Mapped[bool] = mapped_column(default=True)
    asked_at: Mapped[datetime | None]
    """When a partner or supplier was asked in: for them the case begins there."""
    subject: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[str] = mapped_column(String(8), default="new")
    ball: Mapped[str] = mapped_column(String(10), default="us")
    ball_since: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=NEVER)
    activity_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        UniqueConstraint("case_id", "organization_id"),
        UniqueConstraint("case_id", "department_id"),
        CheckConstraint(
            "(organization_id IS NOT NULL AND department_id IS NULL AND membership_id IS NULL)"
            " OR (organization_id IS NULL AND department_id IS NOT NULL AND membership_id IS NULL)"
            " OR (organization_id IS NULL AND department_id IS NULL AND membership_id IS NOT NULL)",
            name="one_of",
        ),
        _one_of("role", ROLES),
        _one_of("reach", ("organization", "managers")),
        _partial(
            "ix_parties_organization",
            "organization_id",
            text("activity_at DESC"),
            text("case_id DESC"),
            where=text("listed"),
            sqlite=text("listed = 1"),
        ),
        _partial(
            "ix_parties_unfinished",
            "organization_id",
            text("activity_at DESC"),
            text("case_id DESC"),
            where=text("listed AND status <> 'closed'"),
            sqlite=text("listed = 1 AND status <> 'closed'"),
        ),
        Index("ix_parties_department", "department_id", text("activity_at DESC"), text("case_id DESC")),
        Index("ix_parties_membership", "membership_id", text("activity_at DESC"), text("case_id DESC")),
    )


class Participant(Numbered):
    """A named person of a party: sees the case whatever the party's reach, and follows it."""

    __tablename__ = "participants"
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    activity_at: Mapped[datetime] = mapped_column(default=now)
    __table_args__ = (
        UniqueConstraint("party_id", "membership_id"),
        Index("ix_participants_membership", "membership_id", text("activity_at DESC"), text("case_id DESC")),
    )


class Lane(Numbered):
    """A conversation inside a case with its own parties. `internal` is ours alone."""

    __tablename__ = "lanes"
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    """The outside party we talk to here; none in the internal lane. Grants say who reads."""
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(200), default="")
    answers: Mapped[dict[str, Any] | None] = mapped_column(_Absent)
    """The facts of the case that were given to this lane, as they were then."""
    confidential: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(6), default="open")
    ball: Mapped[str] = mapped_column(String(10), default="us")
    ball_since: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=NEVER)
    __table_args__ = (
        _one_of("kind", ("requester", "agent", "partner", "supplier", "internal")),
        _partial("ix_lanes_asked", "id", where=text("kind IN ('partner','supplier') AND state = 'open'")),
    )


class Grant(Numbered):
    """Lets a party into a lane for a time. Revoking sets `ends_at`; nothing is deleted."""

    __tablename__ = "grants"
    lane_id: Mapped[int] = mapped_column(ForeignKey("lanes.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("parties.id"))
    begins_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime] = mapped_column(default=NEVER)
    because: Mapped[str] = mapped_column(String(40))
    """A code: requester, owner, hand_over, asked, task, let_in …"""
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    """The task it is for: it ends with it."""
    __table_args__ = (
        Index("ix_grants_party", "party_id", "ends_at"),
        Index("ix_grants_lane", "lane_id", "ends_at"),
    )


class Message(Numbered):
    """Words in exactly one lane. Until `visible_from` only its author sees it."""

    __tablename__ = "messages"
    lane_id: Mapped[int] = mapped_column(ForeignKey("lanes.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    released_from_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8), default="")
    written_at: Mapped[datetime] = mapped_column(default=now)
    visible_from: Mapped[datetime] = mapped_column(default=now)
    """Later than now: its author may still take it back. `NEVER`: it was taken back."""
    follows: Mapped[dict[str, Any] | None] = mapped_column(_Absent)
    """What happens once it leaves: {"verb": …}; none when it has happened."""
    __table_args__ = (
        Index("ix_messages_lane", "lane_id", "id"),
        _partial("ix_messages_leaving", "visible_from", where=text("follows IS NOT NULL")),
    )


class Blob(Model):
    """Bytes in the store, named by their SHA-256 in hex; swept when nothing refers to them."""

    __tablename__ = "blobs"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    stored_at: Mapped[datetime] = mapped_column(default=now)


class Attachment(Numbered):
    """A file of one message: the bytes as sent, and for pictures a copy that is safe to show."""

    __tablename__ = "attachments"
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    lane_id: Mapped[int] = mapped_column(ForeignKey("lanes.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    """Found from the content, never believed."""
    blob: Mapped[str] = mapped_column(ForeignKey("blobs.hash"), index=True)
    preview: Mapped[str | None] = mapped_column(ForeignKey("blobs.hash"), index=True)


class Task(Numbered):
    """One piece of work, or an approval, that a department owes on a case."""

    __tablename__ = "tasks"
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    lane_id: Mapped[int] = mapped_column(ForeignKey("lanes.id"))
    """Where it is talked about, and what it lets the department read: the internal lane."""
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    kind: Mapped[str] = mapped_column(String(8), default="work")
    title: Mapped[str] = mapped_column(String(200))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    """Nobody when a rule of ours asked for it."""
    asked_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=NEVER)
    outcome: Mapped[str] = mapped_column(String(9), default="")
    """One of models.TASK_OUTCOMES; "" while it is open."""
    done_at: Mapped[datetime] = mapped_column(default=NEVER)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    words: Mapped[str] = mapped_column(Text, default="")
    """What was found, or why it was refused."""
    __table_args__ = (
        _partial("ix_tasks_open", "department_id", "due_at", "id", where=text("outcome = ''")),
        _one_of("kind", ("work", "approval")),
        _one_of("outcome", ("", *TASK_OUTCOMES)),
    )
