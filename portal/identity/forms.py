"""The forms of signing in and of one's own account."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from portal.clock import zones
from portal.form_words import Form, ShortSelect
from portal.identity.installation import chosen
from portal.identity.passwords import LONGEST, SHORTEST, WeakPassword, check_strength
from portal.identity.people import normalised, one_line
from portal.languages import LANGUAGES

REASONS = {
    "short": _l("Take at least %(n)s characters; a few words in a row are good.", n=SHORTEST),
    "long": _l("Take at most %(n)s characters.", n=LONGEST),
    "common": _l("This one is guessed first. Take something only you would think of."),
    "yours": _l("Your name or address is guessed first. Take something only you would think of."),
}


def _address(value: str | None) -> str | None:
    # Cut before it is normalised: one sign can become eighteen.
    return normalised(value[:300]) if value else value


def _line(value: str | None) -> str | None:
    return one_line(value[:2000], 1000) if value else value


class ForgottenForm(Form):
    email = EmailField(
        _l("Work e-mail"),
        [InputRequired(_l("Enter your e-mail address.")), Length(max=254, message=_l("That is too long."))],
        filters=[_address],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )


class SignInForm(ForgottenForm):
    """Address and password."""

    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter your password.")), Length(max=1000, message=_l("That is too long."))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class ChoosePasswordForm(Form):
    """A new password, twice; `known` are the person's name and address, which it must not be."""

    new_password = PasswordField(
        _l("New password"),
        [InputRequired(REASONS["short"])],
        description=REASONS["short"],
        render_kw={"autocomplete": "new-password", "minlength": SHORTEST, "maxlength": LONGEST},
    )
    repeat = PasswordField(
        _l("The same again"),
        [
            InputRequired(_l("Enter it once more, against slips.")),
            EqualTo("new_password", _l("The two are not the same.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, *args: Any, known: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def validate_new_password(self, field: PasswordField) -> None:
        try:
            check_strength(field.data or "", *self.known)
        except WeakPassword as weak:
            raise ValidationError(REASONS[weak.reason]) from weak


class CurrentPasswordForm(Form):
    current_password = PasswordField(
        _l("Your password now"),
        [InputRequired(_l("Enter your password.")), Length(max=1000, message=_l("That is too long."))],
        render_kw={"autocomplete": "current-password"},
    )


class ChangePasswordForm(CurrentPasswordForm, ChoosePasswordForm):
    """The present password, then the new one."""


class AccountForm(Form):
    name = StringField(
        _l("Name"),
        [InputRequired(_l("Enter your name.")), Length(max=200, message=_l("That is too long."))],
        filters=[_line],
        render_kw={"autocomplete": "name"},
    )
    language = SelectField(_l("Language"))
    timezone = SelectField(_l("Time zone"), widget=ShortSelect())
    theme = RadioField(
        _l("Light or dark"),
        choices=[
            SelectChoice("", _l("As my device")),
            SelectChoice("light", _l("Light")),
            SelectChoice("dark", _l("Dark")),
        ],
    )
    mails = BooleanField(
        _l("Tell me by mail, too"),
        description=_l("What happens in your cases, unless you have read it here by then."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours, default = LANGUAGES, chosen().timezone
        self.language.choices = [
            SelectChoice("", _l("As my browser asks")),
            *(SelectChoice(code, name) for code, name in ours.items()),
        ]
        self.timezone.choices = [
            SelectChoice("", _l("As here: %(zone)s", zone=default)),
            *(SelectChoice(name, name) for name in zones()),
        ]
