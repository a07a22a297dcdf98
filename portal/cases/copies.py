"""What each copy should say: reckoned from lanes, tasks, grants and events, beside the verbs that keep them.

Copies are what a case, its parties, participants and intervals say so that lists are quick: ball, dates,
state, subject, activity.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from portal.cases.models import ASKED
from portal.cases.standing import REQUESTING
from portal.clock import NEVER

A_MINUTE = timedelta(minutes=1)
"""What is written in one request happens at moments that differ a little."""
LATELY = timedelta(minutes=10)
"""What ran out since then is still the worker's to tidy up."""
QUIET = ("narrowed", "widened", "let_in", "reasoned", "corrected", "all_done")
"""Who reads a case, who has the ball, what stands beside another event: no news to anybody."""
SECRECY = {"sealed": True, "unsealed": False}


@dataclass
class Whole:
    """The rows of one case, as they were at one moment."""

    case: Any
    moment: datetime
    lanes: list[Any] = field(default_factory=list)
    parties: list[Any] = field(default_factory=list)
    grants: list[Any] = field(default_factory=list)
    tasks: list[Any] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)
    people: list[Any] = field(default_factory=list)
    holdings: list[Any] = field(default_factory=list)
    leaving: list[Any] = field(default_factory=list)

    @property
    def main(self) -> Any:
        return next(lane for lane in self.lanes if lane.kind == "requester")

    def lanes_of(self, party: Any) -> list[Any]:
        """Those a party is let into now, oldest first."""
        mine = {
            grant.lane_id
            for grant in self.grants
            if grant.party_id == party.id and grant.begins_at <= self.moment < grant.ends_at
        }
        return [lane for lane in self.lanes if lane.id in mine]

    def ended_lately(self, party: Any) -> bool:
        since = self.moment - LATELY
        return any(g.party_id == party.id and since < g.ends_at <= self.moment for g in self.grants)


def alike(says: Any, should: Any) -> bool:
    """The same, but for a little time between two moments of the past."""
    if isinstance(says, datetime) and isinstance(should, datetime):
        return says == should or (should < NEVER and abs(says - should) < A_MINUTE)
    if isinstance(says, list | tuple) and isinstance(should, list | tuple):
        return len(says) == len(should) and all(map(alike, says, should))
    return bool(says == should)


Checked = Iterator[tuple[str, str, Any, Any]]
"""Whose copy, which column, what it says and what it should say."""


def _turn(whole: Whole, tasks: bool = True) -> tuple[str, int | None, int | None, datetime]:
    """(ball, department, organization, until when) as ours read it, or without what we owe each other."""
    case, main = whole.case, whole.main
    promised = main.due_at if main.ball == "us" else NEVER
    if case.state == "closed":
        return "nobody", None, None, NEVER
    if case.state == "new":
        return "us", case.department_id, None, main.due_at
    if tasks and whole.tasks:
        first = whole.tasks[0]
        return "us", first.department_id, None, min(first.due_at, promised)
    waiting = [lane for lane in whole.lanes if _waits(lane, case)]
    if waiting:
        lane = min(waiting, key=lambda one: (one.due_at, one.ball_since, one.id))
        organization = next(p.organization_id for p in whole.parties if p.id == lane.party_id)
        return lane.kind, None, organization, min(lane.due_at, promised)
    if main.ball == "requester":
        return "requester", None, case.organization_id, main.due_at
    return "us", case.department_id, None, main.due_at


def _waits(lane: Any, case: Any) -> bool:
    known = case.confidential or not lane.confidential
    return lane.kind in ASKED and lane.state == "open" and lane.ball == lane.kind and known


def _case(whole: Whole) -> Checked:
    case, turn = whole.case, _turn(whole)
    names = ("ball", "ball_department_id", "ball_organization_id", "due_at")
    for name, should in zip(names, turn, strict=True):
        yield "case", name, getattr(case, name), should


def _outside(whole: Whole) -> Checked:
    for party in whole.parties:
        if party.organization_id is None:
            continue
        if party.role in REQUESTING:
            reading_ = _requesting(whole)
        elif whole.ended_lately(party):
            continue
        else:
            reading_ = _asked(whole, party)
            yield party.role, "listed", party.listed, bool(whole.lanes_of(party))
        for name, should in zip(("subject", "status", "ball", "due_at"), reading_, strict=True):
            yield party.role, name, getattr(party, name), should


def _requesting(whole: Whole) -> tuple[str, str, str, datetime]:
    over, theirs = whole.main.state == "closed", whole.main.ball == "requester"
    status, ball = ("closed", "nobody") if over else (whole.case.state, _turn(whole, tasks=False)[0])
    return whole.case.subject, status, "requester" if theirs else ball, whole.main.due_at


def _asked(whole: Whole, party: Any) -> tuple[str, str, str, datetime]:
    lanes = whole.lanes_of(party)
    open_ones = [lane for lane in lanes if lane.state == "open"]
    waiting = [lane for lane in open_ones if lane.ball == lane.kind]
    subject = (open_ones or lanes)[-1].subject if lanes else party.subject
    ball = party.role if waiting else "us" if open_ones else "nobody"
    due = min((lane.due_at for lane in waiting), default=NEVER)
    return subject, "open" if open_ones else "closed", ball, due


def _inside(whole: Whole) -> Checked:
    case = whole.case
    for party in whole.parties:
        if party.organization_id is None:
            for name in ("subject", "ball", "ball_since", "due_at"):
                yield party.role, name, getattr(party, name), getattr(case, name)
            yield party.role, "status", party.status, case.state


def _activity(whole: Whole) -> Checked:
    """For each outside party the last event in its lanes; for ours the last they can all know of."""
    hidden = {lane.id for lane in whole.lanes if lane.confidential}
    party_of = {lane.id: lane.party_id for lane in whole.lanes}
    outside = {party.id: party.role for party in whole.parties if party.organization_id is not None}
    requesting = [key for key, role in outside.items() if role in REQUESTING]
    sealed, last, own = False, whole.case.opened_at, dict.fromkeys(outside)
    for event in whole.events:
        if event.verb in SECRECY:
            sealed = SECRECY[event.verb]
            continue
        if sealed or event.lane_id not in hidden:
            last = event.at
        party = party_of.get(event.lane_id)
        for key in requesting if party in requesting else [party]:
            if key is not None:
                own[key] = event.at
    yield "case", "activity_at", whole.case.activity_at, last
    roles = {party.id: party.role for party in whole.parties}
    for party in whole.parties:
        should = own.get(party.id, last)
        yield party.role, "activity_at", party.activity_at, should or party.activity_at
    for person in whole.people:
        should = own.get(person.party_id) or person.activity_at
        yield f"participant of {roles[person.party_id]}", "activity_at", person.activity_at, should


def _open_intervals(whole: Whole) -> Checked:
    """Nobody, or who has the ball now, and since when: in each reading one interval has no end yet."""
    case, still = whole.case, defaultdict(list)
    for held in whole.holdings:
        key = ("lane", held.lane_id) if held.lane_id else ("party", held.party_id)
        still[key].append((held.holder, held.department_id, held.organization_id, held.began_at))
    ours = (case.ball, case.ball_department_id, case.ball_organization_id, case.ball_since)
    yield "case", "interval", still["party", None], _held(ours)
    for party in whole.parties:
        if party.organization_id is not None:
            should = _held((party.ball, None, None, party.ball_since))
            yield party.role, "interval", still["party", party.id], should
    organizations = {party.id: party.organization_id for party in whole.parties}
    for lane in whole.lanes:
        ball = "nobody" if lane.ball == "us" else lane.ball
        should = _held((ball, None, organizations.get(lane.party_id), lane.ball_since))
        yield f"lane with the {lane.kind}", "interval", still["lane", lane.id], should


def _held(who: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    return [] if who[0] == "nobody" else [who]


CHECKS: tuple[Callable[[Whole], Checked], ...] = (_case, _outside, _inside, _activity, _open_intervals)
