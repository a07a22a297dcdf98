"""Rows that are requests: each becomes a case as if it had been sent through the form, and nobody is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import func, select

from portal.cases.opening import Request
from portal.catalogue.models import Product
from portal.clock import now
from portal.exchange import finding, values
from portal.exchange.bringing import LONGEST_ID, Bringer
from portal.exchange.sheets import Row
from portal.exchange.wrong import Unreadable
from portal.extensions import db
from portal.forms import LONGEST, tidy
from portal.identity import departments, viewer
from portal.identity.models import Membership, Organization
from portal.identity.viewer import Viewer
from portal.registry import registry
from portal.routing.intake import Sent, forecast, submit_many
from portal.routing.rules import NoFrontDesk, normal
from portal.showing import zone

USUAL = "support_request"
WORDS, LONGEST_TITLE = 8, 80
"""Without a subject the first words serve: at most so many, and so many characters."""


@dataclass
class Plan:
    """sender: whose request it is, a membership; expected: the department its row names."""

    row: Row
    external: str
    asked: Request
    at: Any
    expected: str
    sender: int = 0


class Cases(Bringer):
    what = "cases"

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.kinds = _kinds()
        self.departments = {
            normal(name): one.code for one in departments.in_use() for name in (one.code, one.name)
        }
        self.products: dict[str, Product] = {}
        self.turn = 0
        self.contacts: list[int] = []
        self.viewers: dict[int, Viewer] = {}
        if not {"organization", "organization_id", "email"} & self.columns.keys():
            self.contacts = _contacts(self.options)

    def look(self, rows: list[Row]) -> list[Plan]:
        self._know_products(rows)
        plans = [plan for row in rows if (plan := self._read(row)) is not None]
        known = self.known(self.what, (plan.external for plan in plans))
        self.outcome.same += sum(1 for plan in plans if plan.external in known)
        plans = self._with_senders([plan for plan in plans if plan.external not in known])
        self.outcome.made += len(plans)
        if self.record is None and plans:
            self._compare(plans, _asked(forecast, [self._sent(plan) for plan in plans]))
        return plans

    def write(self, plans: list[Plan]) -> None:
        if not plans:
            return
        opened = _asked(submit_many, [self._sent(plan) for plan in plans])
        for one in opened:
            self.keep("cases", one.case.id)
        self._compare(plans, [one.opening.routing["department"] for one in opened])
        self.name_them({plan.external: one.case.id for plan, one in zip(plans, opened, strict=True)})

    def _compare(self, plans: list[Plan], went: list[str]) -> None:
        for plan, department in zip(plans, went, strict=True):
            self.outcome.went[department] += 1
            if plan.expected:
                self.outcome.compared += 1
                self.outcome.agreed += plan.expected == department

    def _sent(self, plan: Plan) -> Sent:
        return Sent(self.viewers[plan.sender], plan.asked, plan.at)

    # ── what a row says ──

    def _read(self, row: Row) -> Plan | None:
        before = self.outcome.wrong
        body = self.read(row, "body", _body) or ""
        if not body and not self.cell(row, "body"):
            self.odd(row, "body", "missing")
        external = self.read(row, "external_id", lambda cell: values.line(cell, LONGEST_ID)) or ""
        if "external_id" in self.columns and not external:
            self.odd(row, "external_id", "missing")
        subject = self.read(row, "subject", lambda cell: values.line(cell, 200)) or _first_words(body)
        kind = self.read(row, "kind", self._kind) or USUAL
        product = self.read(row, "product", self._product)
        at = self.read(row, "opened_at", _past)
        language = self.read(row, "language", _language) or ""
        answers = self._answers(row, kind, product)
        if self.outcome.wrong > before:
            return None
        asked = Request(kind, subject, body, product.id if product else None, answers, language=language)
        plan = Plan(row, external or _fingerprint(row), asked, at, self._expected(row))
        if not external:  # the very same row again is the same request
            if self.lines.setdefault(("row", plan.external), row.line) != row.line:
                self.outcome.same += 1
                return None
            return plan
        return plan if self.first(row, "external_id", external, found=external) else None

    def _kind(self, cell: str) -> str:
        found = self.kinds.get(normal(cell.replace("_", " ").replace("-", " ")))
        if found is None:
            raise values.Odd("kind", kinds=", ".join(registry().kinds))
        return found

    def _answers(self, row: Row, kind: str, product: Product | None) -> dict[str, Any]:
        """What the kind's own form asks, as far as files tell it."""
        known = registry().kinds[kind].labels()
        found: dict[str, Any] = {}
        if product is not None and "product" in known:
            found["product"] = product.name
        if "amount" in known:
            amount = self.read(row, "amount", lambda cell: values.amount(cell, self.sheet.decimal))
            currency = self.read(row, "currency", lambda cell: values.line(cell, 3))
            found |= {"amount": str(amount)} if amount is not None else {}
            found |= (
                {"currency": (currency or "EUR").upper()}
                if amount is not None and "currency" in known
                else {}
            )
        return found

    def _expected(self, row: Row) -> str:
        """The department the row expects, among ours; its intent serves when that names one."""
        for name in ("department", "intent"):
            code = self.departments.get(normal(self.cell(row, name)))
            if code:
                return code
        return ""

    def _know_products(self, rows: list[Row]) -> None:
        names = {self.cell(row, "product").lower() for row in rows} - {""}
        if not names:
            return
        known = self.known("products", (self.cell(row, "product") for row in rows))
        chosen = select(Product).where(
            func.lower(Product.name).in_(names)
            | func.lower(Product.code).in_(names)
            | Product.id.in_(known.values())
        )
        there = db.session.scalars(chosen.order_by(Product.archived_at > now(), Product.id.desc())).all()
        ids = {one.id: one for one in there}
        self.products |= {name.lower(): ids[key] for name, key in known.items() if key in ids}
        self.products |= {name: one for one in there for name in (one.name.lower(), one.code.lower())}

    def _product(self, cell: str) -> Product:
        found = self.products.get(cell.lower())
        if found is None:
            raise values.Odd("unknown_product")
        return found

    # ── whose it is ──

    def _with_senders(self, plans: list[Plan]) -> list[Plan]:
        """Those whose sender is found, each with theirs."""
        if self.contacts:
            for plan in plans:
                plan.sender = self.contacts[self.turn % len(self.contacts)]
                self.turn += 1
        else:
            self._named_senders(plans)
        wanted = {plan.sender for plan in plans} - self.viewers.keys() - {0}
        self.viewers |= viewer.load_all(wanted) if wanted else {}
        return [plan for plan in plans if plan.sender in self.viewers]

    def _named_senders(self, plans: list[Plan]) -> None:
        ids = self.known("organizations", (self.cell(plan.row, "organization_id") for plan in plans))
        there = finding.by_id(ids.values())
        names = finding.called([self.cell(plan.row, "organization") for plan in plans])
        addresses = {plan.row: self.read(plan.row, "email", values.email) or "" for plan in plans}
        acting = finding.acting_with(set(addresses.values()) - {""})
        several = [*there.values(), *(one for same in names.values() for one in same)]
        contacts = finding.first_contacts([one.id for one in several])
        for plan in plans:
            external, name = (self.cell(plan.row, field) for field in ("organization_id", "organization"))
            found = there.get(ids.get(external, 0))
            meant = [found] if found is not None else names.get(name.lower(), [])
            if addresses[plan.row]:
                plan.sender = self._by_address(plan.row, acting.get(addresses[plan.row], []), meant)
            elif not self.cell(plan.row, "email"):
                plan.sender = self._by_organization(plan.row, name or external, meant, contacts)

    def _by_address(self, row: Row, acting: list[Membership], meant: list[Organization]) -> int:
        if not acting:
            self.odd(row, "email", "unknown_person", self.cell(row, "email"))
            return 0
        ids = {one.id for one in meant}
        found = next((one for one in acting if not ids or one.organization_id in ids), None)
        if found is None:
            self.odd(row, "email", "other_person", self.cell(row, "email"))
        return found.id if found else 0

    def _by_organization(
        self, row: Row, said: str, meant: list[Organization], contacts: Mapping[int, int]
    ) -> int:
        name = "organization" if "organization" in self.columns else "organization_id"
        name = name if name in self.columns else "email"
        code = (
            "missing"
            if not said
            else "unknown_organization"
            if not meant
            else "several_organizations"
            if len(meant) > 1
            else "ours"
            if meant[0].ours
            else "archived_organization"
            if meant[0].archived_at <= now()
            else "no_contact"
            if meant[0].id not in contacts
            else ""
        )
        if code:
            self.odd(row, name, code, said)
            return 0
        return contacts[meant[0].id]


def _asked(verb: Any, several: list[Sent]) -> Any:
    try:
        return verb(several)
    except NoFrontDesk as error:
        raise Unreadable("no_front_desk") from error


def _contacts(options: Mapping[str, Any]) -> list[int]:
    """Whose requests they are when the rows do not say: of one organization, else of imported customers."""
    chosen = options.get("organization_id")
    organizations = [chosen] if chosen else finding.imported_customers()
    contacts = finding.first_contacts(organizations)
    if not contacts:
        if chosen:
            name = db.session.get_one(Organization, chosen).name
            raise Unreadable("no_contact", name=name)
        raise Unreadable("no_customers")
    return [contacts[key] for key in organizations if key in contacts]


def _kinds() -> dict[str, str]:
    """What a kind may be called: its code, and its name in every language we have."""
    found: dict[str, str] = {}
    languages = {str(locale) for locale in current_app.extensions["babel"].instance.list_translations()}
    for language in sorted({"en", *languages}):
        with force_locale(language):
            found |= {normal(str(kind.label)): kind.code for kind in registry().kinds.values()}
    return found | {normal(code.replace("_", " ")): code for code in registry().kinds}


def _body(cell: str) -> str:
    words = tidy(cell) or ""
    if len(words) > LONGEST:
        raise values.Odd("too_long", most=LONGEST)
    return words


def _first_words(body: str) -> str:
    words = " ".join(body.split()[:WORDS])
    return values.line(words[:LONGEST_TITLE], 200)


def _past(cell: str) -> Any:
    found = values.moment(cell, zone())
    if found > now():
        raise values.Odd("future")
    return found


def _language(cell: str) -> str:
    code = cell.strip().lower().replace("-", "_")
    if not 2 <= len(code) <= 8 or not code.replace("_", "").isalpha():
        raise values.Odd("language")
    return code


def _fingerprint(row: Row) -> str:
    """What a row without an id is known by: its SHA-256."""
    return sha256("\x1f".join(row.cells).encode()).hexdigest()
