"""The demo company before anything happens: departments, products, rules, organizations and people."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from portal.cases import numbers
from portal.cases.clocks import Calendar
from portal.cases.files import Taken
from portal.catalogue.models import Product, ProductGroup
from portal.clock import at
from portal.demo.company import (
    CHANNELS,
    KNOWN,
    ORGANIZATIONS,
    PRODUCTS,
    QUESTION,
    RULES,
    SEGMENTS,
    TAGS,
    TWIN,
)
from portal.demo.people import KNOWN_BY_ADDRESS, MEMBERS, Member
from portal.extensions import db
from portal.identity import installation, viewer
from portal.identity.models import Department, DepartmentMember, Membership, Organization, Person, Segment
from portal.identity.organizations import set_tags
from portal.identity.viewer import Viewer
from portal.routing.models import Rule
from portal.routing.starting import begin
from portal.showing import zone

SEED = 2026
BEFORE = timedelta(days=420)
"""How long before today everybody was there."""
TWICE = timedelta(days=6)
"""How long ago a customer was written down a second time."""
LEFT = timedelta(days=40)
"""How long ago those who left did so."""


@dataclass
class Company:
    """What the stories refer to, by their short names.

    cases: (id, number) by subject; lanes: ids by subject and the name the story gives a lane
    strict: whether each step is asked for whether its doer may
    """

    organizations: dict[str, int]
    departments: dict[str, Department]
    products: dict[str, Product]
    viewers: dict[str, Viewer]
    files: dict[str, Taken]
    zone: ZoneInfo
    numbers: Iterator[str]
    cases: dict[str, tuple[int, str]] = field(default_factory=dict)
    lanes: dict[tuple[str, str], int] = field(default_factory=dict)
    strict: bool = False

    @property
    def calendar(self) -> Calendar:
        """When everybody works."""
        return Calendar(self.zone)


def found(end: datetime, files: dict[str, Taken], password: str) -> Company:
    """Everything the stories refer to, as it was some months before `end`. Flushes."""
    with at(end - BEFORE):
        begin()
        departments = {found.code: found for found in db.session.scalars(select(Department))}
        for department in departments.values():
            department.email = f"{department.code}@meridian.example"
        products = _catalogue()
        _rules(departments)
        people = _people(departments, password)
        db.session.flush()
        viewers = {key: _viewer(membership.id) for key, membership in people.items()}
        _leave(people, end - LEFT)
        _choices()
        _about(end)
        named = dict(db.session.execute(select(Organization.name, Organization.id)).all())
    organizations = {key: named[facts["name"]] for key, facts in ORGANIZATIONS.items()}
    return Company(organizations, departments, products, viewers, files, zone(), _numbers())


def _choices() -> None:
    """What Ada chose in her first weeks: how people reach the company, a question of her own."""
    installation.choose(
        begun=True,
        channels=CHANNELS,
        kinds={"support_request": {"questions": [QUESTION]}},
    )


def _about(end: datetime) -> None:
    """What is known of customers, the segments they fall into, and one that was written down twice."""
    for key, facts in KNOWN.items():
        named = Organization.name == ORGANIZATIONS[key]["name"]
        db.session.execute(update(Organization).where(named).values(facts))
    for key, tags in TAGS.items():
        named = Organization.name == ORGANIZATIONS[key]["name"]
        set_tags(db.session.scalars(select(Organization.id).where(named)).one(), tags)
    db.session.add_all(Segment(name=name, conditions=given) for name, given in SEGMENTS.items())
    db.session.add(Organization(**TWIN, created_at=end - TWICE))
    db.session.flush()


def _catalogue() -> dict[str, Product]:
    products: dict[str, Product] = {}
    for name, rows in PRODUCTS.items():
        group = ProductGroup(name=name)
        db.session.add(group)
        db.session.flush()
        for code, label, price in rows:
            products[code] = Product(
                code=code, name=f"{code} {label}", group_id=group.id, list_price=Decimal(price)
            )
    db.session.add_all(products.values())
    db.session.flush()
    return products


def _rules(departments: dict[str, Department]) -> None:
    db.session.add_all(
        Rule(
            position=rule.position,
            name=rule.name,
            kind=rule.kind,
            relation=rule.relation,
            words=list(rule.words),
            amount_from=rule.amount_from,
            priority=rule.priority,
            department_id=departments[rule.department].id,
        )
        for rule in RULES
    )


def _people(departments: dict[str, Department], password: str) -> dict[str, Membership]:
    """Everybody, by their short names. The password is hashed once: that is slow on purpose."""
    places = {key: Organization(**facts) for key, facts in ORGANIZATIONS.items()}
    db.session.add_all(places.values())
    people: dict[str, Person] = {}
    for member in MEMBERS:
        people.setdefault(member.email, _person(member, password))
    db.session.add_all([*people.values(), *(Person(name=n, email=e) for n, e in KNOWN_BY_ADDRESS)])
    db.session.flush()
    memberships = {
        member.key: Membership(
            person_id=people[member.email].id,
            organization_id=places[member.organization].id,
            manager=member.manager,
            sees=member.sees,
            title=member.title,
        )
        for member in MEMBERS
    }
    db.session.add_all(memberships.values())
    db.session.flush()
    db.session.add_all(
        DepartmentMember(
            department_id=departments[code].id,
            membership_id=memberships[member.key].id,
            lead=member.leads == code,
        )
        for member in MEMBERS
        for code in member.works_in
    )
    return memberships


def _person(member: Member, password: str) -> Person:
    return Person(
        name=member.name,
        email=member.email,
        password_hash=password,
        administrator=member.administrator,
        language=member.language,
        phone=member.phone,
    )


def _viewer(membership_id: int) -> Viewer:
    found = viewer.load(membership_id)
    if found is None:
        raise LookupError(f"membership {membership_id} is not in force")
    return found


def _leave(people: dict[str, Membership], moment: datetime) -> None:
    """Those who left the company since can no longer sign in."""
    for member in MEMBERS:
        if member.left:
            db.session.get_one(Person, people[member.key].person_id).deactivated_at = moment


def _numbers() -> Iterator[str]:
    """Case numbers, the same in every demo, so that addresses of it can be passed on."""
    chance = random.Random(SEED)  # noqa: S311 - nothing secret about the demo
    while True:
        digits = str(chance.randrange(1_000_000, 10_000_000))
        yield numbers.tidy(digits + numbers.check_digit(digits))
