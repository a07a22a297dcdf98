"""How a case of the demo is told: who asks what, and who did what after how many working hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.cases.clocks import CLOSES, DAY_HOURS, OPENS


@dataclass(frozen=True)
class Step:
    """One thing somebody did, so many working hours after the step before.

    to: whom or what it names; days: working days until we promise our next answer, 0 the kind's usual
    """

    after: float
    who: str
    verb: str
    text: str = ""
    to: str = ""
    files: tuple[str, ...] = ()
    days: int = 0


@dataclass(frozen=True)
class Story:
    """One case: opened so many working days ago by `who`, and what became of it.

    product: a code of the catalogue; answers: what the kind's form asks, with `Ahead` for dates
    only_managers: "only me and our managers"; files: names of pictures.FILES
    """

    ago: float
    who: str
    kind: str
    subject: str
    text: str
    steps: tuple[Step, ...] = ()
    product: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    only_managers: bool = False


@dataclass(frozen=True)
class Ahead:
    """A date so many days after the case was opened."""

    days: int

    def date(self, opened: date) -> str:
        return (opened + timedelta(days=self.days)).isoformat()


def says(after: float, who: str, text: str, *files: str, then: str = "requester", days: int = 0) -> Step:
    """A message to the other side; after one of ours the next move is `then`'s, requester or us.

    days: if it stays ours, within how many working days we answer next
    """
    return Step(after, who, "says", text, then, files, days)


def notes(after: float, who: str, text: str) -> Step:
    """A note for staff only."""
    return Step(after, who, "notes", text)


def takes(after: float, who: str) -> Step:
    """They take the case themselves."""
    return Step(after, who, "assigns", to=who)


def assigns(after: float, who: str, to: str) -> Step:
    """They give the case to a colleague."""
    return Step(after, who, "assigns", to=to)


def hands_over(after: float, who: str, department: str, reason: str) -> Step:
    """The case moves to another department."""
    return Step(after, who, "hands over", reason, department)


def resolves(after: float, who: str, text: str, *files: str, outcome: str = "solved") -> Step:
    """The answer is given."""
    return Step(after, who, "resolves", text, outcome, files)


def accepts(after: float, who: str) -> Step:
    """The requester says it is solved."""
    return Step(after, who, "accepts")


def reopens(after: float, who: str, text: str) -> Step:
    """It was not solved."""
    return Step(after, who, "reopens", text)


def closes(after: float, who: str, reason: str) -> Step:
    """Staff close it, with a reason for colleagues."""
    return Step(after, who, "closes", reason)


def narrows(after: float, who: str) -> Step:
    """From now on only they and their managers read it."""
    return Step(after, who, "narrows")


def reads(after: float, *who: str) -> tuple[Step, ...]:
    """They have a look, all at about the same time."""
    return tuple(Step(after if place == 0 else 0.05, name, "reads") for place, name in enumerate(who))


def prose(text: str) -> str:
    """Text as somebody would type it: lines of a paragraph joined, paragraphs and lists kept."""
    blocks = [" ".join(block.split()) for block in text.strip().split("\n\n")]
    return "\n\n".join(block.replace(" - ", "\n- ") if block.startswith("- ") else block for block in blocks)


def back(moment: datetime, hours: float, zone: ZoneInfo) -> datetime:
    """So many working hours before a moment, which counts as closing time when it lies outside them."""
    local = moment.astimezone(zone).replace(tzinfo=None)
    while True:
        opens, closes = datetime.combine(local, OPENS), datetime.combine(local, CLOSES)  # noqa: DTZ001, RUF100 - in `zone`
        local = min(local, closes)
        today = (local - opens).total_seconds() / 3600 if local.weekday() < 5 else 0.0
        if hours <= today:
            return (local - timedelta(hours=hours)).replace(tzinfo=zone).astimezone(UTC)
        hours -= max(today, 0.0)
        local = datetime.combine(local.date() - timedelta(days=1), time.max)


def moments(story: Story, end: datetime, zone: ZoneInfo) -> list[datetime]:
    """When the case was opened and when each step happened. Raises ValueError for one that is yet to come."""
    left = story.ago * DAY_HOURS
    found = [back(end, left, zone)]
    for step in story.steps:
        left -= step.after
        if left < 0:
            raise ValueError(f"“{story.subject}”: {step.who} {step.verb} in the future")
        found.append(back(end, left, zone))
    return found
