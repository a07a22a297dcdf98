"""Letters about accounts: written in the transaction that calls for them, sent afterwards by the worker."""

from collections.abc import Callable
from email.message import EmailMessage
from uuid import uuid4

import structlog
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select, update

from portal.channels import smtp
from portal.channels.models import Letter
from portal.channels.smtp import GIVE_UP_AFTER, LEASE, BadHeader, header, send_each
from portal.clock import now
from portal.extensions import db
from portal.identity.models import Person
from portal.identity.news import News
from portal.identity.people import one_line
from portal.languages import LANGUAGES, locale_of

__all__ = ["GIVE_UP_AFTER", "LEASE", "BadHeader", "send_due", "write", "write_news"]

log = structlog.get_logger()


def write(person: Person, subject: str, body: str) -> Letter:
    """A letter to the person, due at once; flushed, and sent after the caller's commit. Raises BadHeader."""
    letter = Letter(
        person_id=person.id,
        address=header(person.email),
        subject=header(subject)[:200],
        body=body,
        message_id=f"<{uuid4()}@{smtp.host()}>",
    )
    db.session.add(letter)
    db.session.flush()
    return letter


def write_news(news: News) -> None:
    """Put news about a sign-in into a letter in the person's language; nothing for whom no letter reaches."""
    if not news.person.has_address:
        return
    site = current_app.config["SITE"].name
    with force_locale(locale_of(language(news.person.language))):
        subject, paragraphs = TEXTS[news.what](news, site)
        greeting = _("Dear %(name)s,", name=news.person.name)
        body = "\n\n".join([greeting, *paragraphs, f"{site}\n{current_app.config['SETTINGS'].base_url}"])
        write(news.person, one_line(subject, 200), body + "\n")


def write_trial(person_id: int) -> Letter:
    """A letter to somebody who tries whether mail works. Flushes."""
    person = db.session.get_one(Person, person_id)
    site = current_app.config["SITE"].name
    with force_locale(locale_of(language(person.language))):
        subject = _("A letter to try the mail server of %(site)s", site=site)
        body = _("When you read this in your mailbox, mail from this portal arrives.")
        return write(person, one_line(subject, 200), f"{body}\n\n{site}\n")


def language(chosen: str) -> str:
    """The language somebody is written to in: the one they chose if we have it, else ours."""
    return chosen if chosen in LANGUAGES else str(current_app.config["BABEL_DEFAULT_LOCALE"])


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

    Without PORTAL_SMTP_URL nothing happens: letters wait.
    """
    return send_each(_due(limit), _lease, _done, _put_off) if smtp.sends() else 0


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
    letter = db.session.scalars(
        update(Letter)
        .where(Letter.id == letter_id, Letter.sent_at.is_(None), Letter.lease_until <= moment)
        .values(lease_until=moment + LEASE, attempts=Letter.attempts + 1)
        .returning(Letter)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).one_or_none()
    db.session.commit()
    if letter is None:
        return None
    message = smtp.envelope(letter.address, letter.subject, letter.message_id, letter.created_at)
    message.set_content(letter.body)
    return message


def _done(letter_id: int) -> None:
    db.session.execute(update(Letter).where(Letter.id == letter_id).values(sent_at=now(), body=""))
    db.session.commit()


def _put_off(letter_id: int, error: Exception) -> None:
    unsent = Letter.id == letter_id, Letter.sent_at.is_(None)
    attempts = db.session.scalars(select(Letter.attempts).where(*unsent)).one_or_none()
    if attempts is not None:
        due = now() + smtp.wait(attempts)
        db.session.execute(update(Letter).where(*unsent).values(due_at=due, lease_until=now()))
    db.session.commit()
    log.warning("letter put off", letter=letter_id, attempts=attempts, error=repr(error))
