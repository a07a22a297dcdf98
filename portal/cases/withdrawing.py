"""Take back cases that came out of a file: those nobody has touched close for everybody, without a word.

Events are append-only, so nothing is deleted. What one verb does to one case, a few statements do to many.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import exists, insert, or_, select, update

from portal.cases.models import Case, Event, Grant, Holding, Lane, Message, Note, Participant, Party, Task
from portal.clock import NEVER, at, now
from portal.extensions import db


def untouched(case_ids: Collection[int], last_event: int) -> list[int]:
    """Those of these cases in which nothing has happened since an event, and nobody has begun to write."""
    said = select(Message.lane_id).join(Lane, Lane.id == Message.lane_id).where(Lane.case_id == Case.id)
    since = exists().where(Event.case_id == Case.id, Event.id > last_event)
    begun = or_(Case.state != "new", Case.merged_into_id.is_not(None), Case.confidential)
    waiting = said.where(Message.follows.is_not(None)).exists()
    later = said.offset(1).limit(1).exists()
    found = select(Case.id).where(Case.id.in_(case_ids), ~since, ~begun, ~waiting, ~later)
    return list(db.session.scalars(found.with_for_update(of=Case)))


def withdraw(case_ids: Collection[int], actor_id: int | None, reason: str) -> None:
    """Close untouched cases as withdrawn; those outside no longer see them. Nobody is told. Flushes.

    reason: for colleagues who come upon one.
    """
    if case_ids:
        with at(now()):  # all of it at one moment
            _withdraw(case_ids, actor_id, reason)


def _withdraw(case_ids: Collection[int], actor_id: int | None, reason: str) -> None:
    moment = now()
    theirs = Case.id.in_(case_ids)
    closed = {"state": "closed", "outcome": "withdrawn", "resolved_at": moment, "activity_at": moment}
    nobody = {"ball": "nobody", "ball_since": moment, "due_at": NEVER}
    mine = {**closed, **nobody, "ball_department_id": None, "version": Case.version + 1}
    _change(update(Case).where(theirs).values(mine))
    lanes = Lane.case_id.in_(case_ids), Lane.kind != "internal"
    _change(update(Lane).where(*lanes).values(state="closed", **nobody))
    _change(
        update(Holding)
        .where(Holding.case_id.in_(case_ids), Holding.ended_at == NEVER)
        .values(ended_at=moment)
    )
    cancelled = {"outcome": "cancelled", "done_at": moment, "done_by_id": actor_id}
    open_ones = Task.case_id.in_(case_ids), Task.outcome == ""
    tasks = db.session.execute(update(Task).where(*open_ones).values(cancelled).returning(Task.id)).scalars()
    _end_grants(case_ids, list(tasks))
    read = {"status": "closed", "activity_at": moment, **nobody}
    parties = Party.case_id.in_(case_ids)
    _change(update(Party).where(parties).values(read))
    _change(update(Party).where(parties, Party.organization_id.is_not(None)).values(listed=False))
    named = update(Participant).where(Participant.case_id.in_(case_ids))
    _change(named.values(activity_at=moment))
    _record(case_ids, actor_id, reason)
    db.session.expire_all()


def _change(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))


def _end_grants(case_ids: Collection[int], task_ids: list[int]) -> None:
    """Nobody outside reads the case any more, nor a department whose task is cancelled."""
    outside = select(Party.id).where(Party.case_id.in_(case_ids), Party.organization_id.is_not(None))
    gone = or_(Grant.party_id.in_(outside), Grant.task_id.in_(task_ids))
    _change(update(Grant).where(gone, Grant.ends_at > now()).values(ends_at=now()))


def _record(case_ids: Collection[int], actor_id: int | None, reason: str) -> None:
    """That each is closed, and why: one note serves all."""
    note = Note(words=reason)
    db.session.add(note)
    db.session.flush()
    lanes = select(Lane.case_id, Lane.id).where(Lane.case_id.in_(case_ids), Lane.kind == "requester")
    event: dict[str, Any] = {"actor_id": actor_id, "at": now(), "facts": {}}
    rows = [
        {**event, "case_id": case_id, **more}
        for case_id, lane_id in db.session.execute(lanes.order_by(Lane.case_id))
        for more in (
            {"lane_id": lane_id, "verb": "closed", "note_id": None},
            {"lane_id": None, "verb": "reasoned", "note_id": note.id},
        )
    ]
    table: Any = Event.__table__
    db.session.execute(insert(table), rows)
