"""The one place that tells the time, so that every row agrees on UTC and the demo can live through a year."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from zoneinfo import available_timezones

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


AREAS = frozenset({"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})


@cache
def zones() -> list[str]:
    """UTC and the time zones people live in; what has a longer name has a short one as well."""
    parts = [(name, *name.partition("/")[::2]) for name in sorted(available_timezones())]
    return ["UTC", *(name for name, area, city in parts if city and "/" not in city and area in AREAS)]
