"""What the customers' kinds ask."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.forms import AmountField, ProductField, QuantityField, RequestForm

LARGEST = 10**9


class SupportRequestForm(RequestForm):
    PAIRS = (("product", "serial"),)

    product = ProductField(_l("Product"), [Length(max=200)], description=_l("Name or article number"))
    serial = StringField(
        _l("Serial or lot number"), [Length(max=60)], description=_l("On the plate of the machine")
    )


class ProductRequestForm(RequestForm):
    PAIRS = (("quantity", "needed_by"),)

    product = ProductField(
        _l("Product"),
        [DataRequired(_l("Which product do you need?")), Length(max=200)],
        description=_l("Name or article number"),
    )
    quantity = QuantityField(
        _l("Quantity"),
        [
            InputRequired(_l("How many do you need?")),
            NumberRange(1, LARGEST, _l("At least one, in whole pieces.")),
        ],
    )
    needed_by = DateField(_l("Needed by"), [Optional()])
    preference = StringField(
        _l("What matters to you?"),
        [Length(max=200)],
        description=_l("Colour, brand, battery, price … Our marketing counts what people prefer."),
    )


class PriceEnquiryForm(RequestForm):
    PAIRS = (("quantity", "answer_by"),)

    product = ProductField(
        _l("Product"),
        [DataRequired(_l("Which product do you want a price for?")), Length(max=200)],
        description=_l("Name or article number"),
    )
    quantity = QuantityField(
        _l("Quantity"), [Optional(), NumberRange(1, LARGEST, _l("At least one, in whole pieces."))]
    )
    answer_by = DateField(_l("You need the price by"), [Optional()])
    compared_with = StringField(
        _l("Compared with"), [Length(max=200)], description=_l("Another offer or product you are looking at")
    )


class InvoiceQuestionForm(RequestForm):
    PAIRS = (("invoice", "amount"),)

    invoice = StringField(
        _l("Invoice number"), [DataRequired(_l("Which invoice is it about?")), Length(max=60)]
    )
    concern = RadioField(
        _l("What is it about?"),
        choices=[
            SelectChoice("amount", _l("The amount")),
            SelectChoice("twice", _l("Charged twice")),
            SelectChoice("terms", _l("Payment terms")),
            SelectChoice("copy", _l("I need a copy")),
            SelectChoice("other", _l("Something else")),
        ],
        default="amount",
    )
    amount = AmountField(
        _l("Amount in question"),
        [Optional(), NumberRange(0, LARGEST, _l("An amount from 0."))],
        description=_l("In the invoice's currency"),
    )
