"""What administrators fill in about rules, and the facts they try them on."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from wtforms import SelectChoice, SelectField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from portal.catalogue.models import Product
from portal.extensions import db
from portal.forms import PortalForm
from portal.identity import departments
from portal.identity.models import Organization
from portal.registry import registry
from portal.routing import editing
from portal.routing.editing import RuleDetails, WordNeverMatches
from portal.routing.models import Rule
from portal.routing.rules import Facts
from portal.settings.fields import (
    NO_AMOUNT,
    AmountField,
    KnownProductField,
    LineField,
    OrganizationField,
    choices,
    written_alone,
)
from portal.settings.forms import RELATIONS, TOO_LONG
from portal.settings.words import language_name

MOST_WORDS = 100
LONGEST_WORD = 80
LARGEST = Decimal("999999999999.99")
LANGUAGES = ("en", "pt", "hr", "de", "es", "fr", "it", "sl")


def _kinds(empty: Any, also: str = "") -> list[SelectChoice]:
    """The kinds there are, and one more that a rule may still name."""
    known = [(kind.code, kind.label) for kind in registry().kinds.values()]
    gone = [(also, also)] if also and also not in dict(known) else []
    return choices([("", empty), *known, *gone])


def _languages(also: str) -> list[SelectChoice]:
    codes = [*LANGUAGES, *([also] if also and also not in LANGUAGES else [])]
    return choices([("", _l("any")), *((code, language_name(code)) for code in codes)])


def _departments(now: int | None) -> list[SelectChoice]:
    """The departments in use, none chosen yet unless the rule's own is among them."""
    known = [(department.id, department.name) for department in departments.in_use()]
    return choices(known if now in dict(known) else [(0, _l("choose one")), *known])


class RuleForm(PortalForm):
    name = LineField(
        _lp("thing", "Name"),
        [DataRequired(_l("Give it a name.")), Length(max=120, message=TOO_LONG)],
        description=_l("Colleagues read it when they ask why a case came to them."),
    )
    kind = SelectField(_l("Kind"))
    words = TextAreaField(
        _l("Words or phrases"),
        [Length(max=MOST_WORDS * (LONGEST_WORD + 2), message=TOO_LONG)],
        description=_l("One a line; any one of them is enough. Case and accents do not matter."),
        id="rule-words",  # the layout has "words" for itself
    )
    product = KnownProductField(_l("Product"), [Length(max=200)], description=_l("Name or article number"))
    organization = OrganizationField(
        _l("Organization"), [Length(max=220, message=TOO_LONG)], description=_l("Only what this one sends")
    )
    relation = SelectField(_l("Sent by a"), choices=choices([("", _l("anybody")), *RELATIONS]))
    language = SelectField(_l("Language"))
    amount_from = AmountField(
        _l("Amount from"),
        [Optional(), NumberRange(0, LARGEST, NO_AMOUNT)],
        description=_l("For requests that name an amount"),
    )
    department = SelectField(_l("Department"), coerce=int)
    priority = SelectField(_l("Priority"), choices=choices([("", _l("normal")), ("1", _l("high"))]))

    def __init__(self, *args: Any, rule: Rule | None = None, **kwargs: Any) -> None:
        super().__init__(*args, data=_typed(rule) if rule else None, **kwargs)
        self.kind.choices = _kinds(_l("any"), rule.kind if rule else "")
        self.language.choices = _languages(rule.language if rule else "")
        self.department.choices = _departments(rule.department_id if rule else None)

    def validate_words(self, field: TextAreaField) -> None:
        try:
            words = editing.lines(field.data or "")
        except WordNeverMatches as never:
            raise ValidationError(
                _(
                    "“%(word)s” has neither letters nor digits, so it would never match.",
                    word=never.args[0][:40],
                )
            ) from never
        if len(words) > MOST_WORDS:
            raise ValidationError(_("At most %(n)s words.", n=MOST_WORDS))
        if any(len(word) > LONGEST_WORD for word in words):
            raise ValidationError(_("At most %(n)s characters a line.", n=LONGEST_WORD))

    def details(self) -> RuleDetails:
        """What was filled in."""
        organization = self.organization.found
        return RuleDetails(
            name=self.name.data,
            department_id=self.department.data,
            kind=self.kind.data,
            words=editing.lines(self.words.data or ""),
            product_id=self.product.product_id,
            organization_id=organization.id if organization else None,
            relation=self.relation.data,
            language=self.language.data,
            amount_from=self.amount_from.data,
            priority=int(self.priority.data) if self.priority.data else None,
        )


def _typed(rule: Rule) -> dict[str, Any]:
    """A stored rule as it would be typed."""
    organization = db.session.get(Organization, rule.organization_id) if rule.organization_id else None
    product = db.session.get(Product, rule.product_id) if rule.product_id else None
    return {
        **vars(editing.details_of(rule)),
        "words": "\n".join(rule.words),
        "organization": written_alone(organization),
        "product": product.name if product else "",
        "department": rule.department_id,
        "priority": str(rule.priority) if rule.priority else "",
    }


class TryForm(PortalForm):
    """A request that nobody sent, to see where the rules would take it. It is asked by GET."""

    class Meta(PortalForm.Meta):
        csrf = False

    once = None
    case = LineField(_l("Number of a case, or"), [Length(max=20, message=TOO_LONG)])
    kind = SelectField(_l("Kind"), default="")
    organization = OrganizationField(_l("Sent by"), [Length(max=220, message=TOO_LONG)])
    amount = AmountField(_l("Amount"), [Optional(), NumberRange(0, LARGEST, NO_AMOUNT)])
    text = TextAreaField(_l("Words"), [Length(max=2000, message=TOO_LONG)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = _kinds(_l("none of these"))

    def facts(self) -> Facts:
        """What the rules look at."""
        organization = self.organization.found
        return Facts(
            kind=self.kind.data,
            text=self.text.data or "",
            organization_id=organization.id if organization else None,
            relations=frozenset(organization.relations) if organization else frozenset(),
            amount=self.amount.data,
        )
