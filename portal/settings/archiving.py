"""Archive a department, once nothing needs it any more."""

from portal.cases import workload
from portal.clock import now
from portal.extensions import db
from portal.identity.models import FRONT_DESK, Department
from portal.routing import editing


class FrontDeskStays(ValueError):
    """The front desk takes what no rule takes, so it is always there."""


class StillNeeded(ValueError):
    """cases: how many of its cases are open; rules: the names of the rules that are on and send to it."""

    def __init__(self, cases: int, rules: tuple[str, ...]) -> None:
        super().__init__(f"{cases} open cases, {len(rules)} rules")
        self.cases, self.rules = cases, rules


def archive(department: Department) -> None:
    """Take a department out of use; its people and closed cases stay as they are. Flushes.

    Raises FrontDeskStays or StillNeeded.
    """
    if department.code == FRONT_DESK:
        raise FrontDeskStays
    db.session.refresh(department, with_for_update=True)  # cases and rules that arrive now wait for us
    rules = tuple(rule.name for rule in editing.rules_to(department.id))
    cases = workload.open_in(department.id)
    if rules or cases:
        raise StillNeeded(cases, rules)
    department.archived_at = now()
    db.session.flush()
