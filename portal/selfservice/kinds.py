"""The kinds customers open: support, products, prices, invoices."""

from flask_babel import lazy_gettext as _l

from portal.registry import Answer, Kind
from portal.selfservice import forms
from portal.showing import amount_words, choice, date_words, number_words

KINDS = (
    Kind(
        code="support_request",
        label=_l("Support request"),
        invitation=_l("Get help with a product"),
        hint=_l("It does not work, or you need to know how"),
        department="service",
        form=forms.SupportRequestForm,
        icon="wrench-adjustable",
        answers=(Answer("product", _l("Product")), Answer("serial", _l("Serial or lot"))),
        position=10,
    ),
    Kind(
        code="product_request",
        label=_l("Product request"),
        invitation=_l("Ask for a product"),
        hint=_l("So many pieces, by a date"),
        department="sales",
        form=forms.ProductRequestForm,
        icon="box-seam",
        answers=(
            Answer("product", _l("Product")),
            Answer("quantity", _l("Quantity"), number_words),
            Answer("needed_by", _l("Needed by"), date_words),
            Answer("preference", _l("Preference")),
        ),
        position=30,
    ),
    Kind(
        code="price_enquiry",
        label=_l("Price enquiry"),
        invitation=_l("Ask for a price"),
        hint=_l("For a quantity, a project, a contract"),
        department="sales",
        form=forms.PriceEnquiryForm,
        icon="tag",
        answers=(
            Answer("product", _l("Product")),
            Answer("quantity", _l("Quantity"), number_words),
            Answer("answer_by", _l("Price by"), date_words),
            Answer("compared_with", _l("Compared with")),
        ),
        position=40,
    ),
    Kind(
        code="invoice_question",
        label=_l("Invoice question"),
        invitation=_l("Ask about an invoice"),
        hint=_l("Amount, terms, a copy"),
        department="finance",
        form=forms.InvoiceQuestionForm,
        icon="receipt",
        answers=(
            Answer("invoice", _l("Invoice")),
            Answer("concern", _l("Concern"), choice(forms.InvoiceQuestionForm.concern)),
            Answer("amount", _l("Amount"), amount_words),
        ),
        position=50,
    ),
)
