"""Write in a case: to the other side, or a note for staff only."""

from datetime import datetime

from portal.cases import events
from portal.cases.casework import NotNow, lane_of, locked, next_promise, pass_ball, spread
from portal.cases.files import Taken, attach
from portal.cases.handling import begin_again
from portal.cases.models import Case, Lane, Message
from portal.cases.permissions import REOPEN_WITHIN
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.viewer import Viewer


def reply(
    actor: Viewer,
    case_id: int,
    body: str,
    files: tuple[Taken, ...] = (),
    *,
    then: str = "requester",
    due_at: datetime | None = None,
) -> Message:
    """Write into the requester's lane, from either side. Flushes.

    then: whose move it is after a message of ours, `requester` or `us`; a message from outside always
    passes the ball to us. due_at: until when we answer next if it stays ours (None: the kind's working
    days). Words from outside after our answer reopen the case. Raises `NotNow` when the case is closed.
    """
    case = locked(case_id)
    late = case.state == "resolved" and not actor.is_staff and now() >= case.resolved_at + REOPEN_WITHIN
    if case.state == "closed" or late:
        raise NotNow(case.number)
    lane = lane_of(case, "requester")
    message = say(actor, lane, body, files)
    if actor.is_staff:
        case.state = "open" if case.state == "new" else case.state
        if then != "us":
            # Our clock stands still while the requester has the ball.
            pass_ball(case, lane, then, due_at=NEVER)
        else:
            pass_ball(case, lane, then, due_at=due_at or next_promise(case))
    else:
        if case.state == "resolved":
            begin_again(case)
        if case.ball != "us":
            pass_ball(case, lane, "us", due_at=next_promise(case))
    spread(case, actor, outside=True)
    events.record(case, "replied", actor.membership_id, lane_id=lane.id, message=message.id)
    return message


def note(actor: Viewer, case_id: int, body: str, files: tuple[Taken, ...] = ()) -> Message:
    """Keep a note that only staff read; it moves neither the ball nor anything outsiders see. Flushes."""
    case = locked(case_id)
    lane = lane_of(case, "internal")
    message = say(actor, lane, body, files)
    spread(case, actor, outside=False)
    events.record(case, "noted", actor.membership_id, lane_id=lane.id, message=message.id)
    return message


def say(actor: Viewer, lane: Lane, body: str, files: tuple[Taken, ...]) -> Message:
    """The message itself, without what follows from it: verbs of this room only."""
    message = Message(
        lane_id=lane.id,
        author_id=actor.membership_id,
        body=body,
        language=actor.language,
        written_at=now(),
        visible_from=now(),
    )
    db.session.add(message)
    db.session.flush()
    attach(message, files)
    return message


def answer(
    actor: Viewer, case: Case, lane: Lane, body: str, files: tuple[Taken, ...], due_at: datetime
) -> Message | None:
    """The words that go with an outcome, if there are any; the ball goes to the requester until `due_at`."""
    message = say(actor, lane, body, files) if body or files else None
    pass_ball(case, lane, "requester", due_at=due_at)
    return message
