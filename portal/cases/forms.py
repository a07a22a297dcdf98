"""The forms on a case."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal.forms import LONGEST, FilesField, MessageForm, PortalForm

OUTCOMES = [
    SelectChoice("solved", _l("Solved")),
    SelectChoice("refused", _l("Refused")),
    SelectChoice("withdrawn", _l("Withdrawn by the requester")),
    SelectChoice("no_answer", _l("No answer from the requester")),
    SelectChoice("duplicate", _l("Duplicate of another case")),
]


class ReplyForm(MessageForm):
    """A message to the other side."""


class StaffReplyForm(ReplyForm):
    ball = SelectField(
        _l("Then the ball is with"),
        choices=[SelectChoice("requester", _l("them")), SelectChoice("us", _l("us"))],
        default="requester",
    )


class NoteForm(MessageForm):
    """A note for staff."""


class VersionForm(PortalForm):
    """A change that must not pass over another: carries what the form was drawn from."""

    version = HiddenField()

    def drawn_from(self) -> int | None:
        """The version of the case the form was drawn from; None when the form doesn't say."""
        return int(self.version.data) if (self.version.data or "").isdigit() else None


class AssignForm(VersionForm):
    assignee = SelectField(_l("Who takes it?"))


class HandOverForm(VersionForm):
    department = SelectField(_l("To which department?"), coerce=int)
    reason = TextAreaField(
        _l("Why?"),
        [InputRequired(_l("Give your colleagues a reason.")), Length(max=2000)],
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
        _l("Why is it closed?"), [InputRequired(_l("Give your colleagues a reason.")), Length(max=2000)]
    )


class ReopenForm(PortalForm):
    body = TextAreaField(
        _l("What is still open?"),
        [InputRequired(_l("Say in a few words what is still open.")), Length(max=LONGEST)],
    )
    files = FilesField(_l("Files"))


class ReachForm(PortalForm):
    reach = HiddenField()
