"""What is stored twice says the same, whatever people did: parties, lanes, intervals, notices."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from portal import clock
from portal.cases import closing, conversation, handling
from portal.cases.models import OUTCOMES, Case, Event, Grant, Holding, Lane, Participant, Party
from portal.cases.permissions import can
from portal.cases.seen import CaseUnknown, find
from portal.cases.visibility import audience_of
from portal.channels.models import Notice
from portal.clock import NEVER
from portal.extensions import db
from portal.identity.models import Department
from portal.identity.viewer import Viewer
from tests.cast import DEPARTMENTS, Cast

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
ACTORS = ("ana", "bruno", "rui", "carla", "sue", "fin", "sal", "mia", "ada")
QUIET = ("narrowed", "widened")
"""Who reads a case changes nothing in it: this makes it neither new nor unread to anybody."""
ASKERS = ("reply", "accept", "reopen", "narrow")
OURS = ("reply", "note", "assign", "hand_over", "resolve", "close", "reopen")

moves = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(("sender", "ana")), st.sampled_from((*ASKERS, "accept")), st.integers(0, 5)
        ),
        st.tuples(
            st.just("owner"), st.sampled_from((*OURS, "hand_over", "resolve", "resolve")), st.integers(0, 5)
        ),
        st.tuples(st.sampled_from(ACTORS), st.sampled_from((*ASKERS, *OURS)), st.integers(0, 5)),
    ),
    min_size=4,
    max_size=9,
)
A_LIFE = [
    # who does what; the number picks among what a form offers
    *(("owner", "reply", 1), ("owner", "assign", 1), ("owner", "hand_over", 1), ("owner", "note", 0)),
    *(("owner", "assign", 1), ("owner", "reply", 0), ("sender", "reply", 0), ("owner", "resolve", 1)),
    *(("sender", "reopen", 0), ("owner", "assign", 0), ("sender", "narrow", 1), ("owner", "hand_over", 2)),
    *(("owner", "resolve", 0), ("sender", "accept", 0), ("ana", "reopen", 0), ("owner", "close", 0)),
]
"""A case that meets every verb, as the random ones seldom do."""

done: dict[str, int] = {}
"""How often each verb was done: a law about nothing would hold."""


@pytest.fixture(scope="module")
def viewers(house: Cast) -> dict[str, Viewer]:
    return {name: house.viewer(name) for name in ACTORS}


def act(viewer: Viewer, case_id: int, action: str, choice: int) -> None:
    """One verb, as its view would call it; `choice` picks among what a form would offer."""
    if action == "reply":
        conversation.reply(viewer, case_id, "Words.", then=("requester", "us")[choice % 2])
    elif action == "note":
        conversation.note(viewer, case_id, "Between us.")
    elif action == "assign":
        handling.assign(viewer, case_id, viewer.membership_id if choice % 3 else None)
    elif action == "hand_over":
        own = select(Case.department_id).where(Case.id == case_id).scalar_subquery()
        others = select(Department).where(Department.code.in_(DEPARTMENTS.values()), Department.id != own)
        department = db.session.scalars(others.order_by(Department.id).offset(choice % 3)).first()
        assert department is not None
        handling.hand_over(viewer, case_id, department, "It is theirs.")
    elif action == "resolve":
        closing.resolve(viewer, case_id, OUTCOMES[choice % 5], "So it is." if choice % 2 else "")
    elif action == "close":
        closing.close(viewer, case_id, "No more.")
    elif action == "reopen":
        closing.reopen(viewer, case_id, "Not yet.")
    elif action == "accept":
        closing.accept(viewer, case_id)
    elif action == "narrow":
        closing.narrow(viewer, case_id, bool(choice % 2))


@example(sender="bruno", narrow=False, seal=True, several=A_LIFE)
@example(sender="rui", narrow=True, seal=False, several=A_LIFE)
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    sender=st.sampled_from(("ana", "bruno", "rui")), narrow=st.booleans(), seal=st.booleans(), several=moves
)
def test_copies_equal_the_truth_after_any_verbs(
    house: Cast,
    viewers: dict[str, Viewer],
    sender: str,
    narrow: bool,
    seal: bool,
    several: list[tuple[str, str, int]],
) -> None:
    moment = BEGINNING
    with clock.at(moment):
        number = house.asks(sender, only_managers=narrow)
    case_id = house.case_id(number)
    if seal:
        with house.acting():
            db.session.execute(update(Case).where(Case.id == case_id).values(confidential=True))
    for who, action, choice in several:
        moment += timedelta(hours=1 + 48 * choice)
        with clock.at(moment), house.acting():
            viewer = viewers[_name(who, sender, case_id)]
            try:
                seen = find(viewer, number)
            except CaseUnknown:
                continue
            if can(viewer, action, seen):
                try:
                    act(viewer, case_id, action, choice)
                    done[action] = done.get(action, 0) + 1
                except handling.NoMember:
                    db.session.rollback()
    with clock.at(moment + timedelta(hours=1)), house.app.app_context():
        for law in (parties_equal, activity_is_the_last_event, one_owner, intervals, told_can_read):
            law(db.session.get_one(Case, case_id))
        everybody_reads_the_same(db.session.get_one(Case, case_id), viewers)


def _name(who: str, sender: str, case_id: int) -> str:
    """Who of the cast that is by now: the sender, or the one of the department that has the case."""
    if who != "owner":
        return sender if who == "sender" else who
    code = db.session.scalars(select(Department.code).join(Case).where(Case.id == case_id)).one()
    return next(name for name, department in DEPARTMENTS.items() if department == code)


def test_the_sequences_above_did_something() -> None:
    assert set(done) == {*ASKERS, *OURS}
    assert min(done.values()) >= 3, done
    assert sum(done.values()) >= 100, done


def _all(statement: Any) -> list[Any]:
    return list(db.session.scalars(statement))


def parties_equal(case: Case) -> None:
    truth = (case.subject, case.state, case.ball, case.ball_since, case.due_at)
    for party in _all(select(Party).where(Party.case_id == case.id, Party.organization_id.is_not(None))):
        assert (party.subject, party.status, party.ball, party.ball_since, party.due_at) == truth
    lane = db.session.scalars(select(Lane).where(Lane.case_id == case.id, Lane.kind == "requester")).one()
    assert (lane.ball, lane.ball_since, lane.due_at) == (case.ball, case.ball_since, case.due_at)
    assert lane.state == ("closed" if case.state == "closed" else "open")


def activity_is_the_last_event(case: Case) -> None:
    for party in _all(select(Party).where(Party.case_id == case.id, Party.organization_id.is_not(None))):
        lanes = select(Grant.lane_id).where(Grant.party_id == party.id)
        seen = _all(
            select(Event.at)
            .where(Event.case_id == case.id, Event.lane_id.in_(lanes), Event.verb.not_in(QUIET))
            .order_by(Event.id)
        )
        assert party.activity_at == seen[-1]
    last = _all(select(Event.at).where(Event.case_id == case.id, Event.verb.not_in(QUIET)).order_by(Event.id))
    assert case.activity_at == last[-1]


def one_owner(case: Case) -> None:
    owners = _all(select(Party).where(Party.case_id == case.id, Party.role == "owner"))
    assert [owner.department_id for owner in owners] == [case.department_id]
    takes_part = _all(select(Participant.membership_id).where(Participant.case_id == case.id))
    assert len(takes_part) == len(set(takes_part))


def intervals(case: Case) -> None:
    """Per reading: one after the other from the opening on, with gaps only while the case was closed."""
    at = {verb: set() for verb in ("closed", "accepted", "reopened")}  # type: dict[str, set[datetime]]
    for event in _all(select(Event).where(Event.case_id == case.id)):
        at.get(event.verb, set()).add(event.at)
    outside = _all(select(Party.id).where(Party.case_id == case.id, Party.organization_id.is_not(None)))
    for reading in (None, *outside):
        mine = Holding.party_id.is_(None) if reading is None else Holding.party_id == reading
        held = _all(select(Holding).where(Holding.case_id == case.id, mine).order_by(Holding.began_at))
        assert held[0].began_at == case.opened_at
        for before, after in pairwise(held):
            assert before.began_at < before.ended_at <= after.began_at
            if before.ended_at == after.began_at:
                assert before.holder != after.holder
            else:
                assert before.ended_at in at["closed"] | at["accepted"]
                assert after.began_at in at["reopened"]
        still = [holding for holding in held if holding.ended_at == NEVER]
        if case.ball == "nobody":
            assert not still
        else:
            assert still == [held[-1]]
            assert (still[0].holder, still[0].began_at) == (case.ball, case.ball_since)


def told_can_read(case: Case) -> None:
    notices = _all(select(Notice).where(Notice.case_id == case.id, Notice.until > clock.now()))
    for lane in {notice.lane_id for notice in notices}:
        told = {notice.membership_id for notice in notices if notice.lane_id == lane}
        assert told <= set(db.session.scalars(audience_of(lane)))


def everybody_reads_the_same(case: Case, viewers: dict[str, Viewer]) -> None:
    """Whoever finds the case finds the same subject, state, ball and dates."""
    for name in ("ana", "bruno", "rui", "sue"):
        viewer = viewers[name]
        try:
            seen = find(viewer, case.number)
        except CaseUnknown:
            assert name != "ana", "a manager always finds it"
            continue
        assert (seen.subject, seen.state, seen.ball) == (case.subject, case.state, case.ball)
        assert (seen.ball_since, seen.due_at) == (case.ball_since, case.due_at)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_what_happened_cannot_be_changed(cast: Cast, verb: str) -> None:
    cast.asks("ana")
    statement = update(Event).values(verb="nothing") if verb == "update" else delete(Event)
    with cast.app.app_context(), pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(statement)
