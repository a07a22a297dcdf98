"""The one place that tells the time, so that every row agrees on UTC and the demo can live through a year."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Stands for "no end" and "no date" in every column that is sorted or compared: those are never NULL."""

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _moment.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, it is this (aware) moment for everything that asks."""
    token = _moment.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moment.reset(token)
