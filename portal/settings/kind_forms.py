"""What an administrator says about a kind of request, and the questions added to it, in every language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from portal.forms import PortalForm, on_one_line, tidy
from portal.identity import departments
from portal.languages import LANGUAGES
from portal.questions import ASKED_AS, Question
from portal.registry import Kind
from portal.settings.company_forms import TOO_LONG
from portal.settings.fields import TicksField, choices
from portal.settings.forms import RELATIONS

WAYS_TO_ASK = {
    "line": _l("One line"),
    "text": _l("Several lines"),
    "number": _l("A number"),
    "date": _l("A date"),
    "choice": _l("One of several choices"),
    "yes": _l("Yes or no"),
}


class WordsForm(PortalForm):
    """A form with fields that are there once for each language; `told` says which."""

    LONGEST: dict[str, int] = {}  # noqa: RUF012 - read only
    LINES = frozenset[str]()

    @classmethod
    def in_languages(cls) -> Any:
        """This form with a field for each of our languages: called label_en, label_pt and so on."""
        fields: dict[str, Any] = {}
        for name, longest in cls.LONGEST.items():
            for code, language in LANGUAGES.items():
                kind = TextAreaField if name in cls.LINES else StringField
                fields[f"{name}_{code}"] = kind(language, [Length(max=longest, message=TOO_LONG)])
        return type(cls.__name__, (cls,), fields)

    def each(self, name: str) -> list[Field]:
        """The fields of these words, one for each language."""
        return [self[f"{name}_{code}"] for code in LANGUAGES]

    def told(self, name: str) -> dict[str, str]:
        """What was typed, by language; in a language without words of its own the first ones given serve."""
        clean = tidy if name in self.LINES else on_one_line
        found = {field.name.rpartition("_")[2]: clean(field.data) or "" for field in self.each(name)}
        found = {code: words for code, words in found.items() if words}
        return {**found, "": next(iter(found.values()))} if found else {}

    def fill(self, name: str, words: dict[str, str] | None) -> None:
        """Show what is stored, unless the form was sent."""
        for field in () if self.is_submitted() else self.each(name):
            field.data = (words or {}).get(field.name.rpartition("_")[2], "")


class KindForm(WordsForm):
    LONGEST = {"label": 60, "invitation": 80, "hint": 160}  # noqa: RUF012 - read only

    department = SelectField(_l("Goes to"), coerce=int)
    opened_by = TicksField(
        _l("Who may open it"),
        choices=choices(RELATIONS),
        description=_l("Nobody ticked: colleagues only, for somebody who calls or writes."),
    )
    answer_days = IntegerField(
        _l("First answer within so many working days"),
        [InputRequired(_l("Give a number.")), NumberRange(0, 60, _l("From 0 to 60."))],
    )
    on = BooleanField(
        _l("Offered"), description=_l("Switched off, nobody can open a new one; cases there are go on.")
    )

    def __init__(self, kind: Kind, department_id: int | None, **kwargs: Any) -> None:
        super().__init__(
            data={
                "opened_by": sorted(kind.opened_by),
                "answer_days": kind.answer_days,
                "on": kind.on,
                "department": department_id,
            },
            **kwargs,
        )
        known = [(each.id, each.name) for each in departments.in_use()]
        none = [] if department_id else [(0, _("where the other rules send it"))]
        self.department.choices = choices([*none, *known])


class QuestionForm(WordsForm):
    LONGEST = {"words": 120, "hint": 200, "choices": 1000}  # noqa: RUF012 - read only
    LINES = frozenset({"choices"})

    asked_as = RadioField(_l("How it is answered"), choices=choices(WAYS_TO_ASK.items()), default="line")
    required = BooleanField(_l("Must be answered"))
    answered = "line"

    def __init__(self, found: Question | None = None, **kwargs: Any) -> None:
        said = {"asked_as": found.asked_as, "required": found.required} if found else {}
        super().__init__(data=said, **kwargs)
        if found:
            del self.asked_as  # there may be answers already, kept as they were asked for
            self.answered = found.asked_as
            for name, words in (("words", found.words), ("hint", found.hint), ("choices", found.choices)):
                self.fill(name, dict(words or {}))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        if not super().validate(*args, **kwargs):
            return False
        if not self.told("words"):
            self.each("words")[0].errors = [_("Write the question.")]
            return False
        if self.way() == "choice":
            counts = {len(words.splitlines()) for words in self.told("choices").values()}
            if not counts or max(counts) < 2:
                self.each("choices")[0].errors = [_("Give at least two choices, one a line.")]
                return False
            if len(counts) > 1:
                self.each("choices")[0].errors = [_("Give as many choices in each language.")]
                return False
        return True

    def way(self) -> str:
        """How it is answered: chosen once, when the question is added."""
        chosen = self.asked_as.data if self.asked_as else self.answered
        return chosen if chosen in ASKED_AS else "line"

    def said(self, name: str, off: bool = False) -> dict[str, Any]:
        """The question as it is stored."""
        return {
            "name": name,
            "words": self.told("words"),
            "asked_as": self.way(),
            "choices": self.told("choices") if self.way() == "choice" else None,
            "required": bool(self.required.data),
            "hint": self.told("hint") or None,
            "off": off,
        }
