"""Single-use, expiring links to a sign-in: an invitation, or a forgotten password."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import update

from portal.clock import now
from portal.extensions import db
from portal.identity.models import Link, Person
from portal.identity.news import News, tell
from portal.identity.passwords import set_password
from portal.identity.people import find, signs_in
from portal.identity.viewer import Viewer, is_in_force, memberships_of

VALID = {"invitation": timedelta(days=7), "reset": timedelta(hours=1)}


class LinkUnknown(LookupError):
    """Not a link of ours, or its person may no longer sign in."""


class LinkUsed(LookupError):
    """It has been used, or a newer one took its place."""


class LinkExpired(LookupError):
    """It was not used in time."""


def make(person: Person, purpose: str, made_by: Viewer | None = None) -> tuple[Link, str]:
    """A new link for the person (purpose invitation or reset) and its address under PORTAL_BASE_URL.

    A new reset link ends the older ones.
    """
    if purpose == "reset":
        db.session.execute(_unused(person, purpose).values(used_at=now()))
    link = Link(
        purpose=purpose,
        person_id=person.id,
        made_by_id=made_by.membership_id if made_by else None,
        expires_at=now() + VALID[purpose],
    )
    db.session.add(link)
    db.session.flush()
    return link, f"{base_url()}/links/{_token(link)}"


def base_url() -> str:
    """Where people reach us, as the settings say: never what a request claims."""
    return str(current_app.config["SETTINGS"].base_url)


def _unused(person: Person, purpose: str) -> Any:
    return update(Link).where(Link.person_id == person.id, Link.purpose == purpose, Link.used_at.is_(None))


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SETTINGS"].secret_key, salt=f"portal link: {purpose}")


def _token(link: Link) -> str:
    """The row's id, with the moment it was made: a database may give the id of a deleted row again."""
    return str(_signer(link.purpose).dumps([link.id, _instant(link.created_at)]))


def _instant(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def _row(token: str) -> Link | None:
    for purpose in VALID:
        try:
            link_id, made = _signer(purpose).loads(token)
        except (BadSignature, ValueError, TypeError):
            continue
        link = db.session.get(Link, link_id)
        if link and link.purpose == purpose and _instant(link.created_at) == made:
            return link
    return None


def open_link(token: str) -> tuple[Link, Person]:
    """The link a token stands for, and its person; writes nothing.

    Raises LinkUnknown, LinkUsed or LinkExpired.
    """
    link = _row(token)
    person = db.session.get(Person, link.person_id) if link else None
    if link is None or person is None or not is_in_force(person):
        raise LinkUnknown
    if link.used_at is not None:
        raise LinkUsed
    if link.expires_at <= now():
        raise LinkExpired
    return link, person


def take(token: str) -> Person:
    """Use the link up and return its person; of two at once exactly one succeeds.

    Raises LinkUnknown, LinkUsed or LinkExpired.
    """
    link, person = open_link(token)
    taken: Any = db.session.execute(
        update(Link)
        .where(Link.id == link.id, Link.used_at.is_(None), Link.expires_at > now())
        .values(used_at=now())
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        raise LinkUsed
    db.session.refresh(link)
    return person


def redeem(token: str, password_hash: str) -> Person:
    """Use the link up to set a password; every session and other link of the person ends.

    Raises LinkUnknown, LinkUsed or LinkExpired.
    """
    person = take(token)
    set_password(person, password_hash)
    return person


def reset(person: Person, by: Viewer | None = None) -> Link:
    """Send the person a link to choose a new password; older ones end. Returns the new one."""
    link, url = make(person, "reset", by)
    tell(News("reset", person, url=url, by=by.name if by else ""))
    return link


def forgotten(email: str) -> Link | None:
    """A reset link for whoever has this address and can sign in; None (and no word) for everybody else.

    People known by an address only have nothing to reset: their way in is an invitation.
    """
    person = find(email)
    if person is None or not is_in_force(person) or not signs_in(person) or not memberships_of(person.id):
        return None
    return reset(person)
