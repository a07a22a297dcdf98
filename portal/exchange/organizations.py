"""Rows that are organizations: known by their id elsewhere, else by their name."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from portal.exchange import values
from portal.exchange.bringing import LONGEST_ID, Bringer, change, differences
from portal.exchange.finding import by_id, called
from portal.exchange.sheets import Row
from portal.extensions import db
from portal.identity.models import RELATIONS, Organization
from portal.identity.organizations import REACHED_AT

SPEND = {letter: letter.lower() for letter in "ABCD"}
TEXTS = {"segment": 60, "tier": 60, **REACHED_AT}
"""The fields that are plain texts, and how long they may be."""


@dataclass
class Plan:
    """row: where it stands; external: its id elsewhere; there: the organization it means, None makes one."""

    row: Row
    external: str
    values: dict[str, Any]
    there: Organization | None = None
    named: bool = False
    """It has come by an import before."""


class Organizations(Bringer):
    what = "organizations"

    def look(self, rows: list[Row]) -> list[Plan]:
        plans = [plan for row in rows if (plan := self._read(row)) is not None]
        known = self.known(self.what, (plan.external for plan in plans))
        there = by_id(known.values())
        same_name = called([plan.values["name"] for plan in plans if plan.external not in known])
        spoken_for = self._spoken_for(same_name)
        good = []
        for plan in plans:
            plan.named = plan.external in known
            if plan.named:
                plan.there = there.get(known[plan.external])
            else:
                several = same_name.get(plan.values["name"].lower(), [])
                plan.there = next((one for one in several if one.ours or one.id not in spoken_for), None)
            if self._may(plan):
                self._count(plan)
                good.append(plan)
        return good

    def _spoken_for(self, several: dict[str, list[Organization]]) -> set[int]:
        """Organizations that have another id already: another row of the same name means another one."""
        if "external_id" not in self.columns:
            return set()
        return self.named_rows(one.id for same in several.values() for one in same)

    def _read(self, row: Row) -> Plan | None:
        before = self.outcome.wrong
        name = self.read(row, "name", lambda cell: values.line(cell, 200))
        if not self.cell(row, "name"):
            self.odd(row, "name", "missing")
        external = self.read(row, "external_id", lambda cell: values.line(cell, LONGEST_ID)) or ""
        if "external_id" in self.columns and not external:
            self.odd(row, "external_id", "missing")
        found: dict[str, Any] = {
            text: self.read(row, text, lambda cell, most=most: values.line(cell, most))  # type: ignore[misc]
            for text, most in TEXTS.items()
        }
        found["country"] = self.read(row, "country", values.country)
        found["domain"] = self.read(row, "domain", values.domain)
        found["spend"] = self.read(row, "spend", lambda cell: values.one_of(cell, SPEND, "spend"))
        relations = self.read(row, "relation", values.relations)
        found |= dict.fromkeys(relations or (), True)
        if self.outcome.wrong > before or name is None:
            return None
        plan = Plan(row, external or short(name.lower()), {"name": name, **found})
        head = "external_id" if external else "name"
        return plan if self.first(row, head, plan.external, found=external or name) else None

    def _may(self, plan: Plan) -> bool:
        if plan.there is None:
            return True
        if plan.there.ours:
            self.odd(plan.row, "name", "ours", plan.values["name"])
            return False
        return self.first(plan.row, "name", ("row", plan.there.id), "another_row", plan.values["name"])

    def _count(self, plan: Plan) -> None:
        if plan.there is None:
            self.outcome.made += 1
        elif differences(plan.there, plan.values):
            self.outcome.changed += 1
        else:
            self.outcome.same += 1

    def write(self, plans: list[Plan]) -> None:
        for plan in plans:
            if plan.there is not None and (before := change(plan.there, plan.values)):
                self.keep("organizations", plan.there.id, before)
        new = [plan for plan in plans if plan.there is None]
        for plan in new:
            said = {name: value for name, value in plan.values.items() if value is not None}
            plan.there = Organization(**{"customer": not any(said.get(name) for name in RELATIONS), **said})
        db.session.add_all(plan.there for plan in new)
        db.session.flush()
        for plan in new:
            if plan.there is not None:
                self.keep("organizations", plan.there.id)
        self.name_them({plan.external: plan.there.id for plan in plans if plan.there and not plan.named})


def short(name: str) -> str:
    """A name as an id: what is too long becomes its hash."""
    return name if len(name) <= LONGEST_ID else sha256(name.encode()).hexdigest()
