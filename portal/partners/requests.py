"""A partner may ask for an end customer of theirs: named in words, since nothing confirms the mandate yet."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from portal.registry import Answer, Extra

END_CUSTOMER = Extra(
    relation="partner",
    answer=Answer("end_customer", _l("For the end customer")),
    field=StringField(
        _l("For which customer of yours?"),
        [Length(max=200)],
        description=_l("Leave it empty when it is for yourselves. You stay the one we answer."),
    ),
)

KINDS = ("support_request", "complaint", "product_request", "price_enquiry", "service_wish")
"""The kinds where it matters for whom a partner asks."""
