"""Rows that are people, and for whom they act: known by their id elsewhere, else by their address."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from portal.clock import now
from portal.exchange import values
from portal.exchange.bringing import LONGEST_ID, Bringer, change, differences
from portal.exchange.finding import by_id, called
from portal.exchange.organizations import short
from portal.exchange.sheets import Row
from portal.extensions import db
from portal.identity.models import Membership, Organization, Person
from portal.identity.people import find, has_sign_in, without_address

SEES = {"all": "all sve svi tudo todos alle", "own": "own mine vlastite vlastito svoje proprios seus"}


@dataclass
class Plan:
    """person, membership: those that are there; None is made. access: of a new membership."""

    row: Row
    external: str
    email: str
    values: dict[str, Any]
    title: str
    access: dict[str, Any]
    organization: Organization | None = None
    person: Person | None = None
    membership: Membership | None = None
    named: bool = False
    changes: dict[str, Any] = field(default_factory=dict)


class People(Bringer):
    what = "people"

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.made: dict[str, Person] = {}
        """By address: people this pass made, for rows further down that mean them, too."""

    def look(self, rows: list[Row]) -> list[Plan]:
        plans = [plan for row in rows if (plan := self._read(row)) is not None]
        self._find_organizations(plans)
        known = self.known(self.what, (plan.external for plan in plans))
        there = self._there(plans, known)
        for plan in plans:
            plan.named = plan.external in known
            plan.person = there.get(known.get(plan.external, 0)) or there.get(plan.email)
        self._find_memberships(plans)
        ours, signing_in = self._ours(plans), self._signing_in(plans)
        good = []
        for plan in plans:
            if plan.organization is None or not self._may(plan, ours):
                continue
            self._count(plan, signing_in)
            good.append(plan)
        return good

    # ── what a row says ──

    def _read(self, row: Row) -> Plan | None:
        before = self.outcome.wrong
        name = self._name(row)
        email = self.read(row, "email", values.email) or ""
        external = self.read(row, "external_id", lambda cell: values.line(cell, LONGEST_ID)) or ""
        if self._has_ids() and not external:
            self.odd(row, "external_id", "missing")
        said = {
            "name": name,
            "phone": self.read(row, "phone", lambda cell: values.line(cell, 40)),
            "language": self.read(row, "language", _language),
        }
        title = self.read(row, "title", lambda cell: values.line(cell, 120)) or ""
        manager = self.read(row, "manager", values.yes)
        sees = self.read(row, "sees", lambda cell: values.one_of(cell, SEES, "sees"))
        if self.outcome.wrong > before or not name:
            return None
        external = external or email or short(f"{name} @ {self._whose(row)}".lower())
        access = {"manager": bool(manager), "sees": sees or "all"}
        plan = Plan(row, external, email, said, title, access)
        return plan if self._once(plan) else None

    def _has_ids(self) -> bool:
        """Whether the file gives people ids of their own; an address does as well."""
        return "external_id" in self.columns and "email" not in self.columns

    def _name(self, row: Row) -> str:
        name = self.read(row, "name", lambda cell: values.line(cell, 200))
        parts = [
            self.read(row, part, lambda cell: values.line(cell, 100)) for part in ("first_name", "last_name")
        ]
        whole = name or " ".join(part for part in parts if part)
        if not whole and not self.cell(row, "name"):
            self.odd(row, "name" if "name" in self.columns else "last_name", "missing")
        return whole

    def _whose(self, row: Row) -> str:
        return self.cell(row, "organization_id") or self.cell(row, "organization")

    def _once(self, plan: Plan) -> bool:
        """Nobody stands in the file twice, unless they act for two organizations under one name."""
        if self.cell(plan.row, "external_id") and not self.first(
            plan.row, "external_id", plan.external, found=plan.external
        ):
            return False
        whose = self._whose(plan.row).lower()
        if not plan.email:
            return True
        again = (plan.email, plan.values["name"].lower())
        if ("email and name", again) in self.lines:
            return self.first(plan.row, "email", (plan.email, whose), "email_twice", plan.email)
        self.lines["email and name", again] = plan.row.line
        fine = self.first(plan.row, "email", plan.email, "email_twice", plan.email)
        return fine and self.first(plan.row, "email", (plan.email, whose), "email_twice", plan.email)

    # ── whom it means ──

    def _find_organizations(self, plans: list[Plan]) -> None:
        """The organization of each row: by its id elsewhere, else by its name."""
        ids = self.known("organizations", (self.cell(plan.row, "organization_id") for plan in plans))
        there, names = by_id(ids.values()), called([self.cell(plan.row, "organization") for plan in plans])
        for plan in plans:
            external, name = (self.cell(plan.row, field) for field in ("organization_id", "organization"))
            found = there.get(ids.get(external, 0))
            several = [found] if found is not None else names.get(name.lower(), [])
            by_name = name or "organization_id" not in self.columns
            where = "organization" if by_name else "organization_id"
            wrong = _no_organization(several, bool(external or name))
            if wrong:
                self.odd(plan.row, where, wrong, name or external)
            else:
                plan.organization = several[0]

    def _there(self, plans: list[Plan], known: dict[str, int]) -> dict[int | str, Person]:
        """People by id and by address."""
        wanted = [plan.email for plan in plans if plan.email]
        wanted += [without_address(plan.external) for plan in plans if not plan.email]
        chosen = select(Person).where(Person.id.in_(known.values()) | Person.email.in_(wanted))
        found: dict[int | str, Person] = {}
        for one in db.session.scalars(chosen).all():
            kept = db.session.get_one(Person, one.merged_into_id) if one.merged_into_id else one
            found |= {one.id: kept, one.email: kept}
        return found

    def _find_memberships(self, plans: list[Plan]) -> None:
        ids = {plan.person.id for plan in plans if plan.person is not None}
        rows = db.session.scalars(select(Membership).where(Membership.person_id.in_(ids)))
        there = {(one.person_id, one.organization_id): one for one in rows}
        for plan in plans:
            if plan.person is not None and plan.organization is not None:
                plan.membership = there.get((plan.person.id, plan.organization.id))

    def _ours(self, plans: list[Plan]) -> set[int]:
        ids = {plan.person.id for plan in plans if plan.person is not None}
        staff = select(Membership.person_id).join(Organization).where(Organization.ours)
        return set(db.session.scalars(staff.where(Membership.person_id.in_(ids))))

    def _signing_in(self, plans: list[Plan]) -> set[int]:
        ids = {plan.person.id for plan in plans if plan.person is not None}
        return set(db.session.scalars(select(Person.id).where(Person.id.in_(ids), has_sign_in())))

    def _may(self, plan: Plan, ours: set[int]) -> bool:
        if plan.person is None:
            return True
        if plan.person.id in ours or plan.person.administrator:
            self.odd(plan.row, "email", "ours_person", plan.email)
            return False
        taken = find(plan.email) if plan.email and not plan.person.has_address else None
        if taken is not None and taken.id != plan.person.id:
            self.odd(plan.row, "email", "address_taken", plan.email)
            return False
        where = (plan.person.id, plan.organization.id if plan.organization else 0)
        return self.first(plan.row, "name", where, "another_row", plan.values["name"])

    # ── what it does ──

    def _count(self, plan: Plan, signing_in: set[int]) -> None:
        person = plan.person
        if person is None:
            self.outcome.made += 1
            return
        if person.deactivated_at <= now():
            self.outcome.remarks["deactivated"] += 1
            self.outcome.same += 1
            plan.organization = None
            return
        theirs = plan.named and person.id not in signing_in
        plan.changes = {
            name: value
            for name, value in differences(person, plan.values).items()
            if theirs or not getattr(person, name)
        }
        if plan.email and not person.has_address:
            plan.changes["email"] = plan.email
        if plan.membership is None:
            self.outcome.made += 1
        elif plan.changes or self._retitled(plan):
            self.outcome.changed += 1
        else:
            self.outcome.same += 1

    def _retitled(self, plan: Plan) -> bool:
        there = plan.membership
        if there is None or not plan.title or there.title == plan.title:
            return False
        return plan.named or not there.title

    def write(self, plans: list[Plan]) -> None:
        kept = [plan for plan in plans if plan.organization is not None]
        new = self._make_people(kept)
        db.session.flush()
        made = []
        for plan in kept:
            if plan.person is None or plan.organization is None:
                continue
            if plan.changes and (before := change(plan.person, plan.changes)):
                self.keep("people", plan.person.id, before)
            if plan.membership is not None:
                if self._retitled(plan):
                    self.keep(
                        "memberships", plan.membership.id, change(plan.membership, {"title": plan.title})
                    )
                continue
            ids = {"person_id": plan.person.id, "organization_id": plan.organization.id}
            made.append(Membership(**ids, title=plan.title, **plan.access))
        db.session.add_all(made)
        db.session.flush()
        for person in new:
            self.keep("people", person.id)
        for membership in made:
            self.keep("memberships", membership.id)
        named = {plan.external: plan.person.id for plan in kept if plan.person and not plan.named}
        self.name_them(named)

    def _make_people(self, plans: list[Plan]) -> list[Person]:
        made = []
        for plan in plans:
            if plan.person is not None:
                continue
            address = plan.email or without_address(plan.external)
            if address not in self.made:
                said = {name: value for name, value in plan.values.items() if value}
                self.made[address] = Person(email=address, **said)
                made.append(self.made[address])
            plan.person = self.made[address]
        db.session.add_all(made)
        return made


def _no_organization(several: list[Organization], said: bool) -> str:
    """What is wrong with the organization of a row; "" when there is exactly one outside."""
    if not said:
        return "missing"
    if not several:
        return "unknown_organization"
    if len(several) > 1:
        return "several_organizations"
    if several[0].ours:
        return "ours"
    return "archived_organization" if several[0].archived_at <= now() else ""


def _language(cell: str) -> str:
    code = cell.strip().replace("-", "_")
    if not 2 <= len(code) <= 8 or not code.replace("_", "").isalpha():
        raise values.Odd("language")
    head, _sign, tail = code.partition("_")
    return f"{head.lower()}_{tail.upper()}" if tail else head.lower()
