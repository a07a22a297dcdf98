"""Letters about accounts: written in the transaction that calls for them, sent afterwards by the worker."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import uuid4

import structlog
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select, update

from portal.channels.models import Letter
from portal.clock import now
from portal.extensions import db
from portal.identity.models import Person
from portal.identity.news import News
from portal.identity.people import one_line

log = structlog.get_logger()

LEASE = timedelta(minutes=5)
"""Longer than the slowest sending takes: nobody else takes the letter up meanwhile."""
TIMEOUT = 20
GIVE_UP_AFTER = 20
"""Tries, over some three days; an administrator still finds the letter."""


class BadHeader(ValueError):
    """An address or a subject holds a line break or another sign that would forge a header."""


def write(person: Person, subject: str, body: str) -> Letter:
    """A letter to the person, due at once; flushed, and sent after the caller's commit. Raises BadHeader."""
    host = urlsplit(current_app.config["SETTINGS"].base_url).hostname or "localhost"
    letter = Letter(
        person_id=person.id,
        address=_header(person.email),
        subject=_header(subject)[:200],
        body=body,
        message_id=f"<{uuid4()}@{host}>",
    )
    db.session.add(letter)
    db.session.flush()
    return letter


def _header(text: str) -> str:
    if not text or not text.isprintable():
        raise BadHeader(f"not fit for a header: {text!r}")
    return text


def write_news(news: News) -> None:
    """Put news about a sign-in into a letter in the person's language."""
    site = current_app.config["SITE"].name
    with force_locale(_language(news.person)):
        subject, paragraphs = TEXTS[news.what](news, site)
        greeting = _("Dear %(name)s,", name=news.person.name)
        body = "\n\n".join([greeting, *paragraphs, f"{site}\n{current_app.config['SETTINGS'].base_url}"])
        write(news.person, one_line(subject, 200), body + "\n")


def _language(person: Person) -> str:
    return (
        person.language
        if person.language in current_app.config["LANGUAGES"]
        else str(current_app.config["BABEL_DEFAULT_LOCALE"])
    )


Text = tuple[str, list[str]]


def _invitation(news: News, site: str) -> Text:
    called = (
        _("%(by)s invites you to act for %(organization)s.", by=news.by, organization=news.organization)
        if news.by
        else _("You are invited to act for %(organization)s.", organization=news.organization)
    )
    return _("Your invitation to %(site)s", site=site), [
        called,
        _("Choose how you sign in here; the link works once, within seven days:"),
        news.url,
        _("If you did not expect this, do nothing: without this link nobody can sign in as you."),
    ]


def _reset(news: News, site: str) -> Text:
    asked = (
        _("%(by)s sends you a link to choose a new password.", by=news.by)
        if news.by
        else _("Somebody, hopefully you, asked for a new password.")
    )
    return _("A new password for %(site)s", site=site), [
        asked,
        _("Choose it here; the link works once, within one hour:"),
        news.url,
        _("If it was not you, do nothing: your password stays as it is."),
    ]


def _joined(news: News, site: str) -> Text:
    return _("You can now act for %(organization)s", organization=news.organization), [
        _("%(by)s added you to %(organization)s.", by=news.by, organization=news.organization)
        if news.by
        else _("You were added to %(organization)s.", organization=news.organization),
        _("Sign in as usual and choose for whom you act:"),
        news.url,
    ]


def _password(_news: News, site: str) -> Text:
    return _("Your password for %(site)s was changed", site=site), [
        _("Your password was changed a moment ago, and you were signed out everywhere else."),
        _("If it was not you, ask for a new password on the sign-in page at once and tell us."),
    ]


def _connected(_news: News, site: str) -> Text:
    name = current_app.config["SETTINGS"].oidc_name or _("your company")
    return _("A new way to sign in to %(site)s", site=site), [
        _("From now on you can also sign in through %(name)s.", name=name),
        _("If it was not you, change your password and tell us."),
    ]


TEXTS: dict[str, Callable[[News, str], Text]] = {
    "invitation": _invitation,
    "reset": _reset,
    "joined": _joined,
    "password": _password,
    "connected": _connected,
}


def send_due(limit: int = 20) -> int:
    """Send letters that are due, at most `limit`; returns how many were handed over. Commits as it goes.

    Each is leased first, so that several workers share the work; a crash in between repeats a letter
    only under the same Message-ID. A server that is away ends the round. Without PORTAL_SMTP_URL nothing
    happens: letters wait.
    """
    url = current_app.config["SETTINGS"].smtp_url
    if not url:
        return 0
    sent = 0
    for letter_id in _due(limit):
        message = _lease(letter_id)
        if message is None:
            continue
        try:
            with _server(urlsplit(url)) as server:
                server.send_message(message)
                _done(letter_id)  # before saying goodbye: a server that dies at that has the letter
                sent += 1
        except (OSError, ValueError) as error:  # smtplib's errors are OSErrors
            _put_off(letter_id, error)
            if _away(error):
                break
    return sent


def _away(error: Exception) -> bool:
    """Whether it is the server that fails, and not this letter that is refused."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(
            error,
            smtplib.SMTPServerDisconnected
            | smtplib.SMTPConnectError
            | smtplib.SMTPHeloError
            | smtplib.SMTPAuthenticationError,
        )
    return isinstance(error, OSError)


def _due(limit: int) -> list[int]:
    moment = now()
    found = db.session.scalars(
        select(Letter.id)
        .where(Letter.sent_at.is_(None), Letter.due_at <= moment, Letter.lease_until <= moment)
        .where(Letter.attempts < GIVE_UP_AFTER)
        .order_by(Letter.due_at, Letter.id)
        .limit(limit)
    ).all()
    db.session.commit()
    return list(found)


def _lease(letter_id: int) -> EmailMessage | None:
    """Take a letter for ourselves; None when another worker was quicker."""
    moment = now()
    row = db.session.execute(
        update(Letter)
        .where(Letter.id == letter_id, Letter.sent_at.is_(None), Letter.lease_until <= moment)
        .values(lease_until=moment + LEASE, attempts=Letter.attempts + 1)
        .returning(Letter.address, Letter.subject, Letter.body, Letter.message_id, Letter.created_at)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    db.session.commit()
    return _message(*row) if row else None


def _message(address: str, subject: str, body: str, message_id: str, created_at: Any) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = current_app.config["SETTINGS"].mail_from
    message["To"] = address
    message["Subject"] = subject
    message["Date"] = format_datetime(created_at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


@contextmanager
def _server(url: SplitResult) -> Iterator[smtplib.SMTP]:
    """A connection as PORTAL_SMTP_URL describes it: encrypted, and signed in, when it says so."""
    host, context = url.hostname or "localhost", ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT, context=context)
    else:
        port = url.port or (587 if url.scheme == "smtp+starttls" else 25)
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    with server:
        if url.scheme == "smtp+starttls":
            server.starttls(context=context)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server


def _done(letter_id: int) -> None:
    db.session.execute(update(Letter).where(Letter.id == letter_id).values(sent_at=now(), body=""))
    db.session.commit()


def _put_off(letter_id: int, error: Exception) -> None:
    """Try again after 2, 4, 8 … minutes, at most six hours."""
    unsent = Letter.id == letter_id, Letter.sent_at.is_(None)
    attempts = db.session.scalars(select(Letter.attempts).where(*unsent)).one_or_none()
    if attempts is not None:
        due = now() + timedelta(minutes=min(2**attempts, 360))
        db.session.execute(update(Letter).where(*unsent).values(due_at=due, lease_until=now()))
    db.session.commit()
    log.warning("letter put off", letter=letter_id, attempts=attempts, error=repr(error))
