"""Sign-ins at the OpenID Connect provider and whom they stand for: issuer and subject, never an address."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.clock import now
from portal.extensions import db
from portal.identity.links import LinkUnknown, open_link, take
from portal.identity.models import OutsideIdentity, Person
from portal.identity.news import News, tell
from portal.identity.people import end_links


class SomebodyElses(ValueError):
    """This sign-in is connected with another person here."""


def person_of(issuer: str, subject: str) -> int | None:
    """The id of the person connected with a sign-in elsewhere, as long as they may sign in."""
    return db.session.scalar(
        select(Person.id)
        .join(OutsideIdentity, OutsideIdentity.person_id == Person.id)
        .where(OutsideIdentity.issuer == issuer, OutsideIdentity.subject == subject)
        .where(Person.deactivated_at > now())
    )


def connected(person_id: int) -> bool:
    """Whether the person has connected a sign-in elsewhere."""
    found = select(OutsideIdentity.id).where(OutsideIdentity.person_id == person_id).limit(1)
    return db.session.scalar(found) is not None


def connect(person: Person, issuer: str, subject: str) -> OutsideIdentity:
    """Let the person sign in there from now on, and tell them; again for the same person changes nothing.

    Raises SomebodyElses.
    """
    wanted = select(OutsideIdentity).where(
        OutsideIdentity.issuer == issuer, OutsideIdentity.subject == subject
    )
    found = db.session.scalars(wanted).one_or_none()
    if found is None:
        found = OutsideIdentity(issuer=issuer, subject=subject, person_id=person.id)
        try:
            with db.session.begin_nested():
                db.session.add(found)
        except IntegrityError:
            found = db.session.scalars(wanted).one()
        else:
            tell(News("connected", person))
    if found.person_id != person.id:
        raise SomebodyElses
    return found


def check_invitation(token: str) -> Person:
    """The person a still good invitation is for; writes nothing.

    Raises LinkUnknown (also for a link of another purpose), LinkUsed or LinkExpired.
    """
    link, person = open_link(token)
    if link.purpose != "invitation":
        raise LinkUnknown
    return person


def accept_invitation(token: str, issuer: str, subject: str) -> Person:
    """Use an invitation up by connecting a sign-in elsewhere instead of choosing a password.

    Raises LinkUnknown, LinkUsed, LinkExpired or SomebodyElses.
    """
    check_invitation(token)
    person = take(token)
    connect(person, issuer, subject)
    end_links(person)
    return person
