"""The forms of what staff decide about lanes, tasks and confidentiality."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from portal.cases.forms import VersionForm
from portal.cases.sharing_forms import DayField
from portal.forms import PortalForm


def _reason() -> TextAreaField:
    return TextAreaField(
        _l("Why?"),
        [DataRequired(_l("Give your colleagues a reason.")), Length(max=2000)],
        description=_l("Only staff read this."),
    )


class DatesForm(PortalForm):
    """Until when somebody should answer, and can read."""

    due = DayField(_l("Answer by"), [Optional()])
    until = DayField(
        _l("They can read it until"), [Optional()], description=_l("Empty: until you end their access.")
    )

    def validate_until(self, field: DayField) -> None:
        if field.data and self.due.data and field.data < self.due.data:
            raise ValidationError(_l("Their access would end before their answer is due."))


class RevokeForm(PortalForm):
    reason = _reason()


class BallForm(PortalForm):
    """Who must act next, said by hand."""

    to = RadioField(
        _l("Who must act next?"),
        choices=[SelectChoice("them", _l("them")), SelectChoice("us", _l("us"))],
        default="us",
    )
    due = DayField(_l("Until"), [Optional()])
    reason = _reason()


class TaskForm(VersionForm):
    department = SelectField(_l("Which department?"), coerce=int)
    assignee = SelectField(_l("Who of them?"), coerce=int)
    kind = RadioField(
        _l("What do you need?"),
        choices=[SelectChoice("work", _l("Work to be done")), SelectChoice("approval", _l("An approval"))],
        default="work",
    )
    title = StringField(
        _l("In one line, what?"),
        [DataRequired(_l("Say in a few words what is to be done.")), Length(max=200)],
    )
    due = DayField(_l("Until"), [Optional()])


class FinishForm(PortalForm):
    outcome = RadioField(_l("How did it end?"), choices=[])
    words = TextAreaField(
        _l("What did you find?"),
        [Length(max=2000)],
        description=_l("Only staff read this."),
        id="found",  # "words" is the page's own
    )

    def validate_words(self, field: TextAreaField) -> None:
        if self.outcome.data == "refused" and not field.data:
            raise ValidationError(_l("Say why you do not approve it."))


class SealForm(VersionForm):
    reason = _reason()


class LetInForm(PortalForm):
    colleague = SelectField(
        _l("Whom do you let in?"), [NumberRange(min=1, message=_l("Choose somebody."))], coerce=int
    )
