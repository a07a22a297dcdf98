"""For whom somebody acts, and how much of it they see."""

from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity import administrators
from portal.identity.administrators import Yourself
from portal.identity.models import Membership, Organization, Person
from portal.identity.viewer import Viewer


def set_access(membership: Membership, manager: bool, sees: str) -> None:
    """Whether the member manages the organization, and sees `all` of its cases or their `own`."""
    membership.manager, membership.sees = manager, sees
    db.session.flush()


def end(by: Viewer | None, membership: Membership) -> None:
    """The person no longer acts for the organization; what they wrote stays.

    Raises Yourself, LastAdministrator. Flushes.
    """
    if by is not None and by.membership_id == membership.id:
        raise Yourself
    if db.session.get_one(Organization, membership.organization_id).ours:
        administrators.keep_one(db.session.get_one(Person, membership.person_id))
    membership.until = now()
    db.session.flush()


def reopen(membership: Membership) -> None:
    """The person acts for the organization again, with the access they had."""
    membership.until = NEVER
    db.session.flush()
