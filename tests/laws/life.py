"""The life of one case: verbs of everybody in any order, each as its view would call it, if it would.

All of it happens in one transaction that is rolled back, and ends at `END`, so that a thousand lives leave
nothing behind and what asks for them is built once.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zlib import crc32

from hypothesis import strategies as st
from sqlalchemy import select, update

from portal import clock
from portal.cases import closing, conversation, handling, lanes, outgoing, releasing, secrecy, tasks
from portal.cases.casework import NotNow
from portal.cases.files import Taken
from portal.cases.models import ASKED, OUTCOMES, Case, Lane, Message, Task
from portal.cases.opening import Request
from portal.cases.permissions import REOPEN_WITHIN, can
from portal.cases.seen import CaseUnknown, find
from portal.cases.sharing import Chosen, plain_name
from portal.cases.talks import duties
from portal.cases.visibility import lanes_for, messages_for
from portal.clock import NEVER
from portal.extensions import db
from portal.identity.models import Department, Organization
from portal.identity.viewer import Viewer
from portal.routing.intake import submit
from tests.cast import DEPARTMENTS, EVERYBODY, ORGANIZATIONS, PEOPLE, Cast

END = datetime(2026, 9, 1, 10, tzinfo=UTC)
SECONDS, HOUR, DAY = timedelta(seconds=5), timedelta(hours=1), timedelta(days=1)
WAITS = (SECONDS, SECONDS, HOUR, 3 * HOUR, DAY, 3 * DAY, 15 * DAY)
ASKABLE = ("ferrum", "borealis", "adriatic", "lumen")
REFUSED = (
    NotNow,
    handling.NoMember,
    handling.SameDepartment,
    lanes.NobodyThere,
    lanes.EndsTooSoon,
    secrecy.AlreadyIn,
    releasing.ReleasedAlready,
)

Deed = tuple[str, str]
"""Who does what: a name of the cast, `owner`, `sender`, `asked`, `worker`; and a verb of the tables below."""
Move = tuple[Deed | int, int, int]
"""A deed, or a number that picks one of those that can be done then; which of the lanes, people or dates
there are; and how long after the move before (an index of `WAITS`)."""

OURS = {
    # what staff do → the action of the table of permissions that allows it
    "ask": "ask",
    "write": "reply",
    "answer": "reply",
    "note": "note",
    "release": "release",
    "task": "task",
    "finish": "note",
    "assign": "assign",
    "hand_over": "hand_over",
    "resolve": "resolve",
    "close": "close",
    "reopen": "reopen",
    "seal": "seal",
    "let_in": "let_in",
    "reschedule": "steer",
    "close_lane": "steer",
    "revoke": "steer",
    "correct": "steer",
    "take_back": "",
}
THEIRS = {"write": "reply", "answer": "reply", "accept": "accept", "reopen": "reopen", "narrow": "narrow"}
WORK = ("leave", "expire", "run_out")
VERBS = {*OURS, *THEIRS, *WORK}

# What a life is made of, each as often as it is to happen.
ALWAYS = [
    *(("owner", verb) for verb in ("note", "seal", "release", "correct")),
    *(("mia", "note"), ("sender", "narrow"), ("rui", "answer")),
    *(("worker", "leave"), ("worker", "expire")),
]
UNFINISHED = [
    *(("owner", verb) for verb in ("ask", "ask", "ask", "task", "task", "assign", "hand_over", "hand_over")),
    *(
        ("owner", "resolve"),
        ("owner", "resolve"),
        ("fin", "ask"),
        ("sal", "ask"),
        ("mia", "task"),
        ("fin", "assign"),
    ),
]
FINISHED = [("sender", "reopen"), ("owner", "reopen"), ("ana", "reopen")]
NOT_CLOSED = [("owner", "answer"), ("sender", "answer"), ("ana", "answer"), ("owner", "close")]
WITH_LANES = [
    *(("asked", "write"),) * 6,
    *(("owner", verb) for verb in ("write", "write", "release", "release", "revoke", "close_lane")),
    *(("owner", verb) for verb in ("reschedule", "reschedule", "revoke", "correct")),
    *(("fin", "release"), ("sal", "write")),
]


def _spread(numbers: list[int]) -> list[Move]:
    """Numbers made into moves: hypothesis likes small and equal ones, which would be the same few deeds."""
    found: list[Move] = []
    for place, number in enumerate(numbers):
        several = crc32(f"{place} {number} {len(numbers)}".encode())
        found.append((several % 9973, several // 9973 % 12, several // 119_676 % len(WAITS)))
    return found


moves = st.lists(st.integers(0, 2**24), min_size=4, max_size=7).map(_spread)


def viewers(cast: Cast) -> dict[str, Viewer]:
    return {name: cast.viewer(name) for name in EVERYBODY}


def places(cast: Cast) -> dict[str, int]:
    """The outside organizations by name."""
    with cast.app.app_context():
        rows = select(Organization.name, Organization.id).where(~Organization.ours)
        return dict(db.session.execute(rows).all())


@contextmanager
def transaction(cast: Cast, grace: int) -> Iterator[None]:
    """One that leaves nothing behind. grace: seconds until what staff send leaves."""
    config = cast.app.config
    before, config["SETTINGS"] = config["SETTINGS"], replace(config["SETTINGS"], undo_seconds=grace)
    try:
        with cast.app.test_request_context("/", method="HEAD"):
            try:
                yield
            finally:
                db.session.rollback()
    finally:
        config["SETTINGS"] = before


@dataclass
class Life:
    """One case and everybody who does something to it. done: how often each verb was done.

    To be lived in an app context, without a commit.
    """

    cast: dict[str, Viewer]
    places: dict[str, int]
    done: Counter[str]
    sender: str
    case_id: int = 0
    number: str = ""
    choice: int = 0
    lanes: dict[int, str] = field(default_factory=dict)
    log: list[tuple[str, str, int, datetime]] = field(default_factory=list)

    def live(
        self, several: Sequence[Move], rest: timedelta, each: Callable[[int], None] | None = None
    ) -> None:
        """Open the case and do all of it, so that it is over `rest` before `END`.

        each: is called with the case after every move
        """
        moment = END - rest - sum((WAITS[wait] for _, _, wait in several), timedelta())
        with clock.at(moment):
            self.open(len(several) % 3 == 0)
        for deed, choice, wait in several:
            moment += WAITS[wait]
            self.choice = choice
            if WAITS[wait] > SECONDS and choice % 4 and self.lanes:  # mostly the worker was there meanwhile
                with clock.at(moment - timedelta(seconds=1)):
                    self.work()
            with clock.at(moment):
                who, verb = deed if isinstance(deed, tuple) else self._possible(deed)
                self.log.append((who, verb, choice, moment))
                self.do(who, verb)
                if each is not None:
                    each(self.case_id)

    def open(self, claims: bool) -> None:
        viewer = self.cast[self.sender]
        words = {"subject": f"{viewer.organization_name}: lot 7", "body": f"It broke. Yours, {viewer.name}"}
        claim = {"answers": {"amount": "1846", "currency": "EUR", "serial": "2609-B"}}
        asked = Request(kind="complaint", **words, **claim) if claims else Request("support_request", **words)
        case = submit(viewer, asked)
        self.case_id, self.number = case.id, case.number

    def work(self) -> None:
        """The worker's round."""
        self.done["leave"] += outgoing.leave_due()
        self.done["expire"] += lanes.expire_due()
        db.session.flush()
        db.session.expunge_all()

    def _possible(self, number: int) -> Deed:
        """One of the deeds that have something to be done to now, whether they are allowed or not."""
        if not self.log and number % 4:
            return "owner", "ask"
        row = select(Case.state, Case.confidential, Lane.state, Case.resolved_at)
        row = row.join(Lane, Lane.case_id == Case.id)
        row = row.where(Case.id == self.case_id, Lane.kind == "requester")
        state, confidential, main, resolved_at = db.session.execute(row).one()
        talks = select(Lane.id).where(
            Lane.case_id == self.case_id, Lane.kind.in_(ASKED), Lane.state == "open"
        )
        duties_ = select(Department.code).join(Task, Task.department_id == Department.id)
        owing = db.session.scalars(duties_.where(Task.case_id == self.case_id, Task.outcome == "")).all()
        waiting = (
            select(Message.id).join(Lane, Lane.id == Message.lane_id).where(Lane.case_id == self.case_id)
        )
        pending = db.session.scalars(waiting.where(Message.follows.is_not(None))).all()
        found = [*ALWAYS]
        found += UNFINISHED if state in ("new", "open") else FINISHED
        found += NOT_CLOSED if state != "closed" else []
        found += WITH_LANES if db.session.scalars(talks).all() else []
        found += [("owner", "let_in")] * (7 if confidential else 0)
        if state == "resolved" and main == "open":
            late = clock.now() >= resolved_at + REOPEN_WITHIN
            found += [("worker", "run_out")] * 9 if late else [("sender", "accept"), ("ana", "accept")] * 3
        found += [("owner", "take_back")] * (6 if pending else 0)
        found += [(name, "finish") for name, code in DEPARTMENTS.items() if code in owing] * 6
        who, verb = found[number % len(found)]
        return (self.sender if who == "ana" and self.sender in ("carla", "pavel") else who), verb

    def do(self, who: str, verb: str) -> None:
        """The verb, if the one who does it sees the case, may do it, and finds something to do it to."""
        deed = self._deed(who, verb)
        if deed is None:
            return
        try:
            with db.session.begin_nested():
                if deed() is not None:
                    self.done[verb] += 1
        except REFUSED:
            self.done["refused"] += 1
        db.session.expunge_all()

    def _deed(self, who: str, verb: str) -> Callable[[], Any] | None:
        if who == "worker":
            return partial(_worked, verb)
        viewer = self._viewer(who)
        if who == "owner":  # always sees it, and may all of it that the verb lets them
            return partial(getattr(self, f"_{verb}"), viewer)
        allowed = (OURS if viewer.is_staff else THEIRS).get(verb)
        try:
            seen = find(viewer, self.number)
        except CaseUnknown:
            return None
        if allowed is None or (allowed and not can(viewer, allowed, seen)):
            return None
        return partial(getattr(self, f"_{verb}"), viewer)

    def _viewer(self, who: str) -> Viewer:
        """Who of the cast that is by now."""
        if who == "owner":
            code = (
                select(Department.code)
                .join(Case, Case.department_id == Department.id)
                .where(Case.id == self.case_id)
            )
            owner = db.session.scalars(code).one()
            return self.cast[next(n for n, department in DEPARTMENTS.items() if department == owner)]
        if who == "asked":
            asked = sorted(set(self.lanes.values())) or ["sofia"]
            return self.cast[asked[self.choice % len(asked)]]
        return self.cast[self.sender if who == "sender" else who]

    def _pick(self, found: Any) -> Any:
        every = list(db.session.scalars(found))
        return every[self.choice % len(every)] if every else None

    def _lane(self, viewer: Viewer) -> Lane | None:
        """One of the lanes of those who were asked that the viewer reads."""
        found: Lane | None = self._pick(lanes_for(viewer, self.case_id).where(Lane.kind.in_(ASKED)))
        return found

    # ── what they do ──

    def _ask(self, viewer: Viewer) -> object:
        place = ASKABLE[self.choice % 4]
        people = [name for name, (_, places, _) in PEOPLE.items() if place in places]
        chosen = people[self.choice % len(people)]
        days = (None, 2, 30)[self.choice % 3]
        until = clock.now() + days * DAY if days else NEVER
        name = ORGANIZATIONS[place][0]
        question = lanes.Question(
            organization_id=self.places[name],
            role="supplier" if place in ("ferrum", "borealis") else "partner",
            subject=f"{name}: housing {self.choice}",
            body=f"Dear {PEOPLE[chosen][0]} of {name}, what is it?",
            people=(self.cast[chosen].membership_id,),
            reach=("organization", "managers")[self.choice % 2],
            facts={"kind": "complaint", "facts": [["serial", "2609-B"]]} if self.choice % 2 else {},
            due_at=clock.now() + DAY if self.choice % 4 else NEVER,
            until=until,
            confidential=self.choice > 8,
        )
        lane = lanes.ask(viewer, self.case_id, question)
        self.lanes[lane.id] = chosen
        return lane

    def _write(self, viewer: Viewer) -> object:
        lane = self._lane(viewer)
        if lane is None:
            return None
        files = (Taken(f"{viewer.organization_name}.txt", "text/plain", 4, b"lot\n"),)
        words = f"{viewer.name} of {viewer.organization_name}"
        if viewer.is_staff:  # who names in a lane whom it is with
            words = f"{db.session.get_one(Organization, self._with(lane)).name}: when?"
        return conversation.reply(
            viewer,
            self.case_id,
            words,
            files if not viewer.is_staff and self.choice % 3 == 0 else (),
            lane_id=lane.id,
            then=("them", "us")[self.choice % 2],
            due_at=clock.now() + 2 * DAY if self.choice % 3 else None,
        )

    def _with(self, lane: Lane) -> int:
        return self.cast[self.lanes[lane.id]].organization_id

    def _answer(self, viewer: Viewer) -> object:
        words = "Which lot?" if viewer.is_staff else f"{viewer.name} of {viewer.organization_name}"
        then = ("them", "us")[self.choice % 2]
        return conversation.reply(viewer, self.case_id, words, then=then)

    def _note(self, viewer: Viewer) -> object:
        everybody = ", ".join([*self.places, *(name for name, _, _ in PEOPLE.values())])
        return conversation.note(viewer, self.case_id, f"Between us: {everybody}.")

    def _release(self, viewer: Viewer) -> object:
        source = self._pick(messages_for(viewer, self.case_id).order_by(Message.id.desc()).limit(4))
        found = lanes_for(viewer, self.case_id).where(Lane.kind != "internal", Lane.state == "open")
        lane = self._pick(found.where(Lane.id != source.lane_id))
        if lane is None:
            return None
        files = [Chosen(each, plain_name(each, n)) for n, each in enumerate(releasing.files_of(source), 1)]
        then = ("us", "them")[self.choice % 2]
        words = f"Released {self.choice}."
        return releasing.release(viewer, self.case_id, source.id, lane.id, words, tuple(files), then=then)

    def _task(self, viewer: Viewer) -> object:
        code = tuple(DEPARTMENTS.values())[self.choice % 4]
        department = db.session.scalars(select(Department.id).where(Department.code == code)).one()
        due = clock.now() + DAY if self.choice % 3 else NEVER
        assignee = self.cast["fin"].membership_id if code == "finance" and self.choice % 2 else None
        wanted = tasks.Wanted(department, "Check the credit", assignee_id=assignee, due_at=due)
        return tasks.open_task(viewer, self.case_id, wanted)

    def _finish(self, viewer: Viewer) -> object:
        mine = [task for task in duties(viewer, self.case_id) if not task.outcome]
        mine = [task for task in mine if task.department_id in viewer.departments] or mine[: self.choice % 2]
        if not mine:
            return None
        theirs = mine[0].department_id in viewer.departments
        seen = find(viewer, self.number)
        if not theirs and not can(viewer, "task", seen):
            return None
        outcome = "done" if theirs else "cancelled"
        return tasks.finish(viewer, self.case_id, mine[0].id, outcome, "So it is.")

    def _assign(self, viewer: Viewer) -> object:
        return handling.assign(viewer, self.case_id, viewer.membership_id if self.choice % 3 else None)

    def _hand_over(self, viewer: Viewer) -> object:
        code = tuple(DEPARTMENTS.values())[self.choice % 4]
        department = db.session.scalars(select(Department).where(Department.code == code)).one()
        return handling.hand_over(viewer, self.case_id, department, "It is theirs.")

    def _resolve(self, viewer: Viewer) -> object:
        words = "So it is." if self.choice % 2 else ""
        return closing.resolve(viewer, self.case_id, OUTCOMES[self.choice % 5], words)

    def _close(self, viewer: Viewer) -> object:
        return closing.close(viewer, self.case_id, "No more.")

    def _reopen(self, viewer: Viewer) -> object:
        return closing.reopen(viewer, self.case_id, "Not yet.")

    def _accept(self, viewer: Viewer) -> object:
        return closing.accept(viewer, self.case_id)

    def _narrow(self, viewer: Viewer) -> object:
        closing.narrow(viewer, self.case_id, bool(self.choice % 2))
        return True

    def _seal(self, viewer: Viewer) -> object:
        confidential = db.session.scalars(select(Case.confidential).where(Case.id == self.case_id)).one()
        return secrecy.seal(viewer, self.case_id, not confidential, "It is about a person.")

    def _let_in(self, viewer: Viewer) -> object:
        colleague = ("sal", "mia", "ada", "fin")[self.choice % 4]
        return secrecy.let_in(viewer, self.case_id, self.cast[colleague].membership_id)

    def _reschedule(self, viewer: Viewer) -> object:
        lane = self._lane(viewer)
        due, until = clock.now() + 2 * DAY, clock.now() + 4 * DAY if self.choice % 2 else NEVER
        return lane and lanes.reschedule(viewer, self.case_id, lane.id, due_at=due, until=until)

    def _close_lane(self, viewer: Viewer) -> object:
        lane = self._lane(viewer)
        return lane and lanes.close_lane(viewer, self.case_id, lane.id)

    def _revoke(self, viewer: Viewer) -> object:
        lane = self._lane(viewer)
        return lane and lanes.revoke(viewer, self.case_id, lane.id, "They told others.")

    def _correct(self, viewer: Viewer) -> object:
        lane = self._pick(lanes_for(viewer, self.case_id).where(Lane.kind != "internal"))
        to, due = ("them", "us")[self.choice % 2], clock.now() + DAY
        return lane and handling.correct(viewer, self.case_id, lane.id, to, "They said so.", due)

    def _take_back(self, viewer: Viewer) -> object:
        mine = select(Message).join(Lane, Lane.id == Message.lane_id).where(Lane.case_id == self.case_id)
        message = self._pick(
            mine.where(Message.author_id == viewer.membership_id, Message.visible_from > clock.now())
        )
        return message and outgoing.take_back(viewer, self.case_id, message.id)


def _worked(work: str) -> object:
    """One of the worker's jobs; None when there was nothing to do."""
    jobs = {"leave": outgoing.leave_due, "expire": lanes.expire_due, "run_out": closing.close_unanswered}
    return jobs[work]() or None


def merge(case_id: int) -> None:
    """The case is one with another from now on, for ours: no verb does it yet, nor matters which."""
    db.session.execute(update(Case).where(Case.id == case_id).values(merged_into_id=case_id))
    db.session.expunge_all()
