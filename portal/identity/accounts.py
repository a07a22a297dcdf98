"""What an administrator changes about somebody: name and address, whether they administer, their access."""

from sqlalchemy.exc import IntegrityError

from portal.clock import NEVER
from portal.extensions import db
from portal.identity import administrators, links, people
from portal.identity.invitations import Deactivated
from portal.identity.models import Link, Person
from portal.identity.news import News, tell
from portal.identity.organizations import MergedAway
from portal.identity.people import EmailTaken, NoAddress, checked, one_line
from portal.identity.staffing import NotStaff, membership_of_ours
from portal.identity.viewer import Viewer, is_in_force, memberships_of


class ActsForNobody(ValueError):
    """The person acts for no organization, so a link would lead them nowhere."""


def describe(by: Viewer | None, person: Person, name: str, email: str, administrator: bool) -> None:
    """Change name, address and whether they administer. A new address ends every link mailed to the old one.

    email: "" leaves somebody without an address as they are.

    Raises BadEmail, EmailTaken, NotStaff, Yourself or LastAdministrator; then nothing is changed.
    """
    address = checked(email) if email or person.has_address else person.email
    _may_administer(by, person, administrator)
    other = people.find(address)
    if other is not None and other.id != person.id:
        raise EmailTaken(address)
    if address != person.email:
        people.end_links(person)
    try:
        with db.session.begin_nested():
            person.name, person.email = one_line(name, 200) or address, address
            person.administrator = administrator
    except IntegrityError as error:
        raise EmailTaken(address) from error


def _may_administer(by: Viewer | None, person: Person, administrator: bool) -> None:
    if administrator and not person.administrator and membership_of_ours(person) is None:
        raise NotStaff
    if person.administrator and not administrator:
        administrators.not_oneself(by, person)
        administrators.keep_one(person)


def deactivate(by: Viewer | None, person: Person) -> None:
    """Close the person's access: no sign-in, session or link works. Raises Yourself, LastAdministrator."""
    administrators.not_oneself(by, person)
    administrators.keep_one(person)
    people.deactivate(person)


def reactivate(person: Person) -> None:
    """Open the person's access again; their password is what it was. Raises MergedAway."""
    if person.merged_into_id is not None:
        raise MergedAway
    person.deactivated_at = NEVER
    db.session.flush()


def hand_over_link(by: Viewer, person: Person) -> tuple[Link, str]:
    """A new link for the person, also mailed to them: an invitation, or for a new password if they have one.

    Returns it with its address, which is stored nowhere else. Raises NoAddress, Deactivated or ActsForNobody.
    """
    if not person.has_address:
        raise NoAddress
    if not is_in_force(person):
        raise Deactivated
    acts_for = memberships_of(person.id)
    if not acts_for:
        raise ActsForNobody
    purpose = "reset" if people.signs_in(person) else "invitation"
    link, url = links.make(person, purpose, by)
    tell(News(purpose, person, url=url, organization=acts_for[0][1].name, by=by.name))
    return link, url
