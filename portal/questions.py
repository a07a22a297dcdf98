"""Questions an administrator adds to a kind: what they ask, how they are asked, how an answer is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape
from wtforms import BooleanField, DateField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.forms import AmountField
from portal.registry import Answer, Extra, Kind
from portal.showing import amount_words, date_words, yes

ASKED_AS = ("line", "text", "number", "date", "choice", "yes")
"""How a question can be asked: one line, several, a number, a date, one of several choices, yes or no."""


@dataclass(frozen=True)
class Question:
    """What stands in the settings: words by language code, "" for every language that has none of its own.

    name: what answers are stored under, never used for another question; choices: by language, one a line
    """

    name: str
    words: Mapping[str, str]
    asked_as: str = "line"
    choices: Mapping[str, str] | None = None
    required: bool = False
    hint: Mapping[str, str] | None = None
    off: bool = False
    """No longer asked; cases that have an answer still show it."""


def in_reader_language(words: Mapping[str, str] | None, default: Any = "") -> str:
    """The words in the reader's language, else those for everybody, else the default."""
    if not words:
        return str(default)
    locale = get_locale()
    mine = words.get(locale.language) if locale else None
    return str(mine or words.get("") or default)


class Said:
    """Words an administrator gave in several languages, said in the reader's whenever they are shown."""

    def __init__(self, words: Mapping[str, str], default: Any = "") -> None:
        self.words, self.default = words, default

    def __str__(self) -> str:
        return in_reader_language(self.words, self.default)

    def __html__(self) -> Markup:
        return escape(str(self))

    def __mod__(self, other: Any) -> str:
        return str(self) % other


def chosen_kind(kind: Kind, choices: dict[str, Any]) -> Kind:
    """A kind as administrators want it.

    choices: any of label, invitation and hint (words by language), on, position, answer_days, opened_by (a
    list of relations), questions (a list of what a `Question` says)
    """
    if not choices:
        return kind
    said: dict[str, Any] = {
        name: Said(choices[name], getattr(kind, name))
        for name in ("label", "invitation", "hint")
        if any((choices.get(name) or {}).values())
    }
    said |= {name: choices[name] for name in ("on", "position", "answer_days") if name in choices}
    if "opened_by" in choices:
        said["opened_by"] = frozenset(choices["opened_by"])
    asked = tuple(extra(Question(**said)) for said in choices.get("questions", ()))
    return replace(kind, **said, extras=(*kind.extras, *asked))


def extra(question: Question) -> Extra:
    """The question as a kind asks it."""
    label = Said(question.words)
    return Extra(
        relation="",
        answer=Answer(question.name, label, _shown(question)),
        field=_field(question, label),
        asked=not question.off,
    )


def options(question: Question) -> list[tuple[str, Said]]:
    """(what is stored, words) of each choice: they are stored by their place and never reordered."""
    given = question.choices or {}
    by_language = {code: text.splitlines() for code, text in given.items()}
    count = max((len(lines) for lines in by_language.values()), default=0)
    return [
        (
            str(place + 1),
            Said({code: lines[place] for code, lines in by_language.items() if place < len(lines)}),
        )
        for place in range(count)
    ]


def _shown(question: Question) -> Callable[[Any], Any]:
    if question.asked_as == "number":
        return amount_words_short
    if question.asked_as == "date":
        return date_words
    if question.asked_as == "yes":
        return yes
    if question.asked_as == "choice":
        known = dict(options(question))
        return lambda value: known.get(str(value), value)
    return str


def amount_words_short(value: Any) -> str:
    """A number as the reader writes it, without cents when there are none."""
    shown = amount_words(value)
    return shown.removesuffix(".00").removesuffix(",00")


def _field(question: Question, label: Said) -> Any:
    needed = _l("Please answer this question.")
    hint = Said(question.hint) if question.hint else ""
    must = [DataRequired(needed)] if question.required else [Optional()]
    if question.asked_as == "text":
        return TextAreaField(label, [*must, Length(max=5_000)], description=hint)
    if question.asked_as == "number":
        need = [InputRequired(needed)] if question.required else [Optional()]
        return AmountField(label, need, description=hint)
    if question.asked_as == "date":
        return DateField(label, must, description=hint)
    if question.asked_as == "yes":
        return BooleanField(label, description=hint)
    if question.asked_as == "choice":
        offered = [SelectChoice(value, words) for value, words in options(question)]
        none = [] if question.required else [SelectChoice("", _l("No answer"))]
        return RadioField(
            label, must, choices=[*none, *offered], default="" if none else None, description=hint
        )
    return StringField(label, [*must, Length(max=200)], description=hint)
