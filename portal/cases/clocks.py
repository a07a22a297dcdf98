"""Working time: promises are made, and the ball line is drawn, in hours somebody is there.

Until departments have calendars of their own (hours, holidays), everybody works Monday to Friday from
8:00 to 17:00 in the installation's time zone.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.clock import now

OPENS, CLOSES = time(8), time(17)
DAY_HOURS = 9
_MONDAY = datetime(2001, 1, 1)  # noqa: DTZ001 - local time: what hangs on the wall


def working_hours(begin: datetime, end: datetime, zone: ZoneInfo) -> float:
    """Working hours between two aware moments (negative when end comes first)."""
    return _since_monday(end, zone) - _since_monday(begin, zone)


def _since_monday(moment: datetime, zone: ZoneInfo) -> float:
    local = moment.astimezone(zone).replace(tzinfo=None)
    weeks, days = divmod((local - _MONDAY).days, 7)
    hours = float((weeks * 5 + min(days, 5)) * DAY_HOURS)
    if days < 5:
        hour = local.hour + local.minute / 60 + local.second / 3600
        hours += min(max(hour - OPENS.hour, 0), DAY_HOURS)
    return hours


def working_days_from(days: int, zone: ZoneInfo, start: datetime | None = None) -> datetime:
    """The close of business that many working days after `start` (now): the moment a promise is due."""
    day = (start or now()).astimezone(zone).date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return close_of(day, zone)


def close_of(day: date, zone: ZoneInfo) -> datetime:
    """The close of business of a day."""
    return datetime.combine(day, CLOSES, tzinfo=zone).astimezone(UTC)
