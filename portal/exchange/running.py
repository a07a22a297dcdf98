"""Looking through a file, and importing it: what a browser, the worker and the shell have in common."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import func, select

from portal.cases.models import Event
from portal.clock import now
from portal.exchange.bringing import Bringer, Outcome, go_through
from portal.exchange.cases import Cases
from portal.exchange.models import Import
from portal.exchange.organizations import Organizations
from portal.exchange.people import People
from portal.exchange.products import Products
from portal.exchange.sheets import Sheet
from portal.extensions import db

BRINGERS: dict[str, type[Bringer]] = {one.what: one for one in (Organizations, People, Products, Cases)}
Progress = Callable[[int], None]


def look(
    what: str, sheet: Sheet, mapping: Mapping[str, str], options: Mapping[str, Any], progress: Progress
) -> Outcome:
    """What importing the file would do, with everything that is wrong. Writes nothing. Raises Unreadable."""
    return go_through(BRINGERS[what](sheet, mapping, options, None), progress)


def bring(record: Import, sheet: Sheet, progress: Progress) -> Outcome:
    """Import the whole file in the caller's transaction, and say so in its record. Flushes.

    Raises Unreadable, or Wrong when rows are wrong: then the caller rolls back, and nothing was imported.
    """
    outcome = go_through(BRINGERS[record.what](sheet, record.mapping, record.options, record), progress)
    last = db.session.scalar(select(func.max(Event.id))) or 0
    take_note(record, outcome)
    record.options = {**record.options, "last_event": last}
    record.state, record.finished_at = "done", now()
    db.session.flush()
    return outcome


def take_note(record: Import, outcome: Outcome) -> None:
    """Keep what came of a pass."""
    record.rows = record.done = outcome.rows
    record.made, record.changed, record.same = outcome.made, outcome.changed, outcome.same
    record.problems = [problem.stored() for problem in outcome.problems]
    record.wrong = outcome.wrong
    record.options = {**record.options, "result": outcome.counted()}
