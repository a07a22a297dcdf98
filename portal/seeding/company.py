"""Who the cases are between: our departments, and organizations of believable sizes."""

import random
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Connection, func, insert, select

from portal.catalogue.models import Product
from portal.extensions import db
from portal.identity.models import Department, DepartmentMember, Membership, Organization, Person
from portal.identity.viewer import Viewer, load
from portal.routing.starting import begin

PASSWORD = "seed"  # noqa: S105 - told to whoever seeds; it works only where they want it to
NAME = "Seeded Tools"
ADMINISTRATOR = "admin@seeded.example"
STAFF = {"service": 4, "sales": 3, "finance": 3, "marketing": 2, "front-desk": 2}
"""How many work in each department: all of them follow a case that is nobody's yet."""
ASKED = 10
"""Every so manieth organization is a supplier, and as many are partners."""
PRODUCTS = 40
OWN = 2
"""In each organization the first is its manager; this one, and every fourth after, sees their own cases."""
FIRST = ("Ana", "Bruno", "Carla", "Davor", "Elena", "Filip", "Gita", "Hugo", "Ines", "Jan", "Katja", "Luka")
LAST = ("Matos", "Novak", "Oliveira", "Petric", "Rossi", "Silva", "Tomic", "Urban", "Weber", "Zupan")
FORMS = ("Ltd", "d.o.o.", "Lda", "GmbH", "S.A.")
COUNTRIES = ("HR", "PT", "AT", "DE", "IT", "BR")

Place = tuple[int, list[int]]
"""An organization and the memberships of its people."""


@dataclass(frozen=True)
class Company:
    """organizations: the customers from the largest; weights: their parts of all cases, added up.

    asked: the suppliers and partners, by their role; staff: department → memberships; finance, service: those
    departments; addresses: `staff` of service, and of the largest customer `customer` (sees all of its cases)
    and `own` (sees their own); sign_ins: an administrator and the first of each department
    """

    organizations: list[Place]
    weights: list[float]
    asked: dict[str, list[Place]]
    staff: dict[int, list[int]]
    departments: dict[str, int]
    addresses: dict[str, str]
    sign_ins: dict[str, str]
    known: dict[int, Viewer] = field(default_factory=dict)
    """Those who acted in a story, as they are all the time."""

    def viewer(self, membership_id: int) -> Viewer:
        """Somebody as the verbs know them."""
        if membership_id not in self.known:
            found = load(membership_id)
            if found is None:
                raise LookupError(f"membership {membership_id} is not in force")
            self.known[membership_id] = found
        return self.known[membership_id]


def shares(organizations: int) -> list[float]:
    """Which part of all cases each customer has: a few have many, many have few."""
    parts = [1 / (rank + 1) for rank in range(organizations)]
    return [part / sum(parts) for part in parts]


def seats(parts: list[float], people: int) -> list[int]:
    """How many people each customer has: one each, the largest three, the others as their parts are."""
    sizes = [1] * len(parts)
    sizes[0] += OWN
    free = people - sum(sizes)
    sizes = [size + int(part * free) for size, part in zip(sizes, parts, strict=True)]
    for place in range(people - sum(sizes)):
        sizes[place % len(sizes)] += 1
    return sizes


def asked_of(organizations: int) -> int:
    """How many of so many organizations are suppliers, and how many are partners."""
    return max(1, organizations // ASKED)


def fewest(organizations: int) -> int:
    """The fewest people so many organizations can have."""
    return organizations + OWN


def found(organizations: int, people: int, seed: int, sign_in: bool) -> Company:
    """Write everybody who is there before the first case. Commits.

    organizations: at least three; people: at least `fewest`; sign_in: whether PASSWORD lets them in
    """
    begin()
    db.session.flush()
    chance = random.Random(f"company {seed}")  # noqa: S311 - the same names in every run
    connection, password = db.session.connection(), _hash(seed) if sign_in else None
    asked = asked_of(organizations)
    parts = shares(organizations - 2 * asked)
    staff, departments = _inside(connection, password)
    customers = _outside(connection, chance, "customer", seats(parts, people - 2 * asked), password)
    others = {
        role: _outside(connection, chance, role, [1] * asked, password) for role in ("supplier", "partner")
    }
    _products(connection)
    addresses = _addresses(customers[0][1], staff[departments["service"]])
    sign_ins = {"administrator": ADMINISTRATOR} | {code: f"0@{code}.example" for code in STAFF}
    db.session.commit()
    return Company(customers, list(accumulate(parts)), others, staff, departments, addresses, sign_ins)


def _hash(seed: int) -> str:
    """The password's, with a salt of this seed: the same data in every run."""
    return PasswordHasher().hash(PASSWORD, salt=sha256(f"salt {seed}".encode()).digest()[:16])


def rows_into(connection: Connection, model: Any, rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows in one statement and return the ids they were given."""
    first = (connection.scalar(select(func.max(model.id))) or 0) + 1
    numbered = [{"id": first + index, **row} for index, row in enumerate(rows)]
    connection.execute(insert(model), numbered)
    return [row["id"] for row in numbered]


def _outside(
    connection: Connection, chance: random.Random, role: str, sizes: list[int], password: str | None
) -> list[Place]:
    names = [
        {
            "name": f"{chance.choice(LAST)} {role} {rank:05d} {chance.choice(FORMS)}",
            "domain": f"{role}{rank:05d}.example",
            "country": chance.choice(COUNTRIES),
            role: True,
        }
        for rank in range(len(sizes))
    ]
    places = rows_into(connection, Organization, names)
    seated = [(place, seat) for place, size in zip(places, sizes, strict=True) for seat in range(size)]
    people = _people(connection, role, len(seated), password)
    rows = [
        {
            "person_id": person,
            "organization_id": place,
            "manager": seat == 0,
            "sees": "own" if seat % 4 == OWN else "all",
        }
        for person, (place, seat) in zip(people, seated, strict=True)
    ]
    members = iter(rows_into(connection, Membership, rows))
    return [(place, [next(members) for _ in range(size)]) for place, size in zip(places, sizes, strict=True)]


def _inside(connection: Connection, password: str | None) -> tuple[dict[int, list[int]], dict[str, int]]:
    """Our company, its administrator, and those who work in its departments; the departments by code."""
    [ours] = rows_into(connection, Organization, [{"name": NAME, "ours": True}])
    boss = {"name": "Ada Lind", "email": ADMINISTRATOR, "password_hash": password, "administrator": True}
    [person] = rows_into(connection, Person, [boss])
    rows_into(connection, Membership, [{"person_id": person, "organization_id": ours}])
    departments: dict[str, int] = dict(connection.execute(select(Department.code, Department.id)).all())
    staff: dict[int, list[int]] = {}
    for code, size in STAFF.items():
        people = _people(connection, code, size, password)
        rows = [{"person_id": person, "organization_id": ours} for person in people]
        staff[departments[code]] = rows_into(connection, Membership, rows)
    works_in = [
        {"department_id": key, "membership_id": one, "lead": one == several[0]}
        for key, several in staff.items()
        for one in several
    ]
    connection.execute(insert(DepartmentMember), works_in)
    return staff, departments


def _people(connection: Connection, where: str, size: int, password: str | None) -> list[int]:
    rows = [
        {
            "name": f"{FIRST[index % len(FIRST)]} {LAST[index // len(FIRST) % len(LAST)]}",
            "email": f"{index}@{where}.example",
            "password_hash": password,
        }
        for index in range(size)
    ]
    return rows_into(connection, Person, rows)


def _products(connection: Connection) -> None:
    rows = [
        {"code": f"W-{n}-125", "name": f"W-{n}-125 Angle grinder, model {n}"} for n in range(1, PRODUCTS + 1)
    ]
    rows_into(connection, Product, rows)


def _addresses(largest: list[int], service: list[int]) -> dict[str, str]:
    wanted = {"staff": service[1], "customer": largest[1], "own": largest[OWN]}
    emails = select(Membership.id, Person.email).join(Person, Person.id == Membership.person_id)
    found = dict(db.session.execute(emails.where(Membership.id.in_(wanted.values()))).all())
    return {name: found[key] for name, key in wanted.items()}
