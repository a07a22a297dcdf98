"""What WTForms itself says about a form, in our languages: its own catalogues lack some of them."""

from typing import Any

import flask_babel
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms.widgets import Select

SAID = (
    _l("This field is required."),
    _l("Invalid input."),
    _l("Not a valid choice."),
    _l("Invalid Choice: could not coerce."),
    _l("Invalid choice(s): one or more data inputs could not be coerced."),
    _l("Not a valid date value."),
    _l("Not a valid time value."),
    _l("Not a valid integer value."),
    _l("Not a valid decimal value."),
    _l("Number must be at least %(min)s."),
    _l("Number must be at most %(max)s."),
    _l("Number must be between %(min)s and %(max)s."),
    _l("Field must be equal to %(other_name)s."),
)
"""Its sentences that a form of ours can come to say, here to be found by `make messages`."""
PLURALS = (
    flask_babel.lazy_ngettext(
        "Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters.", 1
    ),
    flask_babel.lazy_ngettext(
        "Field must be at least %(min)d character long.", "Field must be at least %(min)d characters long.", 1
    ),
    flask_babel.lazy_ngettext(
        "'%(value)s' is not a valid choice for this field.",
        "'%(value)s' are not valid choices for this field.",
        1,
    ),
)


class _OurWords:
    """What WTForms asks for translations; it fills in the values itself."""

    def gettext(self, text: str) -> str:
        return str(flask_babel.gettext(text))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return str(flask_babel.get_translations().ungettext(singular, plural, number))


class Form(FlaskForm):
    """A form whose every word is in our catalogues."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, _form: Any) -> Any:
            return _OurWords()


class ShortSelect(Select):
    """A long list in few bytes: an option says its value once when its label is the same."""

    @classmethod
    def render_option(cls, choice: Any, **kwargs: Any) -> Markup:
        if choice.value != choice.label:
            return Select.render_option(choice, **kwargs)
        return Markup("<option{}>{}</option>").format(" selected" if choice.selected else "", choice.label)
