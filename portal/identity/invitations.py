"""Inviting somebody to act for an organization."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity import links
from portal.identity.models import Link, Membership, Organization, Person
from portal.identity.news import News, tell
from portal.identity.people import BadEmail, create_person, find, signs_in
from portal.identity.viewer import Viewer, is_in_force


class AlreadyMember(ValueError):
    """The person can act for this organization already."""


class Deactivated(ValueError):
    """The person's access was closed; only an administrator opens it again."""


class MayNotInvite(PermissionError):
    """The one who asks neither manages this organization nor administers."""


@dataclass(frozen=True)
class Invited:
    """What came of an invitation; `link` is None when the person has a sign-in already."""

    person: Person
    membership: Membership
    link: Link | None


def may_invite(by: Viewer, organization: Organization) -> bool:
    """Managers invite into their own organization, our administrators into every one, ours included."""
    return by.administers or (by.manager and not by.ours and by.organization_id == organization.id)


def invite(
    by: Viewer | None,
    organization: Organization,
    name: str,
    email: str,
    manager: bool = False,
    sees: str = "all",
    language: str = "",
) -> Invited:
    """Let somebody act for the organization: a person (made if unknown), a membership, and a letter.

    The letter holds a link to choose a password, unless the person has a sign-in already. Whoever turned out
    to be somebody else is invited as that person, at their address.
    `by` is None for commands. Raises MayNotInvite, AlreadyMember, Deactivated, BadEmail or EmailTaken.
    """
    if by is not None and not may_invite(by, organization):
        raise MayNotInvite
    person = find(email) or create_person(name, email, language)
    if person.merged_into_id is not None:
        person = db.session.get_one(Person, person.merged_into_id)
    if not person.has_address:
        raise BadEmail(email)
    if not is_in_force(person):
        raise Deactivated
    membership = _join(person, organization, manager, sees)
    if not signs_in(person):
        return Invited(person, membership, _send(by, person, organization))
    by_name = by.name if by else ""
    tell(News("joined", person, url=links.base_url(), organization=organization.name, by=by_name))
    return Invited(person, membership, None)


def _send(by: Viewer | None, person: Person, organization: Organization) -> Link:
    link, url = links.make(person, "invitation", by)
    tell(News("invitation", person, url=url, organization=organization.name, by=by.name if by else ""))
    return link


def _join(person: Person, organization: Organization, manager: bool, sees: str) -> Membership:
    """The membership, made or opened again. Raises AlreadyMember, also when two invite at once."""
    found = db.session.scalars(
        select(Membership).where(
            Membership.person_id == person.id, Membership.organization_id == organization.id
        )
    ).one_or_none()
    if found is not None:
        if found.until > now():
            raise AlreadyMember
        found.until, found.manager, found.sees = NEVER, manager, sees
        db.session.flush()
        return found
    membership = Membership(person_id=person.id, organization_id=organization.id, manager=manager, sees=sees)
    try:
        with db.session.begin_nested():
            db.session.add(membership)
    except IntegrityError as error:
        raise AlreadyMember from error
    return membership
