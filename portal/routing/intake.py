"""Everything from outside comes in here: decide, then open the case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from portal.cases import events, tasks
from portal.cases.clocks import working_days_from
from portal.cases.opening import Opened, Opening, Request, open_case, open_cases
from portal.clock import at, now
from portal.identity import departments
from portal.identity.viewer import Viewer
from portal.registry import registry
from portal.routing.rules import Decision, Facts, Standing, decide, standing
from portal.showing import calendar

if TYPE_CHECKING:
    from portal.cases.models import Case


@dataclass(frozen=True)
class Sent:
    """What an outsider sent before it came to us: one of many. at: when it was sent, None is now."""

    actor: Viewer
    asked: Request
    at: datetime | None = None


def submit(actor: Viewer, asked: Request) -> "Case":
    """Open a case for what an outsider sent, at the department the rules choose. Flushes.

    The first answer is promised in that department's hours. Raises KeyError for a kind that is not there.
    """
    opening = _prepared(Sent(actor, asked), None)
    case = open_case(
        actor,
        opening.asked,
        department_id=opening.department_id,
        routing=opening.routing,
        priority=opening.priority,
    )
    _owed(case, registry().kinds[asked.kind].task(asked.answers))
    return case


def submit_many(several: Sequence[Sent]) -> list[Opened]:
    """The same for many requests at once, without files; nobody is told of them. Flushes.

    Each goes where the rules send it, with the trace of that. Raises KeyError, NoFrontDesk.
    """
    known = standing()
    opened = open_cases([_prepared(sent, known) for sent in several])
    for sent, one in zip(several, opened, strict=True):
        task = registry().kinds[sent.asked.kind].task(sent.asked.answers)
        if task is not None:
            with events.untold(), at(sent.at or now()):
                _owed(one.case, task)
    return opened


def forecast(several: Sequence[Sent]) -> list[str]:
    """The codes of the departments these requests would go to. Writes nothing. Raises as submit_many does."""
    known = standing()
    return [_decision(sent, known).department for sent in several]


def _decision(sent: Sent, known: Standing | None) -> Decision:
    asked = sent.asked
    return decide(
        Facts(
            kind=asked.kind,
            text=f"{asked.subject}\n{asked.body}",
            product_id=asked.product_id,
            organization_id=sent.actor.organization_id,
            relations=sent.actor.relations,
            language=asked.language,
            amount=_amount(asked.answers.get("amount")),
        ),
        known,
    )


def _prepared(sent: Sent, known: Standing | None) -> Opening:
    """The request with its decision, and what we promise. known: the rules, when there are many."""
    kind = registry().kinds[sent.asked.kind]
    decision = _decision(sent, known)
    due_at = working_days_from(kind.answer_days, calendar(decision.hours), sent.at)
    return Opening(
        sent.actor,
        replace(sent.asked, due_at=due_at),
        decision.department_id,
        decision.trace,
        decision.priority or 0,
        sent.at,
    )


def _owed(case: "Case", task: tuple[str, str] | None) -> None:
    """The piece of work such a case brings for another department, unless that department has the case."""
    if task is None:
        return
    code, title = task
    department = next((each for each in departments.in_use() if each.code == code), None)
    if department is not None and department.id != case.department_id:
        tasks.owe(case, tasks.Wanted(department.id, title, "approval"), None)


def _amount(answer: str | None) -> Decimal | None:
    return Decimal(answer) if answer else None
