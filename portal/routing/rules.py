"""Decide which department a request goes to: ordered rules, the first that matches wins.

The decision is a trace that is stored with the case (codes, ids, the names of then) and put into words when
it is read, in the reader's language (see portal.routing.explain).
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import select

from portal.clock import now
from portal.extensions import db
from portal.identity.models import FRONT_DESK, Department
from portal.routing.models import Rule


@dataclass(frozen=True)
class Facts:
    """What rules look at. amount in the currency it was claimed in; language as a code, "" unknown."""

    kind: str
    text: str = ""
    product_id: int | None = None
    organization_id: int | None = None
    relations: frozenset[str] = frozenset()
    language: str = ""
    amount: Decimal | None = None

    @cached_property
    def plain(self) -> str:
        """The text as words are looked for in it; made once, however many rules ask."""
        return f" {normal(self.text)} "


@dataclass(frozen=True)
class Decision:
    """department: where it goes; hours: when it is there, [] as the company is; trace: JSON to be stored with
    the case; priority: None leaves it normal.
    """

    department_id: int
    department: str
    hours: list[Any]
    priority: int | None
    trace: dict[str, Any] = field(default_factory=dict)


class NoFrontDesk(RuntimeError):
    """There is no front desk: `portal migrate` makes it."""


Standing = list[tuple[Rule | None, Department]]


def standing() -> Standing:
    """The enabled rules by position with their departments, and the departments in use without a rule."""
    rows = db.session.execute(
        select(Rule, Department)
        .select_from(Department)
        .outerjoin(Rule, (Rule.department_id == Department.id) & Rule.enabled)
        .where(Department.archived_at > now())
        .order_by(Rule.position, Rule.id)
    ).all()
    return [(rule, department) for rule, department in rows]


def decide(facts: Facts, known: Standing | None = None) -> Decision:
    """The first enabled rule whose every condition holds, by position; else the front desk.

    known: the rules, when many decisions are made at once. Raises NoFrontDesk.
    """
    found = standing() if known is None else known
    passed: list[dict[str, Any]] = []
    for rule, department in found:
        if rule is None:
            continue
        matched, failed = check(rule, facts)
        if failed is None:
            return _decided(department, rule, matched, passed)
        passed.append({"rule": rule.id, "name": rule.name, "version": rule.version, "failed": failed})
    front = next((department for _, department in found if department.code == FRONT_DESK), None)
    if front is None:
        raise NoFrontDesk
    return _decided(front, None, {}, passed)


def _decided(
    department: Department, rule: Rule | None, matched: dict[str, Any], passed: list[dict[str, Any]]
) -> Decision:
    trace = {
        "rule": rule.id if rule else None,
        "name": rule.name if rule else "",
        "version": rule.version if rule else None,
        "matched": matched,
        "passed": passed,
        "department": department.code,
        "department_name": department.name,
    }
    return Decision(department.id, department.code, department.hours, rule.priority if rule else None, trace)


def check(rule: Rule, facts: Facts) -> tuple[dict[str, Any], str | None]:
    """(the conditions that hold with their facts, the first that does not or None)."""
    matched: dict[str, Any] = {}
    for condition, wanted, holds, found in _conditions(rule, facts):
        if not wanted:
            continue
        if not holds:
            return matched, condition
        matched[condition] = found
    return matched, None


def _conditions(rule: Rule, facts: Facts) -> list[tuple[str, bool, bool, Any]]:
    """(condition, is it set, does it hold, the fact to remember) in the order they are explained."""
    word = first_word(rule.words, facts.plain)
    enough = facts.amount is not None and rule.amount_from is not None and facts.amount >= rule.amount_from
    return [
        ("kind", bool(rule.kind), rule.kind == facts.kind, rule.kind),
        ("words", bool(rule.words), word is not None, word),
        ("product", rule.product_id is not None, rule.product_id == facts.product_id, rule.product_id),
        (
            "organization",
            rule.organization_id is not None,
            rule.organization_id == facts.organization_id,
            rule.organization_id,
        ),
        ("relation", bool(rule.relation), rule.relation in facts.relations, rule.relation),
        ("language", bool(rule.language), rule.language == facts.language, rule.language),
        ("amount", rule.amount_from is not None, enough, str(rule.amount_from or "")),
    ]


def first_word(words: list[str], plain: str) -> str | None:
    """The first of the words or phrases that stands whole in a `Facts.plain` text."""
    return next((word for word in words if _spelled(word) and f" {_spelled(word)} " in plain), None)


@lru_cache(maxsize=4096)
def _spelled(word: str) -> str:
    """A rule's word as `normal` writes it; the same few are asked for with every request."""
    return normal(word)


def normal(text: str) -> str:
    """Lower case without accents, every run of other characters one space: "Narudžbu!" → "narudzbu"."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", bare.replace("đ", "d").replace("ß", "ss")).strip()
