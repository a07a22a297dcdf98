"""How people are told: notices in the portal, their deliveries elsewhere, and letters about accounts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.clock import NEVER, now
from portal.extensions import Numbered


class Notice(Numbered):
    """One event told to one membership; it dies with the grant it was told under (`until`).

    What a mail about it needs stands here too: nobody is mailed what they have read or may no longer read.
    """

    __tablename__ = "notices"
    __table_args__ = (
        Index(
            "ix_notices_unread",
            "membership_id",
            "id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "ix_notices_mail",
            "mail_at",
            sqlite_where=text("mail_at IS NOT NULL"),
            postgresql_where=text("mail_at IS NOT NULL"),
        ),
    )
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    lane_id: Mapped[int] = mapped_column(ForeignKey("lanes.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    until: Mapped[datetime] = mapped_column(default=NEVER)
    read_at: Mapped[datetime | None]
    mail_at: Mapped[datetime | None]
    """When it is mailed, or tried again; None: there is nothing to mail, or nothing any more."""
    mail_tries: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    mailed_at: Mapped[datetime | None]


class Delivery(Numbered):
    """A notice on its way through another channel than the portal and mail."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "ix_deliveries_unsent",
            "due_at",
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    due_at: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]


class Letter(Numbered):
    """An e-mail about an account (invitation, password), written in the transaction that calls for it.

    Without PORTAL_SMTP_URL letters are kept here for administrators to pass on.
    """

    __tablename__ = "letters"
    __table_args__ = (
        Index(
            "ix_letters_unsent",
            "due_at",
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    """Fixed when written: a repeat after a crash is recognisable as one."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
