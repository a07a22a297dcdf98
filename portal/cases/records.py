"""What is kept about a case: what happened, who held the ball, who looked, what was sent already.

Nothing here is changed afterwards but ends of intervals; `portal.cases.models` offers these beside its own.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.append_only import guard
from portal.clock import NEVER, now
from portal.extensions import Model, Numbered


class Note(Numbered):
    """The words of a reason: erasable, while the event that refers to them stays."""

    __tablename__ = "notes"
    words: Mapped[str] = mapped_column(Text)


class Event(Numbered):
    """What happened: append-only. Without a lane it is for staff only."""

    __tablename__ = "events"
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    lane_id: Mapped[int | None] = mapped_column(ForeignKey("lanes.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    verb: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime] = mapped_column(default=now)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Ids, codes, numbers and dates only; words belong into a note."""
    note_id: Mapped[int | None] = mapped_column(ForeignKey("notes.id"))
    __table_args__ = (Index("ix_events_case", "case_id", "id"),)


class Holding(Numbered):
    """Who held the ball from when to when.

    Without a lane: the ball of the case, one holder after the other, as one side reads it; `party_id` names
    the outside party whose reading that is, NULL is the staff's. With a lane: how long its party was waited
    for there; several lanes may wait at once.
    """

    __tablename__ = "holdings"
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("parties.id"))
    lane_id: Mapped[int | None] = mapped_column(ForeignKey("lanes.id"))
    holder: Mapped[str] = mapped_column(String(10))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    """Which department or organization that was: for staff."""
    began_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime] = mapped_column(default=NEVER)
    __table_args__ = (Index("ix_holdings_case", "case_id", "party_id", "began_at"),)


class Seen(Model):
    """When a membership last had the case before them; later activity makes it unread."""

    __tablename__ = "seen"
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)


class Access(Numbered):
    """Who opened a case or a file of it. The only thing a GET may write."""

    __tablename__ = "accesses"
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    __table_args__ = (Index("ix_accesses_case", "case_id", "id"),)


class Once(Model):
    """A form that was sent: the same key from the same membership has its result already."""

    __tablename__ = "once"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), primary_key=True)
    result: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=now)


event.listen(Event.__table__, "after_create", guard)
