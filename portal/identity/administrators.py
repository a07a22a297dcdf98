"""Nobody closes their own way in, and somebody can always administer: what ends an access asks here first."""

from sqlalchemy import select

from portal.clock import now
from portal.extensions import db
from portal.identity.models import Membership, Organization, Person
from portal.identity.people import has_sign_in
from portal.identity.viewer import Viewer


class Yourself(ValueError):
    """Nobody closes their own way in; another administrator does that."""


class LastAdministrator(ValueError):
    """Afterwards nobody could administer any more."""


def not_oneself(by: Viewer | None, person: Person) -> None:
    """Raise Yourself when it is one's own access; commands (None) are nobody's own."""
    if by is not None and by.person_id == person.id:
        raise Yourself


def keep_one(person: Person) -> None:
    """Raise LastAdministrator if nobody but this person can administer.

    Holds the rows of all who can, so that two administrators cannot end each other at the same moment.
    """
    if not person.administrator:
        return
    able = db.session.scalars(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(
            Person.administrator,
            Person.deactivated_at > now(),
            has_sign_in(),
            Membership.until > now(),
            Organization.ours,
        )
        .order_by(Person.id)
        .with_for_update(of=Person)
    ).all()
    if set(able) == {person.id}:
        raise LastAdministrator
