"""Write in a case: to the other side of a lane, or a note for staff only."""

from datetime import datetime

from portal.cases import events
from portal.cases.casework import (
    NotNow,
    after,
    answered_meanwhile,
    lane_of,
    locked,
    open_lane,
    say,
    send,
    spread,
)
from portal.cases.files import Taken
from portal.cases.handling import begin_again
from portal.cases.models import Case, Lane, Message
from portal.cases.permissions import REOPEN_WITHIN
from portal.cases.standing import next_promise, pass_ball
from portal.clock import NEVER, now
from portal.identity.viewer import Viewer


def reply(
    actor: Viewer,
    case_id: int,
    body: str,
    files: tuple[Taken, ...] = (),
    *,
    lane_id: int | None = None,
    then: str = "them",
    due_at: datetime | None = None,
) -> Message:
    """Write into an outside lane (None: the requester's), from either side. Flushes.

    then: whose move it is after a message of ours, `them` or `us`; a message from outside always passes
    the ball to us. due_at: until when they are asked to answer, or we answer next if it stays ours (None in
    the requester's lane: the kind's working days). What staff send leaves after `casework.grace`. Words from
    the requester after our answer reopen the case. Raises `NotNow` when the case or the lane is closed.
    """
    case = locked(case_id)
    late = case.state == "resolved" and not actor.is_staff and now() >= case.resolved_at + REOPEN_WITHIN
    lane = open_lane(case, lane_id)
    if case.state == "closed" or (late and lane.kind == "requester"):
        raise NotNow(case.number)
    if actor.is_staff:
        due = due_at.isoformat() if due_at else None
        return send(actor, case, lane, body, files, "replied", then=then, due=due)
    message = say(actor, lane, body, files)
    if lane.kind == "requester":
        _they_wrote(case, lane)
    else:
        pass_ball(lane, "us", due_at=NEVER)  # the date was theirs
    spread(case, actor, lane)
    events.record(case, "replied", actor.membership_id, lane_id=lane.id, message=message.id)
    return message


def _they_wrote(case: Case, lane: Lane) -> None:
    """The requester's move is done: what was answered is open again, and our clock runs on."""
    if case.state == "resolved":
        begin_again(case)
    if lane.ball != "us":
        pass_ball(lane, "us", due_at=next_promise(case))


@after("replied")
def _left(case: Case, lane: Lane, message: Message) -> None:
    """A message of ours is out: the ball goes where it says.

    Unless the lane was closed or the case answered meanwhile; it stays ours when they wrote in between.
    """
    follows = message.follows or {}
    if case.state == "new":
        case.state = "open"
    if lane.state == "open" and not (lane.kind == "requester" and case.state == "resolved"):
        then = "us" if answered_meanwhile(lane, message) else follows.get("then", "them")
        pass_on(case, lane, then, follows.get("due"))
    spread(case, None, lane)
    verb = "released" if message.released_from_id else "replied"
    events.record(case, verb, message.author_id, lane_id=lane.id, message=message.id)


def pass_on(case: Case, lane: Lane, then: str, due: str | None) -> None:
    """After our message: to `them` until `due` (ISO), or it stays with `us`.

    In the requester's lane our clock stands still while they have it, and what stays ours has a date.
    """
    due_at = datetime.fromisoformat(due) if due else None
    if then == "them":
        pass_ball(lane, lane.kind, due_at=due_at or NEVER)
    elif lane.kind == "requester":
        pass_ball(lane, "us", due_at=due_at or next_promise(case))
    else:
        pass_ball(lane, "us", due_at=due_at or NEVER)


def note(actor: Viewer, case_id: int, body: str, files: tuple[Taken, ...] = ()) -> Message:
    """Keep a note that only staff read; it moves neither the ball nor anything outsiders see. Flushes."""
    case = locked(case_id)
    lane = lane_of(case, "internal")
    message = say(actor, lane, body, files)
    spread(case, actor, lane)
    events.record(case, "noted", actor.membership_id, lane_id=lane.id, message=message.id)
    return message
