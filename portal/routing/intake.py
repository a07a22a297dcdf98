"""Everything from outside comes in here: decide, then open the case."""

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from portal.cases import tasks
from portal.cases.clocks import working_days_from
from portal.cases.opening import Request, open_case
from portal.identity import departments
from portal.identity.viewer import Viewer
from portal.registry import registry
from portal.routing.rules import Facts, decide

if TYPE_CHECKING:
    from portal.cases.models import Case


def submit(actor: Viewer, asked: Request, zone: ZoneInfo) -> "Case":
    """Open a case for what an outsider sent, at the department the rules choose. Flushes.

    zone: the time zone promises are made in. Raises KeyError for a kind that is not there.
    """
    kind = registry().kinds[asked.kind]
    decision = decide(
        Facts(
            kind=asked.kind,
            text=f"{asked.subject}\n{asked.body}",
            product_id=asked.product_id,
            organization_id=actor.organization_id,
            relations=actor.relations,
            language=asked.language,
            amount=_amount(asked.answers.get("amount")),
        )
    )
    asked = replace(asked, due_at=working_days_from(kind.answer_days, zone))
    case = open_case(
        actor,
        asked,
        department_id=decision.department_id,
        routing=decision.trace,
        priority=decision.priority or 0,
    )
    _owed(case, kind.task(asked.answers))
    return case


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
