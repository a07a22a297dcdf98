"""Working time: promises are made, and the ball line is drawn, in hours somebody is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from portal.clock import now

OPENS, CLOSES = time(8), time(17)
DAY_HOURS = 9
_MONDAY = date(2001, 1, 1)
Span = tuple[time, time] | None


@dataclass(frozen=True)
class Calendar:
    """When somebody is there.

    zone: the time zone of the hours; week: Monday to Sunday, (opens, closes) or None for a day off, at least
    one day of work; country: whose public holidays are days off ("AT", "AT-7"), "" none
    """

    zone: ZoneInfo
    week: tuple[Span, ...] = (*([(OPENS, CLOSES)] * 5), None, None)
    country: str = ""

    def span(self, day: date) -> Span:
        """When that day opens and closes; None for a day off."""
        usual = self.week[day.weekday()]
        return None if usual and day in holidays(self.country, day.year) else usual

    @property
    def day_hours(self) -> float:
        """The hours of a usual day of work."""
        return max(_hours(span) for span in self.week)


def calendar(hours: Sequence[Any], zone: ZoneInfo, country: str = "") -> Calendar:
    """A calendar out of stored hours: Monday to Sunday, each ["08:00", "17:00"] or None."""
    return Calendar(zone, tuple(_span(day) for day in hours), country)


def _span(day: Any) -> Span:
    return (time.fromisoformat(day[0]), time.fromisoformat(day[1])) if day else None


def _hours(span: Span) -> float:
    return (_since_midnight(span[1]) - _since_midnight(span[0])) if span else 0.0


def _since_midnight(moment: time) -> float:
    return moment.hour + moment.minute / 60 + moment.second / 3600


@cache
def holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country or part of one in a year; none for "" or one nobody knows."""
    if not country:
        return frozenset()
    import holidays as known  # noqa: PLC0415 - heavy, and only where a country was chosen

    land, _, part = country.partition("-")
    try:
        return frozenset(known.country_holidays(land, subdiv=part or None, years=year))
    except NotImplementedError:
        return frozenset()


def working_hours(begin: datetime, end: datetime, calendar: Calendar) -> float:
    """Working hours between two aware moments (negative when end comes first)."""
    if end < begin:
        return -working_hours(end, begin, calendar)
    first, last = (moment.astimezone(calendar.zone).replace(tzinfo=None) for moment in (begin, end))
    whole = _days(first.date(), last.date(), calendar)
    return whole - _passed(first, calendar) + _passed(last, calendar)


def _passed(local: datetime, calendar: Calendar) -> float:
    """The working hours of its day that are over at this moment."""
    span = calendar.span(local.date())
    if span is None:
        return 0.0
    return min(max(_since_midnight(local.time()) - _since_midnight(span[0]), 0.0), _hours(span))


def _days(first: date, last: date, calendar: Calendar) -> float:
    """The working hours of the days from the first, up to and without the last."""
    hours = _since_monday(last, calendar) - _since_monday(first, calendar)
    if calendar.country:
        for year in range(first.year, last.year + 1):
            off = (day for day in holidays(calendar.country, year) if first <= day < last)
            hours -= sum(_hours(calendar.week[day.weekday()]) for day in off)
    return hours


def _since_monday(day: date, calendar: Calendar) -> float:
    """Working hours since a Monday long ago, holidays among them."""
    weeks, days = divmod((day - _MONDAY).days, 7)
    spans = [_hours(span) for span in calendar.week]
    return weeks * sum(spans) + sum(spans[:days])


def working_days_from(days: int, calendar: Calendar, start: datetime | None = None) -> datetime:
    """The close of business that many working days after `start` (now): the moment a promise is due."""
    day = (start or now()).astimezone(calendar.zone).date()
    while days:
        day += timedelta(days=1)
        days -= calendar.span(day) is not None
    return close_of(day, calendar)


def close_of(day: date, calendar: Calendar) -> datetime:
    """The close of business of a day; on a day off, when the company usually closes."""
    span = calendar.span(day) or next(usual for usual in calendar.week if usual)
    return datetime.combine(day, span[1], tzinfo=calendar.zone).astimezone(UTC)
