"""What is stored twice must be what follows from lanes, tasks and grants: reckoned here once more by hand.

The rule (of the field): an open task → its department; else an outside lane we wait for, the first date
first → that party; else whoever the requester's lane waits for. Until our first act it is the owner's. A
confidential lane in an open case counts for nobody.
"""

from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from portal.cases.models import (
    ASKED,
    Case,
    Event,
    Grant,
    Holding,
    Lane,
    Message,
    Participant,
    Party,
    Task,
)
from portal.clock import NEVER, now
from portal.extensions import db

REQUESTING = ("requester", "agent")
QUIET = ("narrowed", "widened", "sealed", "unsealed", "let_in", "reasoned", "corrected", "all_done")
"""Who reads a case, who has the ball, what stands beside another event: nothing that is news to anybody."""


def _all(statement: Any) -> list[Any]:
    return list(db.session.scalars(statement))


class Truth:
    """The rows of one case as they are now."""

    def __init__(self, case_id: int) -> None:
        db.session.flush()
        db.session.expunge_all()
        self.case = db.session.get_one(Case, case_id)
        self.lanes = _all(select(Lane).where(Lane.case_id == case_id).order_by(Lane.id))
        self.main = next(lane for lane in self.lanes if lane.kind == "requester")
        self.asked = [lane for lane in self.lanes if lane.kind in ASKED]
        self.parties = _all(select(Party).where(Party.case_id == case_id).order_by(Party.id))
        self.tasks = _all(select(Task).where(Task.case_id == case_id).order_by(Task.due_at, Task.id))
        self.holdings = _all(
            select(Holding).where(Holding.case_id == case_id).order_by(Holding.began_at, Holding.id)
        )
        self.events = _all(select(Event).where(Event.case_id == case_id).order_by(Event.id))
        inside = [lane.id for lane in self.lanes]
        self.grants = _all(select(Grant).where(Grant.lane_id.in_(inside)))
        self.messages = _all(select(Message).where(Message.lane_id.in_(inside)))
        self.people = _all(select(Participant).where(Participant.case_id == case_id))

    def organization(self, lane: Lane) -> int | None:
        return next(party.organization_id for party in self.parties if party.id == lane.party_id)

    def lanes_of(self, party: Party) -> list[Lane]:
        """Those it is let into now, oldest first."""
        moment = now()
        mine = {
            g.lane_id for g in self.grants if g.party_id == party.id and g.begins_at <= moment < g.ends_at
        }
        return [lane for lane in self.lanes if lane.id in mine]

    def turn(self, tasks: bool = True) -> tuple[str, int | None, int | None, datetime]:
        """(ball, department, organization, until when) as ours read it, or without what we owe each other."""
        case, main = self.case, self.main
        promised = main.due_at if main.ball == "us" else NEVER
        owed = [task for task in self.tasks if not task.outcome and task.asked_by_id is not None]
        known = [lane for lane in self.asked if case.confidential or not lane.confidential]
        waiting = [lane for lane in known if lane.state == "open" and lane.ball == lane.kind]
        if case.state == "closed":
            return "nobody", None, None, NEVER
        if case.state == "new":
            return "us", case.department_id, None, main.due_at
        if owed and tasks:
            return "us", owed[0].department_id, None, min(owed[0].due_at, promised)
        if waiting:
            first = sorted(waiting, key=lambda lane: (lane.due_at, lane.ball_since, lane.id))[0]
            return first.kind, None, self.organization(first), min(first.due_at, promised)
        if main.ball == "requester":
            return "requester", None, case.organization_id, main.due_at
        return "us", case.department_id, None, main.due_at

    def own(self, party: Party) -> tuple[str, str, str, datetime]:
        """(subject, status, ball, until when) as one of the outside parties reads it."""
        if party.role in REQUESTING:
            over = self.main.state == "closed"
            theirs = self.main.ball == "requester"  # whoever else is waited for
            status, ball = ("closed", "nobody") if over else (self.case.state, self.turn(tasks=False)[0])
            return self.case.subject, status, "requester" if theirs else ball, self.main.due_at
        lanes = self.lanes_of(party)
        open_ones = [lane for lane in lanes if lane.state == "open"]
        waiting = [lane for lane in open_ones if lane.ball == lane.kind]
        subject = (open_ones or lanes)[-1].subject if lanes else party.subject
        ball = party.role if waiting else "us" if open_ones else "nobody"
        dates = [lane.due_at for lane in waiting]
        return subject, "open" if open_ones else "closed", ball, min(dates, default=NEVER)

    def outside(self) -> list[Party]:
        return [party for party in self.parties if party.organization_id is not None]


def case_equals(truth: Truth) -> None:
    case = truth.case
    found = (case.ball, case.ball_department_id, case.ball_organization_id, case.due_at)
    assert found == truth.turn()
    if case.state == "closed":
        assert truth.main.state == "closed"
        assert not [task for task in truth.tasks if not task.outcome]
        assert not [lane for lane in truth.asked if lane.state == "open"]
    if case.state == "resolved" and truth.main.state == "closed":
        assert [t for t in truth.tasks if not t.outcome] or [x for x in truth.asked if x.state == "open"]


def parties_equal(truth: Truth) -> None:
    case = truth.case
    for party in truth.outside():
        assert (party.subject, party.status, party.ball, party.due_at) == truth.own(party), party.role
        if party.role in ASKED:
            assert party.listed == bool(truth.lanes_of(party))
    for party in truth.parties:
        if party.organization_id is None:
            read = (party.subject, party.status, party.ball, party.ball_since, party.due_at)
            assert read == (case.subject, case.state, case.ball, case.ball_since, case.due_at), party.role


def lanes_are_in_order(truth: Truth) -> None:
    for lane in truth.lanes:
        if lane.kind == "internal":
            assert (lane.party_id, lane.state) == (None, "open")
            continue
        party = next(party for party in truth.parties if party.id == lane.party_id)
        assert party.role == lane.kind
        assert (lane.ball == "nobody") == (lane.state == "closed") or not _left(truth, lane)
        outsiders = {p.id for p in truth.outside()}
        assert {grant.party_id for grant in truth.grants if grant.lane_id == lane.id} & outsiders <= {
            party.id
        }
    inside = [lane.id for lane in truth.lanes if lane.kind == "internal"]
    outsiders = {party.id for party in truth.outside()}
    assert not [g for g in truth.grants if g.lane_id in inside and g.party_id in outsiders]


def _left(truth: Truth, lane: Lane) -> bool:
    """Whether anything was ever said in the lane; a question that was taken back leaves an empty one."""
    return any(said.lane_id == lane.id and said.visible_from <= now() for said in truth.messages)


def activity_is_the_last_event(truth: Truth) -> None:
    """For each party the last in its lanes; for ours the last they can all know of."""
    confidential = {lane.id: lane.confidential for lane in truth.lanes}
    sealed, last = False, truth.case.opened_at
    own = {party.id: None for party in truth.outside()}  # type: dict[int, datetime | None]
    party_of = {lane.id: lane.party_id for lane in truth.lanes if lane.party_id is not None}
    requesting = [party.id for party in truth.outside() if party.role in REQUESTING]
    for event in truth.events:
        sealed = {"sealed": True, "unsealed": False}.get(event.verb, sealed)
        if event.verb in QUIET:
            continue
        if sealed or not confidential.get(event.lane_id or 0, False):
            last = event.at
        party = party_of.get(event.lane_id or 0)
        for key in requesting if party in requesting else [party]:
            if key is not None:
                own[key] = event.at
    assert truth.case.activity_at == last
    for party in truth.parties:
        wanted = own.get(party.id, last)
        if wanted is not None:
            assert party.activity_at == wanted, party.role
    for person in truth.people:
        wanted = own.get(person.party_id)
        if wanted is not None:
            assert person.activity_at == wanted, "a participant's copy"


def one_owner(truth: Truth) -> None:
    owners = [party for party in truth.parties if party.role == "owner"]
    assert [owner.department_id for owner in owners] == [truth.case.department_id]
    takes_part = [person.membership_id for person in truth.people]
    assert len(takes_part) == len(set(takes_part))


def the_case_reaches_its_owner(truth: Truth) -> None:
    """The department that has the case is let into every lane, confidential or not."""
    owner = next(party for party in truth.parties if party.role == "owner")
    assert {lane.id for lane in truth.lanes_of(owner)} == {lane.id for lane in truth.lanes}


def nobody_is_let_in_for_a_task_that_is_over(truth: Truth) -> None:
    over = {task.id for task in truth.tasks if task.outcome}
    moment = now()
    assert not [grant for grant in truth.grants if grant.task_id in over and grant.ends_at > moment]
    for task in truth.tasks:
        if not task.outcome:
            lanes = [g.lane_id for g in truth.grants if g.task_id == task.id and g.ends_at > moment]
            assert lanes == [task.lane_id]


ENDS = ("closed", "accepted", "ran_out", "task_done", "lane_closed", "revoked", "expired")


def intervals(truth: Truth) -> None:
    """Per reading one after the other; ours and the requester's without gaps but while it was closed."""
    case = truth.case
    ours = [h for h in truth.holdings if h.party_id is None and h.lane_id is None]
    _in_a_row(ours, case.opened_at, truth)
    _ends_with(ours, (case.ball, case.ball_department_id, case.ball_organization_id), case.ball_since)
    for party in truth.outside():
        held = [h for h in truth.holdings if h.party_id == party.id and h.lane_id is None]
        assert not [h for h in held if h.department_id or h.organization_id], "they know roles only"
        if party.role in REQUESTING:
            _in_a_row(held, case.opened_at, truth)
        else:
            _in_a_row(held, None, truth)
            assert not held or held[0].began_at >= (party.asked_at or case.opened_at)
        _ends_with(held, (party.ball, None, None), party.ball_since)
    for lane in truth.lanes:
        waits = [h for h in truth.holdings if h.lane_id == lane.id]
        assert not [h for h in waits if h.party_id is not None or h.department_id is not None]
        assert {(h.holder, h.organization_id) for h in waits} <= {(lane.kind, _place(truth, lane))}
        for before, after in pairwise(waits):
            assert before.began_at <= before.ended_at <= after.began_at
        ball = lane.ball if lane.ball not in ("us", "nobody") else "nobody"
        _ends_with(waits, (ball, None, _place(truth, lane)), lane.ball_since)


def _place(truth: Truth, lane: Lane) -> int | None:
    return truth.organization(lane) if lane.party_id is not None else None


def _in_a_row(held: list[Holding], opened: datetime | None, truth: Truth) -> None:
    """No two at once; two that touch differ; when it `opened` somewhere, gaps are while it was closed."""
    if opened is not None:
        assert held[0].began_at == opened
    ended = {event.at for event in truth.events if event.verb in ENDS}
    again = {event.at for event in truth.events if event.verb == "reopened"}
    for before, after in pairwise(held):
        assert before.began_at <= before.ended_at <= after.began_at
        if before.ended_at == after.began_at:
            at_once = before.began_at == before.ended_at or before.ended_at in ended
            assert at_once or _who(before) != _who(after)
        elif opened is not None:
            assert before.ended_at in ended
            assert after.began_at in again


def _who(held: Holding) -> tuple[str, int | None, int | None]:
    return held.holder, held.department_id, held.organization_id


def _ends_with(held: list[Holding], who: tuple[str, int | None, int | None], since: datetime) -> None:
    """At most the last one is still open, and it is this one."""
    still = [each for each in held if each.ended_at == NEVER]
    if who[0] == "nobody":
        assert not still
    else:
        assert still == held[-1:]
        assert (_who(still[0]), still[0].began_at) == (who, since)


LAWS = (
    case_equals,
    parties_equal,
    lanes_are_in_order,
    activity_is_the_last_event,
    one_owner,
    the_case_reaches_its_owner,
    nobody_is_let_in_for_a_task_that_is_over,
    intervals,
)


def hold(case_id: int) -> Truth:
    """Ask all of it of a case."""
    truth = Truth(case_id)
    for law in LAWS:
        law(truth)
    return truth
