"""What the rooms contribute to each other's pages; filled once, in create_app."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import current_app


@dataclass(frozen=True)
class Answer:
    """One question a kind asks beyond the common ones: how its answer is labelled and shown to a reader."""

    name: str
    label: Any
    show: Callable[[Any], Any] = str
    unit: str = ""
    """The name of the answer that is this one's unit, such as a currency; it is shown behind it."""

    def value(self, answers: dict[str, Any]) -> Any:
        """The answer in words; None when there is none."""
        if answers.get(self.name) in (None, ""):
            return None
        try:
            shown = self.show(answers[self.name])
        except (ValueError, ArithmeticError):  # it was asked in another way when this was answered
            shown = str(answers[self.name])
        return f"{shown} {answers[self.unit]}" if answers.get(self.unit) else shown


@dataclass(frozen=True)
class Extra:
    """A question that another room, or an administrator, adds to a kind's form.

    relation: only people of organizations with it are asked, "" everybody; field: an unbound form field,
    asked under the answer's name; asked: False only shows the answers there are
    """

    relation: str
    answer: Answer
    field: Any
    asked: bool = True


@dataclass(frozen=True)
class Kind:
    """A sort of case. `department` seeds the starting rule; afterwards the rules decide.

    code: what tables, addresses and rules name; address: the last part of /requests/new/<address>
    form: the form class outsiders fill in; icon: a Bootstrap icon
    opened_by: relations whose people may open it; answer_days: working days until the promised first answer
    """

    code: str
    label: Any
    invitation: Any
    """What the button says: "Report a problem"."""
    hint: Any
    department: str
    form: Any
    icon: str
    opened_by: frozenset[str] = frozenset({"customer", "partner", "supplier"})
    answers: tuple[Answer, ...] = ()
    answer_days: int = 1
    position: int = 0
    on: bool = True
    """Whether it is offered; cases of a kind that is off go on."""
    extras: tuple[Extra, ...] = ()
    task: Callable[[dict[str, Any]], tuple[str, str] | None] = lambda answers: None
    """The task that such a case opens beside it: (department code, title), or none."""

    def form_for(self, relations: Collection[str]) -> Any:
        """The form class for somebody of an organization with these relations."""
        asked = {"", *relations}
        added = {
            extra.answer.name: extra.field for extra in self.extras if extra.asked and extra.relation in asked
        }
        return type(self.form.__name__, (self.form,), added) if added else self.form

    @property
    def address(self) -> str:
        return self.code.replace("_", "-")

    def labels(self) -> dict[str, Any]:
        """The label of each answer, by its name."""
        asked = (*self.answers, *(extra.answer for extra in self.extras))
        return {answer.name: answer.label for answer in asked}

    def facts(self, answers: dict[str, Any]) -> dict[str, Any]:
        """What was answered, in words, by the name of the answer."""
        asked = (*self.answers, *(extra.answer for extra in self.extras))
        shown = {answer.name: answer.value(answers) for answer in asked}
        return {name: value for name, value in shown.items() if value is not None}


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    label: Any
    endpoint: str
    icon: str
    shown: Callable[[Any], bool] = lambda viewer: True


@dataclass
class Registry:
    """All that rooms contributed: kinds, entries of the navigation, and how routing explains itself."""

    brought: dict[str, Kind] = field(default_factory=dict)
    """The kinds as the rooms bring them."""
    choices: Callable[[], Mapping[str, dict[str, Any]]] = dict
    """What administrators chose about kinds, by code; the same object until they choose something else."""
    choose: Callable[[Kind, dict[str, Any]], Kind] = lambda kind, choices: kind
    """A kind as it was chosen."""
    _chosen: tuple[Any, dict[str, Kind]] = field(default_factory=lambda: (None, {}))
    places: list[Place] = field(default_factory=list)
    explain_routing: Callable[[dict[str, Any], bool], str] = lambda trace, staff: ""
    """The sentence for a stored routing trace: (trace, for staff?) → words."""
    passed_over: Callable[[dict[str, Any]], list[str]] = lambda trace: []
    """For staff: the rules that were tried before, each with the condition that failed."""

    def add(self, *kinds: Kind) -> None:
        """Take kinds in. Raises ValueError when a code is taken."""
        for kind in kinds:
            if kind.code in self.brought:
                raise ValueError(f"the kind {kind.code} is there already")
            self.brought[kind.code] = kind
        self._chosen = None, {}

    def extend(self, code: str, extra: Extra) -> None:
        """Add a question to a kind that is there. Raises KeyError when it is not."""
        kind = self.brought[code]
        self.brought[code] = replace(kind, extras=(*kind.extras, extra))
        self._chosen = None, {}

    @property
    def kinds(self) -> dict[str, Kind]:
        """Every kind as administrators want it, in their order, those that are off among them."""
        choices = self.choices()
        known, kinds = self._chosen
        if known is not choices:
            wanted = [self.choose(kind, choices.get(kind.code, {})) for kind in self.brought.values()]
            kinds = {kind.code: kind for kind in sorted(wanted, key=lambda kind: kind.position)}
            self._chosen = choices, kinds
        return kinds

    def label(self, code: str) -> str:
        """What a kind is called; its code when no room brings it any more."""
        kind = self.kinds.get(code)
        return str(kind.label) if kind else code

    def offered_to(self, viewer: Any) -> list[Kind]:
        """The kinds this outsider may open, in order."""
        relations = viewer.relations or {"customer"}
        return [kind for kind in self.kinds.values() if kind.on and kind.opened_by & relations]


def registry() -> Registry:
    """The registry of the running app."""
    found: Registry = current_app.extensions["portal"]
    return found
