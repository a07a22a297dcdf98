"""What a mail about a case says: only what its reader reads in the portal, in their language and time."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import force_locale, format_datetime
from sqlalchemy import select

from portal.cases.models import Event
from portal.cases.visibility import attachments_for, messages_for
from portal.channels import notices, smtp
from portal.channels.letters import language
from portal.channels.models import Notice
from portal.channels.smtp import on_one_line
from portal.extensions import db
from portal.identity.installation import chosen
from portal.identity.links import base_url
from portal.identity.viewer import Viewer, load
from portal.languages import locale_of
from portal.showing import patterns

LONGEST = 5_000
"""Signs of somebody's words in a mail; the rest is read in the portal."""


@dataclass(frozen=True)
class Mail:
    """A notice as it is mailed. root: what all mails of a case to one side answer to, so that they are shown
    together; complete: False while the words it is about are not out yet."""

    address: str
    subject: str
    text: str
    html: str
    message_id: str
    root: str
    at: datetime
    complete: bool

    def message(self) -> EmailMessage:
        """What is handed to the mail server. Raises BadHeader."""
        message = smtp.envelope(self.address, self.subject, self.message_id, self.at)
        message["In-Reply-To"] = message["References"] = self.root
        message.set_content(self.text)
        message.add_alternative(self.html, subtype="html")
        return message


def compose(notice: Notice) -> Mail | None:
    """The mail about a notice as its reader would get it now; None when it is not theirs to read any more."""
    reader = load(notice.membership_id)
    told = notices.find(reader, notice.id) if reader else None
    if reader is None or told is None:
        return None
    said = db.session.get_one(Event, notice.event_id).facts.get("message")
    words = _words(reader, notice.case_id, said) if said else ""
    with force_locale(locale_of(code := language(reader.language))):
        subject = on_one_line(told.subject)
        facts = {
            "language": code,
            "number": told.number,
            "subject": subject or told.number,
            "sentence": on_one_line(notices.sentence(told)),
            "at": _when(told.at, reader),
            "words": (words or "")[:LONGEST],
            "cut": len(words or "") > LONGEST,
            "files": _files(reader, notice.case_id, said) if words is not None and said else [],
            "url": f"{base_url()}/cases/{told.number}",
            "account": f"{base_url()}/account/",
            "reader": reader,
        }
        text, html = (_rendered(f"mail/notice.{kind}", facts) for kind in ("txt", "html"))
    return Mail(
        address=reader.email,
        subject=f"[{told.number}] {subject}".strip(),
        text=text,
        html=html,
        message_id=_signed(told.number, f"notice {notice.id}"),
        root=_signed(told.number, f"case {notice.case_id} for {reader.organization_id}"),
        at=told.at,
        complete=words is not None,
    )


def _words(reader: Viewer, case_id: int, message_id: int) -> str | None:
    """What was written, as the reader may read it; None when they cannot (yet)."""
    message = messages_for(reader, case_id).subquery()
    return db.session.scalar(select(message.c.body).where(message.c.id == message_id))


def _files(reader: Viewer, case_id: int, message_id: int) -> list[str]:
    """The names of a message's files; the files themselves are fetched in the portal."""
    file = attachments_for(reader, case_id).subquery()
    names = db.session.scalars(select(file.c.name).where(file.c.message_id == message_id).order_by(file.c.id))
    return [on_one_line(name) for name in names]


def _when(moment: datetime, reader: Viewer) -> str:
    """The moment on the reader's clock, whoever composes the mail wherever."""
    zone = ZoneInfo(reader.timezone or chosen().timezone)
    return str(format_datetime(moment.astimezone(zone), f"EEE, {patterns()[1]}, H:mm", rebase=False))


def _rendered(template: str, facts: dict[str, Any]) -> str:
    """Without what pages have around them: there is no request, and whoever looks is not the reader."""
    return current_app.jinja_env.get_template(template).render(facts)


def _signed(number: str, what: str) -> str:
    """A Message-ID of ours: always the same for the same thing, and nobody else can make one up.

    It holds the number that the reader knows, and no id that would tell how much is going on here.
    """
    key = current_app.config["SETTINGS"].secret_key.encode()
    signature = hmac.digest(key, f"portal mail: {what}".encode(), "sha256").hex()[:32]
    return f"<{number}.{signature}@{smtp.host()}>"
