"""How a case ends, and begins again: resolve, accept, close, reopen; who of the requester's side reads it.

A case closes when all agree: the requester accepts the answer (or lets 14 days pass), every task is done and
every partner's or supplier's lane is closed. Staff may close it before, with a reason.
"""

from sqlalchemy import exists, select, update

from portal.cases import events
from portal.cases.casework import NotNow, after, answered_meanwhile, lane_of, locked, say, send, spread
from portal.cases.files import Taken
from portal.cases.handling import begin_again, begun
from portal.cases.models import ASKED, Case, Lane, Message, Party
from portal.cases.permissions import REOPEN_WITHIN
from portal.cases.standing import next_promise, pass_ball, shut
from portal.cases.tasks import cancel_all
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
    waiting = _waiting(actor, lane)
    if body or files:
        send(actor, case, lane, body, files, "resolved", outcome=outcome)
    elif waiting is not None:  # "written already", and not out yet: that is the answer
        waiting.follows = {"verb": "resolved", "outcome": outcome}
    else:
        _answered(case, lane, outcome, actor.membership_id, None)
    return case


def _waiting(actor: Viewer, lane: Lane) -> Message | None:
    """The actor's own last message in the lane that has not left yet."""
    mine = select(Message).where(Message.lane_id == lane.id, Message.author_id == actor.membership_id)
    return db.session.scalars(
        mine.where(Message.follows.is_not(None)).order_by(Message.id.desc()).limit(1)
    ).first()


@after("resolved")
def _left(case: Case, lane: Lane, message: Message) -> None:
    outcome = (message.follows or {})["outcome"]
    if case.state in ("new", "open") and not answered_meanwhile(lane, message):
        _answered(case, lane, outcome, message.author_id, message.id)
    else:  # it ended otherwise, or they wrote meanwhile: the words are out, and that is all
        spread(case, None, lane)
        events.record(case, "replied", message.author_id, lane_id=lane.id, message=message.id)


def _answered(case: Case, lane: Lane, outcome: str, actor_id: int, said: int | None) -> None:
    """The answer is out: the ball is the requester's until the case closes by itself."""
    begun(case)
    case.state, case.outcome, case.resolved_at = "resolved", outcome, now()
    pass_ball(lane, "requester", due_at=case.resolved_at + REOPEN_WITHIN)
    spread(case, None, lane)
    events.record(case, "resolved", actor_id, lane_id=lane.id, outcome=outcome, message=said)


def accept(actor: Viewer, case_id: int) -> Case:
    """The requester says it is solved: for them it is closed. Raises `NotNow` unless it waits for that."""
    case = locked(case_id)
    lane = lane_of(case, "requester")
    if case.state != "resolved" or lane.state == "closed":
        raise NotNow(case.number)
    shut(lane)
    spread(case, actor, lane)
    events.record(case, "accepted", actor.membership_id, lane_id=lane.id)
    return case


def close(actor: Viewer, case_id: int, reason: str, *, version: int | None = None) -> Case:
    """Staff close a case with all its lanes and tasks, with a reason for colleagues.

    Raises `Changed`, `NotNow` when it is closed.
    """
    case = locked(case_id, version)
    if case.state == "closed":
        raise NotNow(case.number)
    if not case.outcome:
        case.outcome = "withdrawn"
    if case.resolved_at == NEVER:
        case.resolved_at = now()
    lane = _shut(case, actor)
    spread(case, actor, lane)
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
    pass_ball(lane, "us", due_at=next_promise(case))
    if actor.is_staff:
        say(actor, lane_of(case, "internal"), reason, files)
    else:
        say(actor, lane, reason, files)
    spread(case, actor, lane)
    events.record(case, "reopened", actor.membership_id, lane_id=lane.id)
    return case


def close_unanswered(limit: int = 100) -> int:
    """Close what was answered 14 days ago and neither accepted nor reopened; how many. The worker's task."""
    due = (
        everything(because="the worker closes what nobody answers")
        .where(Case.state == "resolved", Case.resolved_at <= now() - REOPEN_WITHIN)
        .where(exists().where(Lane.case_id == Case.id, Lane.kind == "requester", Lane.state == "open"))
        .with_only_columns(Case.id)
    )
    ids = list(db.session.scalars(due.limit(limit)))
    for case_id in ids:
        case = locked(case_id)
        lane = lane_of(case, "requester")
        if case.state != "resolved" or lane.state == "closed":
            continue  # somebody was quicker
        shut(lane)
        spread(case, None, lane)
        events.record(case, "ran_out", None, lane_id=lane.id)
    return len(ids)


def _shut(case: Case, actor: Viewer) -> Lane:
    """Close the case with all of its lanes and tasks, each told to its readers; the requester's lane."""
    db.session.flush()
    cancel_all(case, actor)
    case.state = "closed"
    talks = select(Lane).where(Lane.case_id == case.id, Lane.kind != "internal", Lane.state == "open")
    for lane in db.session.scalars(talks).all():
        shut(lane)
        if lane.kind in ASKED:
            spread(case, actor, lane)
            events.record(case, "lane_closed", actor.membership_id, lane_id=lane.id)
    return lane_of(case, "requester")


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
