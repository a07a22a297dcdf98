"""Everything from outside comes in here: decide, then open the case."""

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from portal.cases.clocks import working_days_from
from portal.cases.opening import Request, open_case
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
    return open_case(
        actor,
        asked,
        department_id=decision.department_id,
        routing=decision.trace,
        priority=decision.priority or 0,
    )


def _amount(answer: str | None) -> Decimal | None:
    return Decimal(answer) if answer else None
