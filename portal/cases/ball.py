"""The ball line: who held the case, who holds it, until when, drawn over working time.

Produces numbers in per cent of the width; the templates in components/ball.html only draw them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.cases.clocks import Calendar, working_hours
from portal.clock import NEVER, now

MOST_SEGMENTS = 6
LEAST = 1.0
"""Nothing narrower than this many per cent is drawn."""

MARKS = {
    "us": "us",
    "requester": "cust",
    "agent": "part",
    "partner": "part",
    "supplier": "supp",
    "nobody": "us",
}

Held = Sequence[tuple[str, datetime, datetime]]


@dataclass(frozen=True)
class Line:
    """segments: (mark, from, to) in per cent, oldest first; the last holds the ball unless closed."""

    segments: list[tuple[str, float, float]]
    due: float | None
    late: bool
    closed: bool
    now: float
    sentence: str = ""
    labels: list[tuple[str, float, str, str]] = field(default_factory=list)
    ticks: list[tuple[float, str]] = field(default_factory=list)
    dues: list[tuple[float, str, str]] = field(default_factory=list)


class Axis:
    """Working time laid onto 0–100 per cent, from the opening to a little past the last date."""

    def __init__(self, start: datetime, end: datetime, calendar: Calendar) -> None:
        self.start, self.calendar = start, calendar
        self.whole = working_hours(start, end, calendar)
        self.working = self.whole > 0
        if not self.working:
            # All of it lies in a night or weekend: draw the plain time then.
            self.whole = max((end - start).total_seconds() / 3600, 0.01)

    def at(self, moment: datetime) -> float:
        """Where a moment lies, in per cent."""
        if self.working:
            hours = working_hours(self.start, moment, self.calendar)
        else:
            hours = (moment - self.start).total_seconds() / 3600
        return round(min(max(100 * hours / self.whole, 0), 100), 2)


def line(
    held: Held,
    opened: datetime,
    due: datetime,
    closed: bool,
    mine: str,
    calendar: Calendar,
    far: datetime = NEVER,
) -> Line:
    """The line of one case in list size.

    held: (holder, began, ended), oldest first; mine: the role whose move is "yours" to this reader; far: a
    later date that has to have room on it, `NEVER` for none.
    """
    end = _end(held, closed)
    axis = scale(opened, due if far == NEVER else far, held, closed, calendar)
    return Line(
        segments=_segments(held, end, mine, axis),
        due=None if due == NEVER or closed else axis.at(due),
        late=not closed and due < now(),
        closed=closed,
        now=axis.at(end),
    )


def _right_edge(opened: datetime, end: datetime, due: datetime, closed: bool) -> datetime:
    """Where the line stops: a little past now or the due date, so that what lies ahead has room."""
    last = end if due == NEVER or closed else max(end, due)
    ahead = (last - opened) / 12 if last > opened else timedelta(hours=4)
    if due == NEVER and not closed:
        ahead = (last - opened) / 2 if last > opened else timedelta(hours=8)
    return last + max(ahead, timedelta(hours=1))


def _segments(held: Held, end: datetime, mine: str, axis: Axis) -> list[tuple[str, float, float]]:
    """Join what is too many (the oldest) or too narrow, in drawing order."""
    drawn: list[tuple[str, float, float]] = []
    for holder, began, ended in held:
        mark = "you" if holder == mine and ended == NEVER else MARKS[holder]
        left, right = axis.at(began), axis.at(min(ended, end))
        if right - left < LEAST and ended < NEVER:
            continue
        left = drawn[-1][2] if drawn else left
        if drawn and drawn[-1][0] == mark:
            drawn[-1] = (mark, drawn[-1][1], right)
        else:
            drawn.append((mark, left, max(right, left)))
    if not drawn:
        holder = held[-1][0] if held else "us"
        drawn = [(MARKS[holder], 0.0, axis.at(end))]
    while len(drawn) > MOST_SEGMENTS:
        (first, left, _), (second, _, right), *rest = drawn
        drawn = [(second if right - left > 50 else first, left, right), *rest]
    return drawn


Spent = tuple[str, str, float, float]


def shares(waits: Sequence[tuple[str, str, datetime, datetime]], calendar: Calendar) -> list[Spent]:
    """Time with each: (holder, name, working hours, per cent of all rows), longest first.

    waits: (holder, name, began, ended); several may run at once, so that rows can add up to more than the
    age of the case. Each counts the union of its own. No time, no row.
    """
    moment = now()
    runs: dict[tuple[str, str], list[tuple[datetime, datetime]]] = {}
    for holder, name, began, ended in waits:
        runs.setdefault((holder, name), []).append((began, min(ended, moment)))
    hours = {who: sum(working_hours(*run, calendar) for run in _union(of)) for who, of in runs.items()}
    whole = sum(hours.values())
    rows = [(*who, spent, round(100 * spent / whole, 2)) for who, spent in hours.items() if spent > 0]
    return sorted(rows, key=lambda row: -row[2])


def _union(runs: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """The same time without counting anything twice."""
    joined: list[tuple[datetime, datetime]] = []
    for began, ended in sorted(runs):
        if joined and began <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ended))
        else:
            joined.append((began, ended))
    return joined


def scale(opened: datetime, due: datetime, held: Held, closed: bool, calendar: Calendar) -> Axis:
    """The axis `line` draws on, for what a ruler adds to it."""
    return Axis(opened, _right_edge(opened, _end(held, closed), due, closed), calendar)


def _end(held: Held, closed: bool) -> datetime:
    """Where the drawing of what was ends: now, or when the case closed."""
    return held[-1][2] if closed and held and held[-1][2] < NEVER else now()


MOST_TICKS = 8


def ticks(axis: Axis, label: Callable[[datetime, float], str]) -> list[tuple[float, str]]:
    """Day ticks of a ruler: (per cent, label), at most `MOST_TICKS`, never nearer than 8 per cent."""
    calendar = axis.calendar
    opens = min(span[0] for span in calendar.week if span)
    first = datetime.combine(axis.start.astimezone(calendar.zone), opens, tzinfo=calendar.zone)
    days = max(1.0, axis.whole / (calendar.day_hours if axis.working else 24))
    step = max(1, -(-int(days) // MOST_TICKS))
    marks: list[tuple[float, str]] = []
    day = first
    for _index in range(400):
        at = axis.at(day)
        if at >= 97:
            break
        working = calendar.span(day.date()) is not None or not axis.working
        if working and day >= axis.start and (not marks or at - marks[-1][0] >= 8):
            marks.append((at, label(day, days)))
            day += timedelta(days=step)
        else:
            day += timedelta(days=1)
    return marks
