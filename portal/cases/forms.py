"""The forms on a case."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional

from portal.cases.clocks import close_of
from portal.clock import now
from portal.forms import LONGEST, FilesField, MessageForm, PortalForm
from portal.showing import calendar, zone

OUTCOMES = [
    SelectChoice("solved", _l("Solved")),
    SelectChoice("refused", _l("Refused")),
    SelectChoice("withdrawn", _l("Withdrawn by the requester")),
    SelectChoice("no_answer", _l("No answer from the requester")),
    SelectChoice("duplicate", _l("Duplicate of another case")),
]


FURTHEST = timedelta(days=366)


class ReplyForm(MessageForm):
    """A message to the other side."""


class StaffReplyForm(ReplyForm):
    """…and who acts next, until when: they answer, or they hear from us."""

    ball = SelectField(
        _l("Then the ball is with"),
        choices=[SelectChoice("them", _l("them")), SelectChoice("us", _l("us"))],
        default="them",
    )
    promised = DateField(_l("until"), [Optional()])

    def validate_promised(self, field: DateField) -> None:
        today = now().astimezone(zone()).date()
        if field.data and field.data < today:
            raise ValidationError(_l("That day has passed."))
        if field.data and field.data > today + FURTHEST:
            raise ValidationError(_l("Promise a day within a year."))

    def due_at(self) -> datetime | None:
        """The close of business of the promised day; None when none was given."""
        return close_of(self.promised.data, calendar()) if self.promised.data else None


class NoteForm(MessageForm):
    """A note for staff."""


class VersionForm(PortalForm):
    """A change that must not pass over another: carries what the form was drawn from."""

    version = HiddenField()

    def drawn_from(self) -> int | None:
        """The version of the case the form was drawn from; None when the form doesn't say."""
        return drawn_from(self)


def drawn_from(form: Any) -> int | None:
    """The version of the case in a form's field of that name; None when the form doesn't say."""
    drawn = form.version.data or ""
    return int(drawn) if drawn.isascii() and drawn.isdigit() and len(drawn) < 18 else None


class AssignForm(VersionForm):
    assignee = SelectField(_l("Who takes it?"))


class HandOverForm(VersionForm):
    department = SelectField(_l("To which department?"), coerce=int)
    reason = TextAreaField(
        _l("Why?"),
        [DataRequired(_l("Give your colleagues a reason.")), Length(max=2000)],
        description=_l("Your colleagues read this; the requester only reads who has it now."),
    )


class ResolveForm(VersionForm):
    outcome = RadioField(_l("How did it end?"), choices=OUTCOMES, default="solved")
    body = TextAreaField(
        _l("Your answer"),
        [Length(max=LONGEST)],
        description=_l("Leave it empty if you have written it already."),
    )
    files = FilesField(_l("Files"))


class CloseForm(VersionForm):
    reason = TextAreaField(
        _l("Why is it closed?"), [DataRequired(_l("Give your colleagues a reason.")), Length(max=2000)]
    )


class ReopenForm(PortalForm):
    body = TextAreaField(
        _l("What is still open?"),
        [DataRequired(_l("Say in a few words what is still open.")), Length(max=LONGEST)],
    )
    files = FilesField(_l("Files"))


class ReachForm(PortalForm):
    reach = HiddenField()
