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

    to: whom or what it names; days: working days until an answer or our next one is due, 0 the usual or none
    lane: by the name the story gives it, "" the requester's; more: what only this verb needs
    """

    after: float
    who: str
    verb: str
    text: str = ""
    to: str = ""
    files: tuple[str, ...] = ()
    days: int = 0
    lane: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """One case: opened so many working days ago by `who`, and what became of it.

    product: a code of the catalogue; answers: what the kind's form asks, with `Ahead` for dates
    only_managers: "only me and our managers"; files: names of pictures.FILES
    language: of the words, when it is not the author's own
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
    language: str = ""


@dataclass(frozen=True)
class Ahead:
    """A date so many days after the case was opened."""

    days: int

    def date(self, opened: date) -> str:
        return (opened + timedelta(days=self.days)).isoformat()


def says(
    after: float,
    who: str,
    text: str,
    *files: str,
    then: str = "them",
    days: int = 0,
    lane: str = "",
    language: str = "",
) -> Step:
    """A message to the other side; after one of ours the next move is `then`: them or us.

    days: within how many working days they answer, or we answer next if it stays ours
    language: of the words, when it is not the author's own
    """
    return Step(after, who, "says", text, then, files, days, lane, {"language": language})


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


def resolves(
    after: float, who: str, text: str, *files: str, outcome: str = "solved", language: str = ""
) -> Step:
    """The answer is given."""
    return Step(after, who, "resolves", text, outcome, files, more={"language": language})


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


def asks(
    after: float,
    who: str,
    organization: str,
    people: tuple[str, ...],
    subject: str,
    text: str,
    *,
    lane: str = "",
    facts: tuple[str, ...] = (),
    files: tuple[str, ...] = (),
    due_days: int = 0,
    until_days: int = 0,
    only_managers: bool = False,
    confidential: bool = False,
    language: str = "",
) -> Step:
    """They ask people of a partner or supplier, in a lane of their own called `lane` (or the organization).

    facts: names of the case's answers; files: names of files in the case; due_days: working days until the
    answer is due, until_days until the end of access, 0 for no date
    """
    more = {
        "people": people,
        "subject": subject,
        "facts": facts,
        "until_days": until_days,
        "reach": "managers" if only_managers else "organization",
        "confidential": confidential,
        "language": language,
    }
    return Step(after, who, "asks", text, organization, files, due_days, lane or organization, more)


def releases(
    after: float,
    who: str,
    text: str,
    *,
    source: str,
    to: str = "requester",
    files: tuple[str, ...] = (),
    then: str = "us",
    days: int = 0,
    language: str = "",
) -> Step:
    """They pass on, edited, the message that has the words `source`: to the requester or into another lane.

    files: names of those of its files that go along
    """
    lane = "" if to == "requester" else to
    return Step(
        after, who, "releases", text, then, files, days, lane, {"source": source, "language": language}
    )


def reschedules(after: float, who: str, lane: str, due_days: int, until_days: int = 0) -> Step:
    """They set another date for the answer in a lane, and for the end of access."""
    return Step(after, who, "reschedules", days=due_days, lane=lane, more={"until_days": until_days})


def closes_lane(after: float, who: str, lane: str) -> Step:
    """They close a lane: the question is answered."""
    return Step(after, who, "closes the lane", lane=lane)


def revokes(after: float, who: str, lane: str, reason: str) -> Step:
    """They end somebody's access to a lane at once."""
    return Step(after, who, "revokes", reason, lane=lane)


def corrects(after: float, who: str, to: str, reason: str, *, lane: str = "", due_days: int = 0) -> Step:
    """They say by hand who must act next in a lane: them or us."""
    return Step(after, who, "corrects", reason, to, days=due_days, lane=lane)


def asks_task(
    after: float,
    who: str,
    department: str,
    title: str,
    *,
    kind: str = "work",
    assignee: str = "",
    due_days: int = 0,
) -> Step:
    """They ask a department for a piece of work or an approval."""
    return Step(
        after, who, "asks for a task", title, department, days=due_days, more={"kind": kind, "for": assignee}
    )


def finishes(after: float, who: str, title: str, outcome: str, words: str = "") -> Step:
    """A task is done, approved, refused or cancelled: the open one whose title begins like this."""
    return Step(after, who, "finishes", words, outcome, more={"title": title})


def seals(after: float, who: str, reason: str) -> Step:
    """They make the case confidential."""
    return Step(after, who, "seals", reason)


def lets_in(after: float, who: str, colleague: str) -> Step:
    """They let a colleague into a confidential case by name."""
    return Step(after, who, "lets in", to=colleague)


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
