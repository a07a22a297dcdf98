"""A rule as a sentence: “When the kind is Complaint and it says ‘invoice’, it goes to Finance.”"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup, escape

from portal.catalogue.models import Product
from portal.identity.models import Department, Organization
from portal.registry import registry
from portal.routing.editing import RuleDetails, details_of
from portal.routing.models import Rule
from portal.settings import lists

SHOWN = 4
"""So many of a rule's words stand in its sentence; the form shows all."""


@dataclass(frozen=True)
class Names:
    """What the ids in rules are called."""

    departments: dict[int, str]
    organizations: dict[int, str]
    products: dict[int, str]


@dataclass(frozen=True)
class Told:
    """A rule in the list. everything: it has no condition, so no rule below it is ever tried."""

    rule: Rule
    sentence: Markup
    everything: bool
    reached: bool


def names_for(rules: Iterable[Rule]) -> Names:
    """The names all these rules need: three statements."""
    several = list(rules)
    return Names(
        lists.named(Department, (rule.department_id for rule in several)),
        lists.named(Organization, (rule.organization_id for rule in several)),
        lists.named(Product, (rule.product_id for rule in several)),
    )


def told(rules: Iterable[Rule]) -> list[Told]:
    """The rules in words, in order."""
    several, open_still = list(rules), True
    names = names_for(several)
    found = []
    for rule in several:
        conditions = _conditions(details_of(rule), names)
        found.append(Told(rule, sentence(rule, names), not conditions, open_still))
        open_still = open_still and not (rule.enabled and not conditions)
    return found


def sentence(rule: Rule, names: Names) -> Markup:
    """What the rule does; the department stands out."""
    department = Markup("<b>{}</b>").format(names.departments.get(rule.department_id, "?"))
    conditions = _conditions(details_of(rule), names)
    urgent = (rule.priority or 0) > 0
    if not conditions:
        whole = _("Whatever gets this far goes to %(department)s")
    else:
        whole = _("When %(conditions)s, it goes to %(department)s")
    if urgent:
        whole = _("%(sentence)s, high priority", sentence=whole)
    joined = format_list([str(part) for part in conditions], locale=get_locale())
    return Markup("{}.").format(escape(whole) % {"conditions": joined, "department": department})


def _conditions(rule: RuleDetails, names: Names) -> list[str]:
    said = []
    if rule.kind:
        said.append(_("the kind is %(kind)s", kind=registry().label(rule.kind)))
    if rule.words:
        said.append(_("it says %(words)s", words=_any_of(rule.words)))
    if rule.product_id is not None:
        said.append(_("it is about %(product)s", product=names.products.get(rule.product_id, "?")))
    if rule.organization_id is not None:
        name = names.organizations.get(rule.organization_id, "?")
        said.append(_("%(organization)s sends it", organization=name))
    if rule.relation:
        said.append(_("the sender is a %(relation)s", relation=relation_name(rule.relation)))
    if rule.language:
        said.append(_("it is written in %(language)s", language=language_name(rule.language)))
    if rule.amount_from is not None:
        said.append(_("the amount is %(amount)s or more", amount=rule.amount_from))
    return said


def _any_of(words: tuple[Any, ...]) -> str:
    quoted = [_("“%(word)s”", word=word) for word in words[:SHOWN]]
    rest = len(words) - SHOWN
    if rest > 0:
        quoted.append(ngettext("%(num)s other word", "%(num)s other words", rest))
    return str(format_list(quoted, style="or", locale=get_locale()))


def relation_name(relation: str) -> str:
    names = {"customer": _("customer"), "partner": _("partner"), "supplier": _("supplier")}
    return str(names.get(relation, relation))


def language_name(code: str) -> str:
    locale = get_locale()
    return str(locale.languages.get(code, code)) if locale else code
