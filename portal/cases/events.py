"""What happened is recorded here; channels and clocks subscribe and write their rows before the commit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from portal.cases.models import Case, Event, Note
from portal.clock import now
from portal.extensions import db

_subscribers: list[Callable[[Event], None]] = []
_untold: ContextVar[bool] = ContextVar("untold", default=False)


def subscribe(listener: Callable[[Event], None]) -> None:
    """Have `listener` called with each event once it has its id, inside the same transaction."""
    if listener not in _subscribers:
        _subscribers.append(listener)


@contextmanager
def untold() -> Iterator[None]:
    """Inside, events are recorded and nobody is told: what comes out of a file is no news."""
    token = _untold.set(True)
    try:
        yield
    finally:
        _untold.reset(token)


def record(
    case: Case,
    verb: str,
    actor_id: int | None,
    *,
    lane_id: int | None = None,
    words: str = "",
    **facts: Any,
) -> Event:
    """Record one event and tell the subscribers.

    facts: ids, codes, numbers and dates only. words: a reason somebody gave, kept apart because it can
    be erased. An event without a lane is for staff only.
    """
    note = None
    if words:
        note = Note(words=words)
        db.session.add(note)
        db.session.flush()
    event = Event(
        case_id=case.id,
        lane_id=lane_id,
        actor_id=actor_id,
        verb=verb,
        at=now(),
        facts=facts,
        note_id=note.id if note else None,
    )
    db.session.add(event)
    db.session.flush()
    for listener in () if _untold.get() else _subscribers:
        listener(event)
    return event
