"""Who the cases of the benchmark are between: our departments, and organizations of believable sizes."""

import random
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from sqlalchemy import Connection, func, insert, select

from portal.catalogue.models import Product
from portal.extensions import db
from portal.identity.models import Department, DepartmentMember, Membership, Organization, Person
from portal.identity.passwords import hashed
from portal.routing.starting import begin

PASSWORD = "correct horse 12"
STAFF = {"service": 4, "sales": 3, "finance": 3, "marketing": 2, "front-desk": 2}
"""How many work in each department: all of them follow a case that is nobody's yet."""
CASES_A_MEMBER = 40
LARGEST = 60
"""Most people of one organization who use the portal."""
PRODUCTS = 40
OWN = 2
"""In each organization the first is its manager; this one, and every fourth after, sees their own cases."""
FIRST = ("Ana", "Bruno", "Carla", "Davor", "Elena", "Filip", "Gita", "Hugo", "Ines", "Jan", "Katja", "Luka")
LAST = ("Matos", "Novak", "Oliveira", "Petric", "Rossi", "Silva", "Tomic", "Urban", "Weber", "Zupan")


@dataclass(frozen=True)
class Company:
    """organizations: (id, memberships) from the largest; weights: their parts of all cases, added up.

    staff: department → memberships; addresses: `staff` of service, and of the largest organization
    `customer` (sees all of its cases) and `own` (sees their own).
    """

    organizations: list[tuple[int, list[int]]]
    weights: list[float]
    staff: dict[int, list[int]]
    addresses: dict[str, str]


def shares(cases: int) -> list[float]:
    """Which part of all cases each organization has: a few have many, many have few."""
    parts = [1 / (rank + 1) for rank in range(max(4, cases // 40))]
    return [part / sum(parts) for part in parts]


def found(cases: int) -> Company:
    """Write everybody who is there before the first case. Commits."""
    begin()
    db.session.flush()
    connection, password = db.session.connection(), hashed(PASSWORD)
    parts = shares(cases)
    sizes = [max(1, min(LARGEST, round(part * cases / CASES_A_MEMBER))) for part in parts]
    sizes[0] = max(sizes[0], OWN + 1)
    staff = _inside(connection, password)
    organizations = _outside(connection, sizes, password)
    _products(connection)
    addresses = _addresses(organizations[0][1], staff)
    db.session.commit()
    return Company(organizations, list(accumulate(parts)), staff, addresses)


def rows_into(connection: Connection, model: Any, rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows in one statement and return the ids they were given."""
    first = (connection.scalar(select(func.max(model.id))) or 0) + 1
    numbered = [{"id": first + index, **row} for index, row in enumerate(rows)]
    connection.execute(insert(model), numbered)
    return [row["id"] for row in numbered]


def _outside(connection: Connection, sizes: list[int], password: str) -> list[tuple[int, list[int]]]:
    chance = random.Random(7)  # noqa: S311 - the same names in every run
    names = [{"name": f"{chance.choice(LAST)} {rank:05d}", "customer": True} for rank in range(len(sizes))]
    places = rows_into(connection, Organization, names)
    seats = [(place, seat) for place, size in zip(places, sizes, strict=True) for seat in range(size)]
    people = _people(connection, "customer", len(seats), password)
    rows = [
        {
            "person_id": person,
            "organization_id": place,
            "manager": seat == 0,
            "sees": "own" if seat % 4 == OWN else "all",
        }
        for person, (place, seat) in zip(people, seats, strict=True)
    ]
    found = iter(rows_into(connection, Membership, rows))
    return [(place, [next(found) for _ in range(size)]) for place, size in zip(places, sizes, strict=True)]


def _inside(connection: Connection, password: str) -> dict[int, list[int]]:
    """Our company and those who work in its departments."""
    [ours] = rows_into(connection, Organization, [{"name": "Benchmark Tools", "ours": True}])
    departments = dict(connection.execute(select(Department.code, Department.id)).all())
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
    return staff


def _people(connection: Connection, where: str, size: int, password: str) -> list[int]:
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


def _addresses(largest: list[int], staff: dict[int, list[int]]) -> dict[str, str]:
    department = db.session.scalars(select(Department.id).where(Department.code == "service")).one()
    wanted = {"staff": staff[department][1], "customer": largest[1], "own": largest[OWN]}
    emails = select(Membership.id, Person.email).join(Person, Person.id == Membership.person_id)
    found = dict(db.session.execute(emails.where(Membership.id.in_(wanted.values()))).all())
    return {name: found[key] for name, key in wanted.items()}
