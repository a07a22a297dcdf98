"""Fields of this room: an organization by its name, ticks, texts on one line, addresses, domains, amounts."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from wtforms import DecimalField, EmailField, SelectChoice, SelectMultipleField, StringField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from portal import numbers
from portal.clock import now
from portal.extensions import db
from portal.forms import ProductField
from portal.identity.models import Organization
from portal.identity.organizations import LONGEST_TAG, tag
from portal.identity.people import BadEmail, checked, normalised, one_line

OFFERED = 300
NO_AMOUNT = _l("Enter an amount such as 1250.50.")  # NOTE: with the decimal sign of the language
_DOMAIN = re.compile(r"(?=.{4,200}$)([\w]([\w-]{0,61}[\w])?\.)+[^\W\d_][\w-]{0,61}[\w]")


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """(value, label) pairs, as fields take them."""
    return [SelectChoice(value, label) for value, label in pairs]


class TicksField(SelectMultipleField):
    """Any of several choices, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class LineField(StringField):
    """One printable line: the names and labels that end up in lists and headers."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = one_line(self.data or "", 10_000)


class AddressField(EmailField):
    """An e-mail address, normalised."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = normalised(self.data or "")

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        try:
            checked(self.data)
        except BadEmail as error:
            raise ValidationError(_("That is no e-mail address.")) from error


class DomainField(LineField):
    """A web domain, out of whatever was copied: "https://www.Alpina.example/contact" → "alpina.example"."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        bare = re.sub(r"^[a-z]+://", "", (self.data or "").lower())
        self.data = re.split(r"[/?#]", bare)[0].removeprefix("www.").rstrip(".")

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data and not _DOMAIN.fullmatch(self.data):
            raise ValidationError(_("That is no web domain; it looks like northwind.example."))


class TagsField(LineField):
    """Words between commas; `words` are the tags."""

    @property
    def words(self) -> frozenset[str]:
        return frozenset(tag(word) for word in (self.data or "").split(",")) - {""}

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if any(len(word.strip()) > LONGEST_TAG for word in (self.data or "").split(",")):
            raise ValidationError(_("One of these tags is too long."))


class CodeField(StringField):
    """A code in small letters."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").strip().lower()


class AmountField(DecimalField):
    """An amount of money, in whole cents. Typed as text: a browser forgets what is no number."""

    data: Any
    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            self.data = numbers.typed(valuelist[0])
        except ValueError as error:
            self.data = None
            raise ValueError(NO_AMOUNT) from error

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if isinstance(self.data, Decimal) and not self.errors:
            self.data = self.data.quantize(Decimal("0.01"), ROUND_HALF_UP)


class OrganizationField(LineField):
    """An organization in use, by its name; one that shares its name is written "Name #12"."""

    found: Organization | None = None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        several = _called(self.data)
        if not several:
            raise ValidationError(_("There is no organization of this name."))
        if len(several) > 1:
            choices = ", ".join(written(one, several) for one in several[:5])
            raise ValidationError(_("Several are called so, say which: %(choices)s", choices=choices))
        self.found = several[0]

    def suggestions(self) -> list[str]:
        """What the browser may offer while typing: one statement."""
        offered = list(
            db.session.scalars(
                select(Organization)
                .where(Organization.archived_at > now())
                .order_by(func.lower(Organization.name), Organization.id)
                .limit(OFFERED)
            )
        )
        return [written(one, offered) for one in offered]


def _called(text: str) -> list[Organization]:
    in_use = select(Organization).where(Organization.archived_at > now()).order_by(Organization.id)
    name, hash_sign, key = text.rpartition("#")
    if hash_sign and key.isascii() and key.isdigit() and len(key) < 19:
        one = db.session.scalars(in_use.where(Organization.id == int(key))).one_or_none()
        if one is not None and one.name.casefold() == name.strip().casefold():
            return [one]
    spellings = [func.lower(text), text.lower()]
    return list(db.session.scalars(in_use.where(func.lower(Organization.name).in_(spellings)).limit(6)))


def written(one: Organization, among: list[Organization]) -> str:
    """The name as the field takes it: with its number when another has the same name."""
    same = [other for other in among if other.name.casefold() == one.name.casefold()]
    return f"{one.name} #{one.id}" if len(same) > 1 else one.name


def written_alone(organization: Organization | None) -> str:
    """The name as the field takes it, whoever else has it: for a form that is filled from what is stored."""
    return written(organization, _called(organization.name)) if organization else ""


class KnownProductField(ProductField):
    """A product of ours by name or article number; other words are refused."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        super().post_validate(form, validation_stopped)
        if self.data and self.product_id is None and not validation_stopped:
            raise ValidationError(_("We have no product of this name or number."))
