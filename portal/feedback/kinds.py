"""The kinds that tell us what is wrong and what is missing."""

from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.feedback import forms
from portal.registry import Answer, Kind
from portal.showing import amount_words, choice, yes


def claim(answers: dict[str, Any]) -> tuple[str, str] | None:
    """An amount claimed is for finance to check."""
    if not answers.get("amount"):
        return None
    shown = f"{amount_words(answers['amount'])} {answers.get('currency', '')}".strip()
    with force_locale(current_app.config["BABEL_DEFAULT_LOCALE"]):  # colleagues read it, not the sender
        return "finance", _("Check the amount claimed: %(amount)s", amount=shown)


KINDS = (
    Kind(
        code="complaint",
        label=_l("Complaint"),
        invitation=_l("Report a problem or complaint"),
        hint=_l("Broken, wrong, late, not as agreed"),
        department="service",
        form=forms.ComplaintForm,
        icon="exclamation-triangle",
        answers=(
            Answer("product", _l("Product")),
            Answer("serial", _l("Serial or lot")),
            Answer("remedy", _l("Asks for"), choice(forms.ComplaintForm.remedy)),
            Answer("amount", _l("Amount claimed"), amount_words, unit="currency"),
            Answer("about_person", _l("About a person"), yes),
        ),
        position=20,
        task=claim,
    ),
    Kind(
        code="service_wish",
        label=_l("Service wish"),
        invitation=_l("Wish for a service"),
        hint=_l("Something we do not offer yet"),
        department="service",
        form=forms.ServiceWishForm,
        icon="lightbulb",
        answers=(
            Answer("place", _l("Where")),
            Answer("urgency", _l("How much it helps"), choice(forms.ServiceWishForm.urgency)),
        ),
        answer_days=3,
        position=60,
    ),
)
