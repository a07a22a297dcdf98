"""Administrators change the rules: what they look at, where they send to, in which order they are tried."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import func, select

from portal.clock import now
from portal.extensions import db
from portal.identity.models import Department
from portal.routing.models import Rule
from portal.routing.rules import normal


class DepartmentGone(LookupError):
    """There is no such department, or it is archived: a rule that sends there would never match."""


class WordNeverMatches(ValueError):
    """The word has neither letters nor digits."""


@dataclass(frozen=True)
class RuleDetails:
    """Everything of a rule but its place and whether it is on; an empty condition holds for all."""

    name: str
    department_id: int
    kind: str = ""
    words: tuple[str, ...] = ()
    product_id: int | None = None
    organization_id: int | None = None
    relation: str = ""
    language: str = ""
    amount_from: Decimal | None = None
    priority: int | None = None


def lines(text: str) -> tuple[str, ...]:
    """The words or phrases of a text, one a line, each once. Raises WordNeverMatches."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        word = " ".join(line.split())
        if word and not normal(word):
            raise WordNeverMatches(word)
        if word:
            found.setdefault(normal(word), word)
    return tuple(found.values())


def create(details: RuleDetails) -> Rule:
    """A new rule, on, tried last. Raises DepartmentGone. Flushes."""
    last = db.session.scalar(select(func.max(Rule.position))) or 0
    rule = Rule(position=last + 10, version=1)
    _take_over(rule, details)
    db.session.add(rule)
    db.session.flush()
    return rule


def change(rule: Rule, details: RuleDetails) -> None:
    """Change a rule. Anything but a new name makes a new version: stored decisions name the one they used.

    Raises DepartmentGone. Flushes.
    """
    db.session.refresh(rule, with_for_update=True)
    before = _decides(details_of(rule))
    _take_over(rule, details)
    if _decides(details_of(rule)) != before:
        rule.version += 1
        rule.changed_at = now()
    db.session.flush()


def details_of(rule: Rule) -> RuleDetails:
    """What a rule says, as it would be typed."""
    return RuleDetails(
        name=rule.name,
        department_id=rule.department_id,
        kind=rule.kind,
        words=tuple(rule.words),
        product_id=rule.product_id,
        organization_id=rule.organization_id,
        relation=rule.relation,
        language=rule.language,
        amount_from=rule.amount_from,
        priority=rule.priority,
    )


def _decides(details: RuleDetails) -> tuple[object, ...]:
    return tuple(value for name, value in vars(details).items() if name != "name")


def _take_over(rule: Rule, details: RuleDetails) -> None:
    _hold(details.department_id)
    for name, value in vars(details).items():
        setattr(rule, name, list(value) if name == "words" else value)


def _hold(department_id: int) -> None:
    """Keep the department from being archived until the commit. Raises DepartmentGone."""
    department = db.session.get(
        Department, department_id, with_for_update={"read": True}, populate_existing=True
    )
    if department is None or department.archived_at <= now():
        raise DepartmentGone(department_id)


def switch(rule: Rule, on: bool) -> None:
    """Switch a rule on or off; off, it keeps its place. Raises DepartmentGone. Flushes."""
    if on:
        _hold(rule.department_id)
    rule.enabled = on
    db.session.flush()


def in_order() -> Sequence[Rule]:
    """All rules as they are tried, those that are off among them."""
    return db.session.scalars(select(Rule).order_by(Rule.position, Rule.id)).all()


def move(rule: Rule, up: bool) -> bool:
    """Try the rule one place earlier or later; False when it is there already. Flushes.

    Places are numbered anew, so that rules that shared one get an order of their own.
    """
    rules = list(db.session.scalars(select(Rule).order_by(Rule.position, Rule.id).with_for_update()))
    here = rules.index(rule)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rules):
        return False
    rules[here], rules[there] = rules[there], rules[here]
    for place, moved in enumerate(rules, start=1):
        moved.position = 10 * place
    db.session.flush()
    return True


def remove(rule: Rule) -> None:
    """Delete a rule. Cases it sent keep its name and version in their own trace. Flushes."""
    db.session.delete(rule)
    db.session.flush()


def rules_to(department_id: int) -> Sequence[Rule]:
    """The rules that are on and send to a department, in order."""
    return db.session.scalars(
        select(Rule).where(Rule.department_id == department_id, Rule.enabled).order_by(Rule.position, Rule.id)
    ).all()


def own_rules() -> dict[str, Rule]:
    """The rule that sends a kind where it goes whatever else is true, by kind: on, first in order."""
    found: dict[str, Rule] = {}
    for rule in in_order():
        only_kind = _decides(replace(details_of(rule), kind="", department_id=0, priority=None))
        if rule.enabled and rule.kind and only_kind == _decides(RuleDetails("", 0)):
            found.setdefault(rule.kind, rule)
    return found


def send_kind_to(kind: str, name: str, department_id: int) -> Rule:
    """Let a kind go to a department: by the rule it has, or a new one of that name, tried last.

    Raises DepartmentGone. Flushes.
    """
    rule = own_rules().get(kind)
    if rule is None:
        return create(RuleDetails(name, department_id, kind))
    if rule.department_id != department_id:
        change(rule, replace(details_of(rule), department_id=department_id))
    return rule
