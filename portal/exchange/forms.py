"""What an administrator fills in about a file: what its rows are, and which column feeds what."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from portal.exchange.columns import FIELDS, THINGS
from portal.exchange.finding import called
from portal.exchange.models import Import
from portal.exchange.wrong import sentence_of
from portal.forms import PortalForm

COLUMN = "column_"
"""Before the names of the fields that say which column feeds ours."""


class NewImportForm(PortalForm):
    what = RadioField(
        _l("What is in it?"),
        [DataRequired(_l("Say what the rows of the file are."))],
        choices=[SelectChoice(code, label) for code, label in THINGS.items()],
    )
    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("A .csv or .xlsx file with the names of the columns in its first line."),
    )


class ColumnsForm(PortalForm):
    """A choice for each field of ours, made for one import; see `columns_of`."""

    organization_id: int | None = None

    def said(self, heads: list[str]) -> dict[str, str]:
        """Ours → theirs, as it was chosen."""
        return {
            field.name.removeprefix(COLUMN): heads[int(field.data)]
            for field in self
            if field.name.startswith(COLUMN) and field.data
        }

    def chosen(self) -> list[Any]:
        """The choices, in the order of our fields."""
        return [field for field in self if field.name.startswith(COLUMN)]


class _Whose(StringField):
    """An organization outside, by its name."""

    found: int | None = None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        several = [one for one in called([self.data]).get(self.data.lower(), []) if not one.ours]
        if len(several) != 1:
            code = "several_organizations" if several else "no_organization"
            raise ValidationError(sentence_of(code, {"name": self.data}))
        self.found = several[0].id


def columns_of(record: Import) -> ColumnsForm:
    """The form for one import, with the columns as they are guessed or were chosen."""
    heads = record.options["heads"]
    choices = [SelectChoice("", _("not in this file"))]
    choices += [SelectChoice(str(place), head) for place, head in enumerate(heads) if head]
    fields: dict[str, Any] = {
        f"{COLUMN}{field.name}": SelectField(
            field.label,
            [Optional()] if not field.needed else [],
            choices=choices,
            default=_place(heads, record.mapping.get(field.name)),
        )
        for field in FIELDS[record.what]
    }
    if record.what == "cases":
        fields["organization"] = _Whose(
            _l("Whose they are"),
            [Optional(), Length(max=200)],
            description=_l(
                "An organization by its name, when the rows do not say. "
                "Without one they are shared out among the customers that were imported."
            ),
        )
    form: ColumnsForm = type("ColumnsForm", (ColumnsForm,), fields)()
    return form


def _place(heads: list[str], head: str | None) -> str:
    return str(heads.index(head)) if head in heads else ""
