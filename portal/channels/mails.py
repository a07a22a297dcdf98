"""Notices by mail: which are due, whether their readers are still to be told, and how it went.

A notice carries its mail (see models.Notice): `mail_at` is moved on while a worker has it and when the mail
server fails, and emptied when there is nothing to send any more.
"""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import structlog
from sqlalchemy import literal, select, update

from portal.cases.models import Event
from portal.cases.visibility import audience_of
from portal.channels import smtp
from portal.channels.composing import compose
from portal.channels.models import Notice
from portal.channels.notices import recipients
from portal.channels.smtp import GIVE_UP_AFTER, LEASE
from portal.clock import now
from portal.extensions import db, reading
from portal.identity.models import Person
from portal.identity.viewer import Viewer

log = structlog.get_logger()

BATCH = 50
A_MOMENT = timedelta(seconds=10)
"""Until words that are not out yet are looked at again …"""
PATIENCE = timedelta(minutes=5)
"""… as long as it is no longer ago than this; then they were taken back."""

STALE = timedelta(days=7)
"""What waited longer, for want of a mail server, is no news any more: it stands in the portal."""


def send_due(limit: int = BATCH) -> int:
    """Send mails that are due, at most `limit`; returns how many were handed over. Commits as it goes.

    Without PORTAL_SMTP_URL nothing happens: mails wait.
    """
    return smtp.send_each(_due(limit), _take, _done, _put_off) if smtp.sends() else 0


def _due(limit: int) -> list[int]:
    with reading():
        found = db.session.scalars(
            select(Notice.id)
            .where(Notice.mail_at <= now(), Notice.mail_tries < GIVE_UP_AFTER)
            .order_by(Notice.mail_at, Notice.id)
            .limit(limit)
        ).all()
        db.session.rollback()
    return list(found)


def _take(notice_id: int) -> EmailMessage | None:
    """Lease a notice's mail and compose it.

    None when another worker was quicker, or the reader is not to be told (any more, or yet).
    """
    notice = _lease(notice_id)
    if notice is None:
        return None
    with reading():
        try:
            mail = compose(notice) if _still_told(notice) else None
        finally:
            db.session.rollback()
    if mail is not None and mail.complete:
        return mail.message()
    waits = mail is not None and mail.at > now() - PATIENCE
    _set(notice_id, mail_at=now() + A_MOMENT if waits else None, mail_tries=Notice.mail_tries - 1)
    return None


def _lease(notice_id: int) -> Notice | None:
    """Take a mail for ourselves; None when another worker was quicker."""
    moment = now()
    notice = db.session.scalars(
        update(Notice)
        .where(Notice.id == notice_id, Notice.mail_at <= moment)
        .values(mail_at=moment + LEASE, mail_tries=Notice.mail_tries + 1)
        .returning(Notice)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).one_or_none()
    db.session.commit()
    return notice


def _still_told(notice: Notice) -> bool:
    """Whether the reader is to be told now as they were when it happened, and has not read it here."""
    event = db.session.get_one(Event, notice.event_id)
    if event.at < now() - STALE:
        return False
    told = recipients(notice.case_id, notice.lane_id, event.actor_id).where(Person.mails, Person.has_address)
    still = select(Notice.id).where(
        Notice.id == notice.id,
        Notice.read_at.is_(None),
        Notice.until > now(),
        Notice.membership_id.in_(told),
    )
    return db.session.scalar(still) is not None


def _set(notice_id: int, **values: Any) -> None:
    """Write down how a mail stands that is still to be sent as far as we know."""
    unsent = Notice.id == notice_id, Notice.mail_at.is_not(None)
    db.session.execute(
        update(Notice).where(*unsent).values(**values).execution_options(synchronize_session=False)
    )
    db.session.commit()


def _done(notice_id: int) -> None:
    # Not through _set: it was sent, even when it was read in the portal at that very moment.
    sent = update(Notice).where(Notice.id == notice_id).values(mail_at=None, mailed_at=now())
    db.session.execute(sent.execution_options(synchronize_session=False))
    db.session.commit()


def _put_off(notice_id: int, error: Exception) -> None:
    tries = db.session.scalars(select(Notice.mail_tries).where(Notice.id == notice_id)).one()
    _set(notice_id, mail_at=now() + smtp.wait(tries))
    log.warning("mail put off", notice=notice_id, tries=tries, error=repr(error))


def may_read(viewer: Viewer, notice: Notice) -> bool:
    """Whether the viewer reads the lane a mail is about: administering gives no sight of it."""
    readers = literal(viewer.membership_id).in_(audience_of(notice.lane_id))
    return bool(db.session.scalar(select(readers)))
