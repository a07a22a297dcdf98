"""People: found and made by their address, deactivated, and what they set for themselves."""

import re
import unicodedata
from hashlib import sha256

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.exc import IntegrityError

from portal.clock import now
from portal.extensions import db
from portal.identity.models import NOWHERE, Link, OutsideIdentity, Person


class BadEmail(ValueError):
    """What was given is no e-mail address."""


class EmailTaken(ValueError):
    """Somebody has this address already."""


class NoAddress(ValueError):
    """The person has no address a letter could reach; an administrator can enter one."""


def normalised(email: str) -> str:
    """The one way an address is stored and compared: NFKC, stripped, lower case, nothing unprintable."""
    kept = "".join(sign for sign in unicodedata.normalize("NFKC", email) if sign.isprintable())
    return kept.strip().lower()


def checked(email: str) -> str:
    """The normalised address. Raises BadEmail when no letter could ever reach it."""
    address = normalised(email)
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        raise BadEmail(str(error)) from error
    if len(address) > 254:
        raise BadEmail("The address is too long.")
    return address


def without_address(external: str) -> str:
    """What stands in the place of an address nobody knows: unique, never shown, and no letter goes there.

    external: what the person is called where they came from; the same name gives the same placeholder.
    """
    plain = unicodedata.normalize("NFKD", external).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-")
    return f"{words or 'person'}-{sha256(external.encode()).hexdigest()[:12]}{NOWHERE}"


def one_line(text: str, longest: int) -> str:
    """A name as one printable line of at most so many characters: it ends up in headers and lists."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:longest]


def find(email: str) -> Person | None:
    """The person with this address, signed in or not, deactivated or not."""
    return db.session.scalars(select(Person).where(Person.email == normalised(email))).one_or_none()


def create_person(name: str, email: str, language: str = "", password_hash: str | None = None) -> Person:
    """A new person, known by their address; without a password hash they can't sign in yet.

    Raises BadEmail, and EmailTaken also when somebody else makes the same person at this moment.
    """
    person = Person(
        name=one_line(name, 200) or email,
        email=checked(email),
        language=language,
        password_hash=password_hash,
    )
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError as error:
        raise EmailTaken(email) from error
    return person


def has_sign_in() -> ColumnElement[bool]:
    """The outer query's `Person` has a way to sign in: a password, or a connected sign-in elsewhere."""
    elsewhere = select(OutsideIdentity.id).where(OutsideIdentity.person_id == Person.id).exists()
    return or_(Person.password_hash.is_not(None), elsewhere)


def signs_in(person: Person) -> bool:
    """Whether this person has a way to sign in."""
    return bool(db.session.scalar(select(has_sign_in()).where(Person.id == person.id)))


def describe(person: Person, name: str, language: str, timezone: str, theme: str, mails: bool) -> None:
    """Take over what a person says about themselves."""
    person.name = one_line(name, 200)
    person.language, person.timezone, person.theme, person.mails = language, timezone, theme, mails
    db.session.flush()


def end_sessions(person: Person) -> None:
    """Sign the person out everywhere: a session names the version it was made under."""
    person.session_version = Person.session_version + 1
    db.session.flush()


def end_links(person: Person) -> None:
    """Make every link mailed to the person worthless that nobody has used yet."""
    db.session.execute(
        update(Link).where(Link.person_id == person.id, Link.used_at.is_(None)).values(used_at=now())
    )


def deactivate(person: Person) -> None:
    """Close the person's access for good: no sign-in, no session, no link works from now on."""
    person.deactivated_at = now()
    end_links(person)
    end_sessions(person)
