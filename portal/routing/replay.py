"""A rule tried on cases that are there: where they would go with it and without it. Nothing is changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from portal.cases import asked
from portal.cases.asked import Asked
from portal.clock import now
from portal.extensions import db
from portal.identity.models import Department
from portal.identity.viewer import Viewer
from portal.routing.models import Rule
from portal.routing.rules import Facts, Standing, decide, standing

DAYS = 30


@dataclass(frozen=True)
class Moved:
    """A case that goes elsewhere because of the rule: the names of the departments."""

    case: Asked
    without: str
    with_it: str


@dataclass(frozen=True)
class Replayed:
    """looked: how many cases were tried; capped: there are more than were looked at."""

    looked: int
    capped: bool
    moved: tuple[Moved, ...]


def facts_of(case: Asked) -> Facts:
    """A case as rules look at it."""
    return Facts(
        kind=case.kind,
        text=case.text,
        product_id=case.product_id,
        organization_id=case.organization_id,
        relations=case.relations,
        language=case.language,
        amount=Decimal(case.amount) if case.amount else None,
    )


def replay(viewer: Viewer, rule: Rule) -> Replayed:
    """What the rule, on or off, would have done with the cases of the last days the viewer may read.

    Three statements, however many cases. Raises NoFrontDesk.
    """
    cases = asked.since(viewer, now() - timedelta(days=DAYS))
    known = standing()
    without = [pair for pair in known if pair[0] is not rule]
    without += _unruled(known, without)
    with_it = _in_order([*without, (rule, db.session.get_one(Department, rule.department_id))])
    return Replayed(len(cases), len(cases) == asked.MOST, tuple(_moved(cases, without, with_it)))


def _unruled(known: Standing, left: Standing) -> Standing:
    """Departments that no rule that is left sends to: one of them may be the front desk."""
    there = {department.id for _, department in left}
    return [(None, department) for _, department in known if department.id not in there]


def _in_order(known: Standing) -> Standing:
    ruled = [pair for pair in known if pair[0] is not None]
    ruled.sort(key=lambda pair: (pair[0].position, pair[0].id) if pair[0] else (0, 0))
    return [*ruled, *(pair for pair in known if pair[0] is None)]


def _moved(cases: Iterable[Asked], without: Standing, with_it: Standing) -> Iterable[Moved]:
    for case in cases:
        facts = facts_of(case)
        before, after = decide(facts, without), decide(facts, with_it)
        if before.department_id != after.department_id:
            yield Moved(case, before.trace["department_name"], after.trace["department_name"])
