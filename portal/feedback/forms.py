"""What complaints and wishes ask."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from portal.forms import AmountField, ProductField, RequestForm

CURRENCIES = ["EUR", "USD", "GBP", "CHF", "BRL"]


class ComplaintForm(RequestForm):
    PAIRS = (("product", "serial"), ("amount", "currency"))
    LAST = ("remedy", "amount", "currency", "about_person")

    product = ProductField(_l("Product"), [Length(max=200)], description=_l("Name or article number"))
    serial = StringField(
        _l("Serial or lot number"), [Length(max=60)], description=_l("On the plate of the machine")
    )
    remedy = RadioField(
        _l("What would put it right?"),
        choices=[
            SelectChoice("replacement", _l("Replacement")),
            SelectChoice("credit", _l("Credit")),
            SelectChoice("repair", _l("Repair")),
            SelectChoice("explanation", _l("An explanation")),
        ],
        default="replacement",
        description=_l("Choose what you would like. We tell you what we decide and why."),
    )
    amount = AmountField(_l("Amount you claim"), [Optional(), NumberRange(0, 10**9, _l("An amount from 0."))])
    currency = SelectField(_l("Currency"), choices=CURRENCIES, default="EUR")
    about_person = BooleanField(
        _l("It is about a person"), description=_l("Then only you, your managers and the department read it.")
    )


class ServiceWishForm(RequestForm):
    place = StringField(_l("Where do you need it?"), [Length(max=120)], description=_l("City or site"))
    urgency = RadioField(
        _l("How much would it help?"),
        choices=[
            SelectChoice("nice", _l("It would be nice")),
            SelectChoice("often", _l("We need it often")),
            SelectChoice("now", _l("We look for somebody else until you offer it")),
        ],
        default="nice",
    )
