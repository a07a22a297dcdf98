"""How each step of a story is done: through its verb, by somebody who may do it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Any

from portal.cases import (
    closing,
    conversation,
    handling,
    lanes,
    page,
    permissions,
    reading,
    releasing,
    secrecy,
    tasks,
)
from portal.cases.clocks import working_days_from
from portal.cases.files import Taken
from portal.cases.seen import SeenCase, find
from portal.cases.sharing import Chosen, plain_name
from portal.cases.talks import Talk, duties, talks
from portal.clock import NEVER
from portal.demo.founding import Company
from portal.demo.story import Step, prose
from portal.extensions import db
from portal.identity.viewer import Viewer


class NotTheirs(RuntimeError):
    """The story lets somebody do what the portal would not let them do."""


@dataclass(frozen=True)
class Scene:
    """One step as it is done: who does it, in which case."""

    company: Company
    subject: str
    actor: Viewer
    step: Step

    @cached_property
    def seen(self) -> SeenCase:
        """The case as the actor sees it; looked up only where it matters, for that takes its time."""
        return find(self.actor, self.company.cases[self.subject][1])

    @property
    def case_id(self) -> int:
        return self.company.cases[self.subject][0]

    @property
    def text(self) -> str:
        return prose(self.step.text)

    @property
    def files(self) -> tuple[Taken, ...]:
        return tuple(self.company.files[name] for name in self.step.files)

    @property
    def talk(self) -> Talk:
        """The lane the step names, or the requester's, as the actor reads it."""
        wanted = self.company.lanes[self.subject, self.step.lane] if self.step.lane else None
        for talk in talks(self.actor, self.case_id):
            if talk.id == wanted or (wanted is None and talk.kind == "requester"):
                return talk
        raise NotTheirs(f"“{self.subject}”: {self.step.who} does not read {self.step.lane}")

    @property
    def lane_id(self) -> int | None:
        """The lane to write in; None is the requester's, which all read who may reply but those asked."""
        asked = self.company.strict and self.seen.asked
        return self.talk.id if self.step.lane or asked else None

    def due(self) -> datetime | None:
        """When what the step asks for is due; None without a date."""
        return working_days_from(self.step.days, self.company.calendar) if self.step.days else None

    def until(self) -> datetime:
        """When the access the step gives ends: late in the evening."""
        days = self.step.more["until_days"]
        if not days:
            return NEVER
        day = working_days_from(days, self.company.calendar).astimezone(self.company.zone).date()
        return datetime.combine(day, time(23, 59, 59), tzinfo=self.company.zone).astimezone(UTC)

    def chosen(self, within: set[int] | None = None) -> tuple[Chosen, ...]:
        """The files the step passes on, under plain names. within: ids to choose among, None for all."""
        files = reading.files_in(self.actor, self.seen)
        by_name = {file.name: file for file in files if within is None or file.id in within}
        chosen = enumerate((by_name[name] for name in self.step.files), 1)
        return tuple(Chosen(file, plain_name(file, place)) for place, file in chosen)


def do(company: Company, subject: str, step: Step) -> None:
    """Do one step of the story with this subject. Flushes.

    Raises `NotTheirs` when they may not: where the company is `strict`, as it is when stories are tested.
    """
    actor = company.viewers[step.who]
    actor = replace(actor, language=step.more.get("language") or actor.language)
    scene = Scene(company, subject, actor, step)
    action, act = ACTS[step.verb]
    if company.strict and action and not permissions.can(actor, action, scene.seen):
        raise NotTheirs(f"“{subject}”: {step.who} {step.verb}")
    act(scene)
    db.session.flush()


def _says(scene: Scene) -> None:
    conversation.reply(
        scene.actor,
        scene.case_id,
        scene.text,
        scene.files,
        lane_id=scene.lane_id,
        then=scene.step.to,
        due_at=scene.due(),
    )


def _asks(scene: Scene) -> None:
    step, seen = scene.step, scene.seen
    told = {name: value for name, _label, value in page.told(seen)}
    given = [[name, str(told[name])] for name in step.more["facts"]]
    people = [scene.company.viewers[name] for name in step.more["people"]]
    question = lanes.Question(
        organization_id=scene.company.organizations[step.to],
        role="supplier" if "supplier" in people[0].relations else "partner",
        subject=step.more["subject"],
        body=scene.text,
        people=tuple(viewer.membership_id for viewer in people),
        reach=step.more["reach"],
        facts={"kind": seen.kind, "facts": given} if given else {},
        files=scene.chosen(),
        due_at=scene.due() or NEVER,
        until=scene.until(),
        confidential=step.more["confidential"],
    )
    lane = lanes.ask(scene.actor, seen.id, question, version=seen.version)
    scene.company.lanes[scene.subject, step.lane] = lane.id


def _releases(scene: Scene) -> None:
    words = scene.step.more["source"]
    read = reading.read(scene.actor, scene.seen, everything=True).messages
    source = next(said for said in read if words in said.body)
    releasing.release(
        scene.actor,
        scene.case_id,
        source.id,
        scene.talk.id,
        scene.text,
        scene.chosen({sent.id for sent in source.files}),
        then=scene.step.to,
        due_at=scene.due(),
    )


def _reschedules(scene: Scene) -> None:
    due = scene.due() or NEVER
    lanes.reschedule(scene.actor, scene.case_id, scene.talk.id, due_at=due, until=scene.until())


def _corrects(scene: Scene) -> None:
    due = scene.due() or NEVER
    handling.correct(scene.actor, scene.case_id, scene.talk.id, scene.step.to, scene.text, due)


def _asks_task(scene: Scene) -> None:
    step = scene.step
    assignee = scene.company.viewers[step.more["for"]].membership_id if step.more["for"] else None
    wanted = tasks.Wanted(
        department_id=scene.company.departments[step.to].id,
        title=step.text,
        kind=step.more["kind"],
        assignee_id=assignee,
        due_at=scene.due() or NEVER,
    )
    tasks.open_task(scene.actor, scene.case_id, wanted, version=scene.seen.version)


def _finishes(scene: Scene) -> None:
    step, begins = scene.step, scene.step.more["title"]
    known = duties(scene.actor, scene.case_id)
    task = next(each for each in known if each.title.startswith(begins) and not each.outcome)
    if step.to == "cancelled":
        may = permissions.can_cancel(scene.actor, task, scene.seen)
    else:
        may = permissions.can_finish(scene.actor, task)
    if not may:
        raise NotTheirs(f"“{scene.subject}”: {step.who} finishes “{task.title}”")
    tasks.finish(scene.actor, scene.case_id, task.id, step.to, scene.text)


def _assigns(scene: Scene) -> None:
    handling.assign(scene.actor, scene.case_id, scene.company.viewers[scene.step.to].membership_id)


def _hands_over(scene: Scene) -> None:
    department = scene.company.departments[scene.step.to]
    handling.hand_over(scene.actor, scene.case_id, department, scene.text)


ACTS: dict[str, tuple[str, Callable[[Scene], Any]]] = {
    # a verb of story.py → the action of permissions.CAN it takes, if it takes one, and how it is done
    "reads": ("", lambda scene: scene.seen),
    "says": ("reply", _says),
    "notes": ("note", lambda s: conversation.note(s.actor, s.case_id, s.text, s.files)),
    "assigns": ("assign", _assigns),
    "hands over": ("hand_over", _hands_over),
    "resolves": ("resolve", lambda s: closing.resolve(s.actor, s.case_id, s.step.to, s.text, s.files)),
    "accepts": ("accept", lambda s: closing.accept(s.actor, s.case_id)),
    "reopens": ("reopen", lambda s: closing.reopen(s.actor, s.case_id, s.text, s.files)),
    "closes": ("close", lambda s: closing.close(s.actor, s.case_id, s.text)),
    "narrows": ("narrow", lambda s: closing.narrow(s.actor, s.case_id, True)),
    "asks": ("ask", _asks),
    "releases": ("release", _releases),
    "reschedules": ("steer", _reschedules),
    "closes the lane": ("steer", lambda s: lanes.close_lane(s.actor, s.case_id, s.talk.id)),
    "revokes": ("steer", lambda s: lanes.revoke(s.actor, s.case_id, s.talk.id, s.text)),
    "corrects": ("steer", _corrects),
    "asks for a task": ("task", _asks_task),
    "finishes": ("", _finishes),
    "seals": ("seal", lambda s: secrecy.seal(s.actor, s.case_id, True, s.text, version=s.seen.version)),
    "lets in": (
        "let_in",
        lambda s: secrecy.let_in(s.actor, s.case_id, s.company.viewers[s.step.to].membership_id),
    ),
}
LEAVING = ("says", "asks", "releases", "resolves")
"""The verbs by which staff send something out: it leaves a moment later."""
