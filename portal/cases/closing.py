"""How a case ends, and begins again: resolve, accept, close, reopen; who of the requester's side reads it."""

from sqlalchemy import update

from portal.cases import events
from portal.cases.casework import NotNow, lane_of, locked, next_promise, pass_ball, spread
from portal.cases.conversation import answer, say
from portal.cases.files import Taken
from portal.cases.handling import begin_again
from portal.cases.models import Case, Lane, Party
from portal.cases.permissions import REOPEN_WITHIN
from portal.cases.visibility import everything
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.viewer import Viewer


def resolve(
    actor: Viewer,
    case_id: int,
    outcome: str,
    body: str = "",
    files: tuple[Taken, ...] = (),
    *,
    version: int | None = None,
) -> Case:
    """Staff's answer is given: the requester may accept or reopen for 14 days. Flushes.

    outcome: a code of models.OUTCOMES; body: the answer, "" when it was written before.
    Raises `Changed`, `NotNow` when the case is finished.
    """
    case = locked(case_id, version)
    if case.state not in ("new", "open"):
        raise NotNow(case.number)
    lane = lane_of(case, "requester")
    case.state, case.outcome, case.resolved_at = "resolved", outcome, now()
    message = answer(actor, case, lane, body, files, case.resolved_at + REOPEN_WITHIN)
    spread(case, actor, outside=True)
    said = message.id if message else None
    events.record(case, "resolved", actor.membership_id, lane_id=lane.id, outcome=outcome, message=said)
    return case


def accept(actor: Viewer, case_id: int) -> Case:
    """The requester says it is solved: the case closes. Raises `NotNow` unless it waits for that."""
    case = locked(case_id)
    if case.state != "resolved":
        raise NotNow(case.number)
    lane = _shut(case)
    spread(case, actor, outside=True)
    events.record(case, "accepted", actor.membership_id, lane_id=lane.id)
    return case


def close(actor: Viewer, case_id: int, reason: str, *, version: int | None = None) -> Case:
    """Staff close a case, with a reason for colleagues. Raises `Changed`, `NotNow` when it is closed."""
    case = locked(case_id, version)
    if case.state == "closed":
        raise NotNow(case.number)
    if not case.outcome:
        case.outcome = "withdrawn"
    if case.resolved_at == NEVER:
        case.resolved_at = now()
    lane = _shut(case)
    spread(case, actor, outside=True)
    events.record(case, "closed", actor.membership_id, lane_id=lane.id)
    events.record(case, "reasoned", actor.membership_id, words=reason)
    return case


def reopen(actor: Viewer, case_id: int, reason: str, files: tuple[Taken, ...] = ()) -> Case:
    """Begin again: the requester within 14 days of the answer, staff whenever. The reason is a message.

    From outside it stands in the conversation; staff's is a note. Raises `NotNow` when it is not finished.
    """
    case = locked(case_id)
    late = not actor.is_staff and now() - REOPEN_WITHIN >= case.resolved_at
    if case.state not in ("resolved", "closed") or late:
        raise NotNow(case.number)
    begin_again(case)
    lane = lane_of(case, "requester")
    lane.state = "open"
    pass_ball(case, lane, "us", due_at=next_promise(case))
    if actor.is_staff:
        say(actor, lane_of(case, "internal"), reason, files)
    else:
        say(actor, lane, reason, files)
    spread(case, actor, outside=True)
    events.record(case, "reopened", actor.membership_id, lane_id=lane.id)
    return case


def close_unanswered(limit: int = 100) -> int:
    """Close what was answered 14 days ago and neither accepted nor reopened; how many. The worker's task."""
    due = (
        everything(because="the worker closes what nobody answers")
        .where(Case.state == "resolved", Case.resolved_at <= now() - REOPEN_WITHIN)
        .with_only_columns(Case.id)
    )
    ids = list(db.session.scalars(due.limit(limit)))
    for case_id in ids:
        case = locked(case_id)
        lane = _shut(case)
        spread(case, None, outside=True)
        events.record(case, "ran_out", None, lane_id=lane.id)
    return len(ids)


def _shut(case: Case) -> Lane:
    """Close the case and its lane: nobody has the ball, nothing is due."""
    lane = lane_of(case, "requester")
    case.state, lane.state = "closed", "closed"
    pass_ball(case, lane, "nobody", due_at=NEVER)
    return lane


def narrow(actor: Viewer, case_id: int, only_managers: bool) -> None:
    """Let the requester's whole organization read the case, or "only me and our managers". Flushes."""
    case = locked(case_id)
    reach = "managers" if only_managers else "organization"
    db.session.execute(
        update(Party)
        .where(Party.case_id == case.id, Party.organization_id == actor.organization_id)
        .values(reach=reach)
    )
    lane = lane_of(case, "requester")
    events.record(case, "narrowed" if only_managers else "widened", actor.membership_id, lane_id=lane.id)
