"""What staff sent and what has not left yet: it leaves on time, or its author takes it back."""

from sqlalchemy import select, update

from portal.cases.casework import NotNow, lane_of, locked, never_granted, refresh
from portal.cases.models import Case, Lane, Message
from portal.cases.standing import shut
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.viewer import Viewer


def leave_due(limit: int = 100) -> int:
    """Let out whatever was due to leave, in order of time; how many. The worker's task. Flushes."""
    due = (
        select(Lane.case_id)
        .join(Message, Message.lane_id == Lane.id)
        .where(Message.follows.is_not(None), Message.visible_from <= now())
        .group_by(Lane.case_id)
        .limit(limit)
    )
    ids = db.session.scalars(due).all()
    for case_id in ids:
        locked(case_id)
    return len(ids)


def take_back(actor: Viewer, case_id: int, message_id: int) -> Message:
    """The author takes back what has not left: nobody else ever reads it, nothing follows. Flushes.

    Of a question that opened a lane nothing is left but that closed, empty lane. Raises `NotNow` when it is
    out, and LookupError when it is nobody's or somebody else's.
    """
    mine = (
        select(Message)
        .join(Lane, Lane.id == Message.lane_id)
        .where(Message.id == message_id, Lane.case_id == case_id, Message.author_id == actor.membership_id)
    )
    message = db.session.scalars(mine).one_or_none()
    if message is None:
        raise LookupError(message_id)
    case = locked(case_id)
    asked = (message.follows or {}).get("verb") == "asked"
    taken = db.session.execute(
        update(Message)
        .where(Message.id == message.id, Message.visible_from > now(), Message.visible_from < NEVER)
        .values(visible_from=NEVER, follows=None)
        .returning(Message.id)
    ).first()
    if taken is None:
        raise NotNow(case.number)
    if asked:
        _unask(case, db.session.get_one(Lane, message.lane_id))
    return message


def _unask(case: Case, lane: Lane) -> None:
    shut(lane)
    never_granted(lane)
    refresh(case, lane_of(case, "internal"))  # to those who were not asked nothing is new
