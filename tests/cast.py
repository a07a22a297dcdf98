"""The cast of house.md: who works where, and a way to let them act."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.cases.files import Taken
from portal.cases.models import Case
from portal.cases.opening import Request
from portal.clock import now
from portal.extensions import db
from portal.identity import viewer as viewers
from portal.identity.models import Department, DepartmentMember, Membership, Organization, Person
from portal.identity.passwords import hashed
from portal.identity.viewer import Viewer
from portal.routing.intake import submit
from portal.routing.starting import begin
from tests.browser import Browser

PASSWORD = "correct horse 12"

ORGANIZATIONS = {
    "meridian": ("Meridian Tools", {"ours": True}),
    "northwind": ("Northwind", {"customer": True}),
    "alpina": ("Alpina", {"customer": True}),
    "adriatic": ("Adriatic", {"partner": True}),
    "lumen": ("Lumen", {"partner": True}),
    "ferrum": ("Ferrum", {"supplier": True}),
    "borealis": ("Borealis", {"supplier": True}),
}

PEOPLE = {
    "ana": ("Ana Ferreira", ["northwind"], {"manager": True}),
    "bruno": ("Bruno Costa", ["northwind"], {"sees": "own"}),
    "rui": ("Rui Matos", ["northwind"], {}),
    "carla": ("Carla Steiner", ["alpina"], {}),
    "pavel": ("Pavel Novak", ["adriatic"], {"manager": True}),
    "nina": ("Nina Babic", ["adriatic", "alpina"], {}),
    "petra": ("Petra Kos", ["lumen"], {"manager": True}),
    "sofia": ("Sofia Weber", ["ferrum"], {"manager": True}),
    "tomas": ("Tomas Brandt", ["borealis"], {"manager": True}),
    "sue": ("Sue Keller", ["meridian"], {}),
    "fin": ("Fin Okafor", ["meridian"], {}),
    "sal": ("Sal Marin", ["meridian"], {}),
    "mia": ("Mia Horvat", ["meridian"], {}),
    "ada": ("Ada Lind", ["meridian"], {"administrator": True}),
    "olga": ("Olga Old", ["northwind"], {"deactivated": True}),
    "eva": ("Eva Mail", [], {"no_password": True}),
}

DEPARTMENTS = {"sue": "service", "fin": "finance", "sal": "sales", "mia": "marketing"}
STAFF = ("sue", "fin", "sal", "mia", "ada")
OUTSIDERS = ("ana", "bruno", "rui", "carla", "pavel", "nina", "nina@alpina", "petra", "sofia", "tomas")
EVERYBODY = (*OUTSIDERS, *STAFF)
"""Everybody who can be signed in; `nina@alpina` is Nina acting for Alpina."""


def populate() -> None:
    """Write the cast into an empty database. Commits."""
    begin()
    password = hashed(PASSWORD)
    places = {key: Organization(name=name, **flags) for key, (name, flags) in ORGANIZATIONS.items()}
    db.session.add_all(places.values())
    db.session.flush()
    for key, (name, works_at, flags) in PEOPLE.items():
        _person(key, name, [places[place] for place in works_at], dict(flags), password)
    db.session.commit()


def _person(key: str, name: str, places: list[Organization], flags: dict[str, Any], password: str) -> None:
    domain = places[0].name.lower().split()[0] if places else "elsewhere"
    person = Person(
        name=name,
        email=f"{key}@{domain}.example",
        password_hash=None if flags.pop("no_password", False) else password,
        administrator=flags.pop("administrator", False),
    )
    if flags.pop("deactivated", False):
        person.deactivated_at = now()
    db.session.add(person)
    db.session.flush()
    for place in places:
        membership = Membership(person_id=person.id, organization_id=place.id, **flags)
        db.session.add(membership)
        db.session.flush()
        if key in DEPARTMENTS:
            department = db.session.scalars(
                select(Department).where(Department.code == DEPARTMENTS[key])
            ).one()
            db.session.add(
                DepartmentMember(department_id=department.id, membership_id=membership.id, lead=True)
            )


@dataclass
class Cast:
    """The people of a test, by their short names."""

    app: Flask

    @contextmanager
    def acting(self) -> Iterator[None]:
        """A context for verbs that commits at its end. Never hold one open around a browser's calls."""
        with self.app.test_request_context("/", method="POST"):
            yield
            db.session.commit()

    def membership(self, name: str) -> int:
        """The membership id of `ana`, or of `nina@alpina` for one of several."""
        key, _, place = name.partition("@")
        with self.app.app_context():
            statement = (
                select(Membership.id)
                .join(Person, Person.id == Membership.person_id)
                .join(Organization, Organization.id == Membership.organization_id)
                .where(Person.name == PEOPLE[key][0])
                .where(Organization.name == ORGANIZATIONS[place or PEOPLE[key][1][0]][0])
            )
            return db.session.scalars(statement).one()

    def viewer(self, name: str) -> Viewer:
        """The viewer, for verbs. Ask inside `acting()` or outside; it is a plain value."""
        membership = self.membership(name)
        with self.app.app_context():
            found = viewers.load(membership)
            assert found is not None, f"{name} cannot act"
            return found

    def browser(self, name: str = "nobody") -> Browser:
        """A browser signed in as somebody, or as nobody."""
        browser = Browser(self.app, name)
        if name != "nobody":
            key = self.viewer(name).get_id()
            with browser.client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = key, True
        return browser

    def asks(self, name: str, kind: str = "support_request", **asked: Any) -> str:
        """Somebody sends a request; the case's number."""
        files: tuple[Taken, ...] = asked.pop("files", ())
        viewer = self.viewer(name)
        words = {"subject": f"A question of {name}", "body": f"These are the words of {name}.", **asked}
        with self.acting():
            return submit(viewer, Request(kind=kind, files=files, **words)).number

    def case_id(self, number: str) -> int:
        with self.app.app_context():
            return db.session.scalars(select(Case.id).where(Case.number == number)).one()

    def department(self, code: str) -> Department:
        with self.app.app_context():
            return db.session.scalars(select(Department).where(Department.code == code)).one()
