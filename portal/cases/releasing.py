"""Pass something on from one lane into another: a new, edited message that links to its source.

The receiving side reads the new message alone. The link to the source is for staff.
"""

import difflib
import re
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select

from portal.cases.casework import NotNow, locked, open_lane, send
from portal.cases.models import Attachment, Lane, Message
from portal.cases.sharing import Chosen, attach_copies
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.viewer import Viewer

MOST_COMPARED = 90_000
"""Parts times parts. Comparing is cubic at worst, so longer texts simply stand one after the other."""


class ReleasedAlready(RuntimeError):
    """The message was released into this lane before; `earlier` is what came of it."""

    def __init__(self, earlier: Message) -> None:
        super().__init__(earlier.id)
        self.earlier = earlier


def release(
    actor: Viewer,
    case_id: int,
    source_id: int,
    lane_id: int,
    body: str,
    files: tuple[Chosen, ...] = (),
    *,
    then: str = "them",
    due_at: datetime | None = None,
) -> Message:
    """Send an edited copy of a message into another lane of the same case. Flushes.

    source_id: a message the actor reads. then, due_at: as in `conversation.reply`. Raises `NotNow` when case
    or lane are closed or the source was taken back, and `ReleasedAlready` for the second of two.
    """
    case = locked(case_id)
    source = _source(case.id, source_id)
    lane = open_lane(case, lane_id)
    if case.state == "closed" or lane.id == source.lane_id:
        raise NotNow(case.number)
    again = select(Message).where(Message.released_from_id == source.id, Message.lane_id == lane.id)
    earlier = db.session.scalars(again.where(Message.visible_from < NEVER).limit(1)).first()
    if earlier is not None:
        raise ReleasedAlready(earlier)
    due = due_at.isoformat() if due_at else None
    message = send(actor, case, lane, body, (), "replied", released_from_id=source.id, then=then, due=due)
    attach_copies(message, files)
    return message


def _source(case_id: int, source_id: int) -> Message:
    """The message that is passed on, as it is now. Raises `NotNow` when nobody reads it (yet)."""
    found = select(Message).join(Lane, Lane.id == Message.lane_id)
    found = found.where(Message.id == source_id, Lane.case_id == case_id)
    source = db.session.scalars(found.execution_options(populate_existing=True)).one()
    if source.visible_from > now():
        raise NotNow(source_id)
    return source


def changes(before: str, after: str) -> Markup:
    """What became of a text, word by word: <del> for what is left out, <ins> for what was added."""
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    if len(old) * len(new) > MOST_COMPARED:  # sentence by sentence then
        old, new = (re.findall(r"[^.!?\n]*[.!?\n]+|[^.!?\n]+", text) for text in (before, after))
    if len(old) * len(new) > MOST_COMPARED:
        return Markup("<del>{}</del> <ins>{}</ins>").format(before, after)
    parts: list[Markup] = []
    for what, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if what == "equal":
            parts.append(Markup("{}").format(come))
            continue
        if gone.strip():
            parts.append(Markup("<del>{}</del>").format(gone))
        if gone.strip() and come.strip():
            parts.append(Markup(" "))
        if come.strip():
            parts.append(Markup("<ins>{}</ins>").format(come))
    return Markup("").join(parts)


def files_of(source: Message) -> list[Attachment]:
    """The files of a message that could go along. The caller has found the message through the viewer."""
    return list(
        db.session.scalars(
            select(Attachment).where(Attachment.message_id == source.id).order_by(Attachment.id)
        )
    )
