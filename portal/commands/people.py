"""`portal init` and `portal person`: the first administrator, and people's access from the shell."""

import getpass
import json
import sys
from argparse import Namespace

from sqlalchemy import func, select

from portal import create_app
from portal.clock import now
from portal.commands import Trouble
from portal.commands.database import bring_up_to_date
from portal.extensions import db
from portal.identity import accounts, departments, people, staffing
from portal.identity.administrators import LastAdministrator
from portal.identity.invitations import AlreadyMember, Deactivated, Invited, invite
from portal.identity.models import Department, Membership, Organization, Person
from portal.identity.news import News, subscribe
from portal.identity.passwords import LONGEST, SHORTEST, WeakPassword, check_strength, hashed
from portal.identity.people import BadEmail, EmailTaken
from portal.identity.viewer import is_in_force


def init(options: Namespace) -> None:
    """The first administrator, with a password from standard input. Refuses when there is one."""
    app = create_app()
    bring_up_to_date(app)
    with app.app_context():
        there = select(Person.email).where(Person.administrator, Person.deactivated_at > now())
        if found := db.session.scalar(there.limit(1)):
            raise Trouble(f"there is an administrator already ({found}); `portal person create` makes more")
        db.session.rollback()
        person = _first(options, _password(options))
        ours = db.session.scalar(select(Organization).where(Organization.ours))
        if ours is None:
            ours = Organization(name=options.organization, ours=True)
            db.session.add(ours)
        db.session.flush()
        db.session.add(Membership(person_id=person.id, organization_id=ours.id, manager=True))
        db.session.commit()
        print(f"{person.name} administers {ours.name} and signs in at {app.config['SETTINGS'].base_url}")


def _password(options: Namespace) -> str:
    """The hash of the password read from standard input."""
    asked = sys.stdin.isatty()
    password = getpass.getpass("Password: ") if asked else sys.stdin.readline().rstrip("\r\n")
    try:
        check_strength(password, options.name, options.email)
    except WeakPassword as error:
        wanted = f"it needs {SHORTEST} to {LONGEST} characters that others would not guess"
        raise Trouble(f"the password is too weak ({error.reason}): {wanted}") from error
    return hashed(password)


def _first(options: Namespace, password_hash: str) -> Person:
    try:
        person = people.create_person(options.name, options.email, password_hash=password_hash)
    except (BadEmail, EmailTaken) as error:
        raise _about_address(options.email, error) from error
    person.administrator = True
    return person


def _about_address(email: str, error: BadEmail | EmailTaken) -> Trouble:
    if isinstance(error, EmailTaken):
        return Trouble(f"somebody has the address {email} already")
    return Trouble(f"{email} is no e-mail address: {error}")


def create(options: Namespace) -> None:
    """Invite somebody and print the link with which they choose a password."""
    told: list[News] = []
    app = create_app()
    subscribe(told.append)
    with app.app_context():
        organization = organization_called(options.organization)
        if (options.administrator or options.department) and not organization.ours:
            raise Trouble(
                f"{organization.name} is not our own company: no department, no administrator there"
            )
        department = _department(options.department) if options.department else None
        invited = _invited(options, organization)
        invited.person.administrator = invited.person.administrator or options.administrator
        if department is not None:
            staffing.put_into(department, invited.membership, lead=False)
        db.session.commit()
        link = told[-1].url if invited.link else None
        result = {"person": invited.person.email, "organization": organization.name, "link": link}
    if options.json:
        print(json.dumps(result))
    elif link:
        print(f"{invited.person.name} chooses a password, once and within seven days, at\n{link}")
    else:
        print(f"{invited.person.name} signs in as before and can now act for {organization.name}.")


def _invited(options: Namespace, organization: Organization) -> Invited:
    try:
        return invite(None, organization, options.name, options.email, manager=options.manager)
    except AlreadyMember as error:
        raise Trouble(f"{options.email} can act for {organization.name} already") from error
    except Deactivated as error:
        raise Trouble(f"the access of {options.email} was closed") from error
    except (BadEmail, EmailTaken) as error:
        raise _about_address(options.email, error) from error


def organization_called(name: str) -> Organization:
    """The one organization in use with this name. Raises Trouble."""
    found = db.session.scalars(
        select(Organization).where(
            func.lower(Organization.name) == name.strip().lower(), Organization.archived_at > now()
        )
    ).all()
    if len(found) != 1:
        raise Trouble(f"there is {'no' if not found else 'more than one'} organization called {name}")
    return found[0]


def _department(code: str) -> Department:
    known = {department.code: department for department in departments.in_use()}
    if code not in known:
        raise Trouble(f"there is no department {code}; there are {', '.join(sorted(known)) or 'none'}")
    return known[code]


def deactivate(options: Namespace) -> None:
    """No sign-in, no session and no link of theirs works from now on."""
    with create_app().app_context():
        person = people.find(options.email)
        if person is None:
            raise Trouble(f"nobody here has the address {options.email}")
        if not is_in_force(person):
            raise Trouble(f"the access of {person.email} is closed already")
        try:
            accounts.deactivate(None, person)
        except LastAdministrator as error:
            said = f"{person.email} is the only administrator who can sign in"
            raise Trouble(f"{said}; make another one first") from error
        db.session.commit()
        print(f"The access of {person.name} ({person.email}) is closed.")
