"""Rows that are products: known by their id elsewhere, else by their code."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from portal.catalogue.models import Product, ProductGroup
from portal.clock import NEVER, now
from portal.exchange import values
from portal.exchange.bringing import Bringer, change, differences
from portal.exchange.sheets import Row
from portal.extensions import db


@dataclass
class Plan:
    """gone: whether the file says that it is no longer offered; None when it says nothing."""

    row: Row
    external: str
    values: dict[str, Any]
    group: str = ""
    gone: bool | None = None
    there: Product | None = None
    named: bool = False


class Products(Bringer):
    what = "products"

    def look(self, rows: list[Row]) -> list[Plan]:
        plans = [plan for row in rows if (plan := self._read(row)) is not None]
        known = self.known(self.what, (plan.external for plan in plans))
        codes = {plan.values["code"].lower() for plan in plans}
        chosen = select(Product).where(Product.id.in_(known.values()) | func.lower(Product.code).in_(codes))
        there = list(db.session.scalars(chosen))
        by_id, by_code = {one.id: one for one in there}, {one.code.lower(): one for one in there}
        groups = self._groups({plan.group for plan in plans} - {""})
        for plan in plans:
            plan.named = plan.external in known
            plan.there = by_id.get(known.get(plan.external, 0)) or by_code.get(plan.values["code"].lower())
            if plan.group in groups:
                plan.values["group_id"] = groups[plan.group].id
        return [plan for plan in plans if self._counted(plan)]

    def _read(self, row: Row) -> Plan | None:
        before = self.outcome.wrong
        code = self.read(row, "code", lambda cell: values.line(cell, 40))
        external = self.read(row, "external_id", lambda cell: values.line(cell, 40)) or code
        name = self.read(row, "name", lambda cell: values.line(cell, 200))
        price = self.read(row, "price", lambda cell: values.amount(cell, self.sheet.decimal))
        currency = self.read(row, "currency", _currency)
        group = self.read(row, "group", lambda cell: values.line(cell, 120)) or ""
        gone = self.read(row, "archived", values.yes)
        if not self.cell(row, "name"):
            self.odd(row, "name", "missing")
        if ("external_id" in self.columns or "code" in self.columns) and not external:
            self.odd(row, "external_id" if "external_id" in self.columns else "code", "missing")
        if group.isdigit():
            self.outcome.remarks["group_numbers"] += 1
            group = ""
        if self.outcome.wrong > before or name is None:
            return None
        external = external or name[:40]
        said = {"code": code or external, "name": name, "list_price": price, "currency": currency}
        fine = self.first(row, "external_id", external, found=external)
        if fine and code:
            fine = self.first(row, "code", code.lower(), found=code)
        return Plan(row, external, said, group, gone) if fine else None

    def _groups(self, names: set[str]) -> dict[str, ProductGroup]:
        found = db.session.scalars(select(ProductGroup).where(ProductGroup.name.in_(names)))
        return {one.name: one for one in found} if names else {}

    def _counted(self, plan: Plan) -> bool:
        if plan.there is None:
            self.outcome.made += 1
            return True
        if not self.first(plan.row, "code", ("row", plan.there.id), "another_row", plan.values["code"]):
            return False
        if "code" not in self.columns:
            plan.values.pop("code")
        if plan.gone is not None and plan.gone != (plan.there.archived_at <= now()):
            plan.values["archived_at"] = now() if plan.gone else NEVER
        regrouped = bool(plan.group) and "group_id" not in plan.values
        if regrouped or differences(plan.there, plan.values):
            self.outcome.changed += 1
        else:
            self.outcome.same += 1
        return True

    def write(self, plans: list[Plan]) -> None:
        self._make_groups(
            {plan.group for plan in plans if plan.group and "group_id" not in plan.values}, plans
        )
        new = [plan for plan in plans if plan.there is None]
        for plan in plans:
            if plan.there is not None and (before := change(plan.there, plan.values)):
                self.keep("products", plan.there.id, before)
        for plan in new:
            said = {name: value for name, value in plan.values.items() if value is not None}
            plan.there = Product(**said, archived_at=now() if plan.gone else NEVER)
        db.session.add_all(plan.there for plan in new)
        db.session.flush()
        for plan in new:
            if plan.there is not None:
                self.keep("products", plan.there.id)
        self.name_them({plan.external: plan.there.id for plan in plans if plan.there and not plan.named})

    def _make_groups(self, names: set[str], plans: list[Plan]) -> None:
        made = {name: ProductGroup(name=name) for name in sorted(names)}
        db.session.add_all(made.values())
        db.session.flush()
        for group in made.values():
            self.keep("product_groups", group.id)
        for plan in plans:
            if plan.group in made:
                plan.values["group_id"] = made[plan.group].id


def _currency(cell: str) -> str:
    code = {"€": "EUR", "$": "USD", "£": "GBP"}.get(cell, cell.upper())
    if len(code) != 3 or not code.isalpha() or not code.isascii():
        raise values.Odd("currency")
    return code
