"""The forms that share something with another party: asking them, and releasing a message. Both are looked
at before they are sent: exactly what the other side will see.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.cases.clocks import close_of
from portal.cases.forms import FURTHEST
from portal.cases.models import Attachment
from portal.cases.sharing import Chosen, plain_name
from portal.clock import NEVER, now
from portal.forms import LONGEST, PortalForm
from portal.showing import calendar, zone


class SeveralField(SelectMultipleField):
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DayField(DateField):
    """A day from today on, within a year; `due` is its close of business, `end` the end of it."""

    def pre_validate(self, form: Any) -> None:
        today = now().astimezone(zone()).date()
        if self.data and self.data < today:
            raise ValidationError(_l("That day has passed."))
        if self.data and self.data > today + FURTHEST:
            raise ValidationError(_l("Choose a day within a year."))

    def due(self) -> datetime:
        """The close of business of that day; its end when business is over already."""
        closes = close_of(self.data, calendar()) if self.data else NEVER
        return closes if closes > now() else self.end()

    def end(self) -> datetime:
        if not self.data:
            return NEVER
        return datetime.combine(self.data, time(23, 59, 59), tzinfo=zone()).astimezone(UTC)


class SharedForm(PortalForm):
    """Words and files for another party: seen before they are sent."""

    body = TextAreaField(
        _l("What you write"), [DataRequired(_l("Say what you want to tell them.")), Length(max=LONGEST)]
    )
    files = SeveralField(_l("Files that go along"), coerce=int)
    previewed = HiddenField()

    def of(self, files: Sequence[Attachment]) -> "SharedForm":
        """Offer these files; nothing is chosen by itself."""
        self.files.choices = [SelectChoice(each.id, each.name) for each in files]
        self.offered = {each.id: each for each in files}
        return self

    def chosen(self) -> tuple[Chosen, ...]:
        """The files that go along, under the names they get there."""
        taken = [self.offered[key] for key in self.files.data or []]
        return tuple(Chosen(each, self.name_of(each).data or plain_name(each, 1)) for each in taken)

    def name_of(self, file: Attachment) -> Any:
        """The field for a file's new name."""
        return self[f"name_{file.id}"]

    def digest(self) -> str:
        """What a preview was of: it changes with every word."""
        said = [(f.name, str(f.data)) for f in self if f.name not in ("once", "csrf_token", "previewed")]
        return sha256(repr(said).encode()).hexdigest()[:32]

    def confirmed(self) -> bool:
        """Whether this very text was looked at before. If not, `previewed` is set for the next time."""
        looked = request.form.get("step") == "send" and self.previewed.data == self.digest()
        self.previewed.data = self.digest()
        return looked


def sharing(form: type[SharedForm], files: Sequence[Attachment], **more: Any) -> Any:
    """The form with a field for the new name of each file. more: defaults."""
    names = {
        f"name_{file.id}": StringField(
            _l("Its name there"), [Length(max=150)], default=plain_name(file, place)
        )
        for place, file in enumerate(files, 1)
    }
    return type(form.__name__, (form,), names)(**more).of(files)


class AskForm(SharedForm):
    """A question to a partner or supplier, in a lane of its own."""

    organization = HiddenField()
    version = HiddenField()
    people = SeveralField(_l("Who is asked?"), [DataRequired(_l("Choose at least one person."))], coerce=int)
    reach = RadioField(
        _l("Who else there can read it?"),
        choices=[
            SelectChoice("organization", _l("Whoever may read their company's cases")),
            SelectChoice("managers", _l("Only these people and their managers")),
        ],
        default="organization",
    )
    subject = StringField(
        _l("In one line, what do you ask?"), [DataRequired(_l("Give it a short title.")), Length(max=200)]
    )
    facts = SeveralField(_l("Facts they get"))
    due = DayField(_l("Answer by"), [Optional()])
    until = DayField(
        _l("They can read it until"), [Optional()], description=_l("Empty: until you end their access.")
    )
    confidential = BooleanField(_l("Of us, only the department that has the case reads this"))

    def validate_until(self, field: DayField) -> None:
        if field.data and self.due.data and field.data < self.due.data:
            raise ValidationError(_l("Their access would end before their answer is due."))


class ReleaseForm(SharedForm):
    """A message passed on into another lane."""

    to = SelectField(_l("To whom?"), coerce=int)
    ball = SelectField(
        _l("Then the ball is with"),
        choices=[SelectChoice("them", _l("them")), SelectChoice("us", _l("us"))],
        default="us",
    )
    due = DayField(_l("Until"), [Optional()])
