"""Who the cases of the benchmark are between: our departments, and organizations of believable sizes."""

import random
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from sqlalchemy import Connection, Table, func, insert, select

from portal.catalogue.models import Product
from portal.extensions import Model, db
from portal.identity.models import Department, DepartmentMember, Membership, Organization, Person
from portal.identity.passwords import hashed
from portal.routing.starting import begin

PASSWORD = "correct horse 12"
STAFF = {"service": 4, "sales": 3, "finance": 3, "marketing": 2, "front-desk": 2}
"""How many work in each department: whoever follows a case is told of what happens in it."""
CASES_PER_MEMBER = 40
LARGEST = 60
"""Most members of one organization that use the portal."""
PRODUCTS = 40
FIRST = ("Ana", "Bruno", "Carla", "Davor", "Elena", "Filip", "Gita", "Hugo", "Ines", "Jan", "Katja", "Luka")
LAST = ("Matos", "Novak", "Oliveira", "Petric", "Rossi", "Silva", "Tomic", "Urban", "Weber", "Zupan")


@dataclass(frozen=True)
class Company:
    """organizations: (id, its memberships, managers first), largest first, with their weights added up."""

    organizations: list[tuple[int, list[int]]]
    weights: list[float]
    staff: dict[int, list[int]]
    """Department → the memberships that work there."""
    addresses: dict[str, str]
    """staff (in service), customer (sees all of the largest organization's), own (sees their own there)."""


def shares(cases: int) -> list[float]:
    """What part of all cases each organization has, largest first: many have few, a few have many."""
    parts = [1 / (rank + 1) for rank in range(max(4, cases // 40))]
    return [part / sum(parts) for part in parts]


def members(share: float, cases: int) -> int:
    """How many of an organization use the portal; the largest has every sort of member."""
    return max(1, min(LARGEST, round(share * cases / CASES_PER_MEMBER)))


def found(cases: int) -> Company:
    """Write everybody there is before the first case. Commits."""
    begin()
    db.session.flush()
    connection, password = db.session.connection(), hashed(PASSWORD)
    chance = random.Random(7)
    several = shares(cases)
    sizes = [max(3, members(several[0], cases)), *(members(share, cases) for share in several[1:])]
    outside = _organizations(connection, sizes)
    places = [place for place, size in zip(outside, sizes, strict=True) for _ in range(size)]
    people = _people(connection, len(places), "customer", password, chance)
    firsts = set(accumulate(sizes, initial=0))
    rows = [
        {
            "person_id": person,
            "organization_id": place,
            "manager": index in firsts,
            "sees": "own" if (index - max(f for f in (0, index) if f in firsts or f == 0)) == -1 else "all",
        }
        for index, (person, place) in enumerate(zip(people, places, strict=True))
    ]
    raise NotImplementedError(rows)
