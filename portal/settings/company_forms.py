"""What an administrator chooses for the whole portal: name and look, hours, limits, channels, mail."""

from datetime import time
from typing import Any

from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal import branding
from portal.channels.ways import Way
from portal.clock import zones
from portal.form_words import ShortSelect
from portal.forms import PortalForm
from portal.identity import departments
from portal.settings.fields import LineField, choices

TOO_LONG = _l("That is too long.")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class CompanyForm(PortalForm):
    name = LineField(
        _lp("thing", "Name"),
        [DataRequired(_l("Give it a name.")), Length(max=200, message=TOO_LONG)],
        description=_l("What everybody reads at the top of each page and in each mail."),
    )
    brand = StringField(
        _l("Brand colour"),
        [Length(max=7, message=_l("Write it as #rrggbb, such as #c83a06."))],
        description=_l("Such as #c83a06. Lighter and darker tones for both themes follow from it."),
    )
    logo = FileField(_l("Logo"), description=_l("A PNG, JPEG or WebP picture; it is shown 32 pixels high."))
    no_logo = BooleanField(_l("Show our mark instead of the logo"))

    def validate_brand(self, field: StringField) -> None:
        if not field.data:
            return
        try:
            field.data = branding.checked(field.data)
        except branding.NoColour as error:
            raise ValidationError(_("Write it as #rrggbb, such as #c83a06.")) from error
        except branding.TooPale as pale:
            raise ValidationError(
                _(
                    "This is too pale: buttons and links in it can hardly be read on a white page. "
                    "A darker tone of it is %(tone)s.",
                    tone=str(pale),
                )
            ) from pale


class TimeField(StringField):
    """A time of the day as "HH:MM"; typed as 8, 8:00, 08.00 or 8h30."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = (valuelist[0] if valuelist else "").strip().lower().replace("h", ":").replace(".", ":")
        if not typed:
            self.data = ""
            return
        hour, _colon, minute = typed.partition(":")
        try:
            self.data = time(int(hour), int(minute or 0)).strftime("%H:%M")
        except ValueError as error:
            self.data = typed
            raise ValueError(_("Write a time such as 8:30.")) from error


class WeekForm(PortalForm):
    """Opening and closing of each day; both empty: a day off."""

    def __init__(self, week: list[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not self.is_submitted():
            for place, day in enumerate(DAYS):
                opens, closes = week[place] or ("", "") if week else ("", "")
                self[f"{day}_opens"].data, self[f"{day}_closes"].data = opens, closes

    def days(self) -> list[tuple[str, Any, Any]]:
        """(the day's name, its two fields) from Monday to Sunday."""
        names = get_locale().days["format"]["wide"]
        return [(names[place], self[f"{day}_opens"], self[f"{day}_closes"]) for place, day in enumerate(DAYS)]

    def week(self) -> list[Any]:
        """As it is stored; [] when every day is empty."""
        spans = [(opens.data, closes.data) for _name, opens, closes in self.days()]
        return [list(span) if all(span) else None for span in spans] if any(map(any, spans)) else []

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        fine = super().validate(*args, **kwargs)
        for _name, opens, closes in self.days():
            if fine and bool(opens.data) != bool(closes.data):
                closes.errors = [_("Say when it opens and when it closes, or leave both empty.")]
                fine = False
            elif fine and opens.data and opens.data >= closes.data:
                closes.errors = [_("It closes after it opens, on the same day.")]
                fine = False
        return fine


for _day in DAYS:
    for _end, _label in (("opens", _l("opens")), ("closes", _l("closes"))):
        setattr(WeekForm, f"{_day}_{_end}", TimeField(_label, [Optional()]))


class HoursForm(WeekForm):
    timezone = SelectField(
        _l("Time zone"),
        description=_l("Dates and hours are meant there."),
        widget=ShortSelect(),
    )
    holidays = SelectField(_l("Public holidays"), description=_l("Days off in every department."))

    def __init__(self, week: list[Any], **kwargs: Any) -> None:
        super().__init__(week, **kwargs)
        self.timezone.choices = choices((name, name) for name in zones())
        self.holidays.choices = choices([("", _l("None are days off")), *_countries()])

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        if not super().validate(*args, **kwargs):
            return False
        if not self.week():
            self["mon_opens"].errors = [_("Somebody must be there on at least one day.")]
            return False
        return True


def _countries() -> list[tuple[str, str]]:
    """The countries whose holidays are known, by their names."""
    from holidays import list_supported_countries  # noqa: PLC0415 - heavy

    names = get_locale().territories
    known = [code for code in list_supported_countries(include_aliases=False) if len(code) == 2]
    return sorted(((code, names.get(code, code)) for code in known), key=lambda pair: pair[1])


class LimitsForm(PortalForm):
    file_mb = IntegerField(_l("Largest file, in megabytes"))
    files = IntegerField(_l("Most files in one message"))
    undo_seconds = IntegerField(
        _l("Seconds in which staff can take back what they send"),
        [InputRequired(_l("Give a number.")), NumberRange(0, 60, _l("From 0 to 60."))],
        description=_l("Nothing leaves before. With 0 it leaves at once."),
    )

    def __init__(self, **kwargs: Any) -> None:
        settings = current_app.config["SETTINGS"]
        super().__init__(**kwargs)
        for field, most in ((self.file_mb, settings.file_mb), (self.files, settings.files)):
            text = _("From 1 to %(most)s: whoever runs this portal set that limit.", most=most)
            field.description = text
            field.validators = [InputRequired(_("Give a number.")), NumberRange(1, most, text)]


class WayForm(PortalForm):
    on = BooleanField(_l("Open: people may reach us there"))
    address = LineField(
        _l("Number, address or place"),
        [Length(max=200, message=TOO_LONG)],
        description=_l("As customers, partners and suppliers read it on their home page."),
    )
    department = SelectField(_l("Belongs to"))
    answer_hours = IntegerField(
        _l("Answered within so many working hours"),
        [Optional(), NumberRange(0, 400, _l("From 0 to 400."))],
        description=_l("0 promises nothing."),
    )
    owes = TextAreaField(
        _l("What the department does there"),
        [Length(max=500, message=TOO_LONG)],
        description=_l("For colleagues: who listens, when, what is written down."),
    )

    def __init__(self, found: Way, **kwargs: Any) -> None:
        super().__init__(obj=found, **kwargs)
        known = [(department.code, department.name) for department in departments.in_use()]
        self.department.choices = choices([("", _l("the front desk")), *known])
        if found.code == "web":
            del self.on


class MailForm(PortalForm):
    mail_name = LineField(
        _l("Sender's name"),
        [Length(max=80, message=TOO_LONG)],
        description=_l("What stands before our address in mails; empty, it is the company's name."),
    )
