"""What is stored twice says the same after every verb: case, parties, lanes, intervals, notices."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from portal import clock
from portal.cases.models import Event
from portal.cases.seen import CaseUnknown, find
from portal.cases.visibility import audience_of
from portal.channels.models import Notice
from portal.extensions import db
from portal.identity.viewer import Viewer
from tests.cast import Cast
from tests.laws import life, reckoning
from tests.laws.life import HOUR, Life, Move, moves
from tests.laws.reckoning import Truth

US, HOURS, LONG = "owner", 2, 6

A_LIFE: list[Move] = [
    # who does what; the number picks among lanes, people and dates; how long after the one before
    *(
        ((US, "answer"), 0, HOURS),
        ((US, "assign"), 1, HOURS),
        ((US, "ask"), 0, HOURS),
        ((US, "note"), 0, HOURS),
    ),
    *((("asked", "write"), 0, HOURS), ((US, "release"), 0, HOURS), (("sender", "answer"), 0, HOURS)),
    *(
        ((US, "hand_over"), 1, HOURS),
        ((US, "ask"), 5, HOURS),
        ((US, "task"), 0, HOURS),
        (("sue", "finish"), 0, HOURS),
    ),
    *(((US, "correct"), 1, HOURS), ((US, "reschedule"), 1, HOURS), ((US, "write"), 0, HOURS)),
    *(
        ((US, "seal"), 0, HOURS),
        ((US, "let_in"), 1, HOURS),
        ((US, "ask"), 2, HOURS),
        ((US, "revoke"), 2, HOURS),
    ),
    *(((US, "resolve"), 1, HOURS), (("sender", "accept"), 0, HOURS), ((US, "close_lane"), 0, HOURS)),
    *(((US, "close_lane"), 1, HOURS), (("sender", "reopen"), 0, HOURS), ((US, "seal"), 0, HOURS)),
    *((("sender", "narrow"), 1, HOURS), ((US, "close"), 0, HOURS), ((US, "reopen"), 0, HOURS)),
    *(((US, "resolve"), 0, HOURS), (("worker", "run_out"), 0, LONG), (("ana", "reopen"), 0, HOURS)),
]
"""A case that meets nearly every verb, as the random ones seldom do."""
TIME_PASSES: list[Move] = [
    *(
        ((US, "ask"), 1, HOURS),
        ((US, "ask"), 4, HOURS),
        (("asked", "write"), 1, HOURS),
        ((US, "resolve"), 1, HOURS),
    ),
    *((("sender", "accept"), 0, HOURS), (("worker", "expire"), 0, LONG), ((US, "close_lane"), 0, HOURS)),
    *((("worker", "expire"), 0, LONG), (("worker", "expire"), 0, LONG)),
]
"""Two are asked until a date, the requester agrees, and the case closes once the last of them is gone."""
WHISPERS: list[Move] = [
    *(
        ((US, "ask"), 9, HOURS),
        (("asked", "write"), 0, HOURS),
        ((US, "write"), 0, HOURS),
        ((US, "ask"), 2, HOURS),
    ),
    *(((US, "task"), 1, HOURS), ((US, "correct"), 1, HOURS), ((US, "reschedule"), 0, HOURS)),
    *(((US, "release"), 0, HOURS), ((US, "hand_over"), 1, HOURS), ((US, "revoke"), 0, HOURS)),
]
"""A confidential lane in an open case moves nothing that all of ours can see."""


@pytest.fixture(scope="module")
def cast(house: Cast) -> dict[str, Viewer]:
    return life.viewers(house)


@pytest.fixture(scope="module")
def places(house: Cast) -> dict[str, int]:
    return life.places(house)


@pytest.mark.parametrize("several", [A_LIFE, TIME_PASSES, WHISPERS], ids=["all", "time", "whispers"])
@pytest.mark.parametrize("sender", ["bruno", "pavel"])
def test_copies_equal_the_truth_after_each_verb(
    house: Cast, cast: dict[str, Viewer], places: dict[str, int], several: list[Move], sender: str
) -> None:
    done = Counter[str]()
    one = Life(cast, places, done, sender)
    with life.transaction(house, grace=0):
        one.live(several, HOUR, each=lambda case_id: equal(case_id, one))
    assert done.total() >= len(several) - 4, done


@pytest.mark.parametrize("grace", [0, 15])
def test_copies_equal_the_truth_after_any_verbs(
    house: Cast, cast: dict[str, Viewer], places: dict[str, int], grace: int
) -> None:
    @seed(grace)
    @settings(
        max_examples=12,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(several=moves)
    def live(several: list[Move]) -> None:
        one = Life(cast, places, done, ("bruno", "rui", "carla")[len(several) % 3])
        with life.transaction(house, grace):
            one.live(several, HOUR, each=lambda case_id: equal(case_id, one))

    done = Counter[str]()
    live()
    assert done.total() > 40, done


def equal(case_id: int, one: Life) -> None:
    """Everything that is stored twice, once the worker has been there."""
    one.work()
    truth = reckoning.hold(case_id)
    told_can_read(truth)
    everybody_reads_what_is_theirs(truth, one)


def told_can_read(truth: Truth) -> None:
    notices = list(
        db.session.scalars(select(Notice).where(Notice.case_id == truth.case.id, Notice.until > clock.now()))
    )
    for lane in {notice.lane_id for notice in notices}:
        told = {notice.membership_id for notice in notices if notice.lane_id == lane}
        assert told <= set(db.session.scalars(audience_of(lane)))


def everybody_reads_what_is_theirs(truth: Truth, one: Life) -> None:
    """Whoever finds the case finds the subject, state, ball and dates of their side."""
    case = truth.case
    parties = {party.organization_id: party for party in truth.outside()}
    for name in ("ana", "rui", "pavel", "sofia", "tomas", "petra", "sue", "fin"):
        viewer = one.cast[name]
        try:
            seen = find(viewer, case.number)
        except CaseUnknown:
            continue
        found = (seen.subject, seen.state, seen.ball, seen.ball_since, seen.due_at)
        if viewer.is_staff:
            assert found == (case.subject, case.state, case.ball, case.ball_since, case.due_at)
        else:
            own = parties[viewer.organization_id]
            assert found == (own.subject, own.status, own.ball, own.ball_since, own.due_at)
            assert (seen.department, seen.kind) == ("", "") or own.role in reckoning.REQUESTING


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_what_happened_cannot_be_changed(house: Cast, verb: str) -> None:
    house.asks("ana")
    statement = update(Event).values(verb="nothing") if verb == "update" else delete(Event)
    with house.app.app_context(), pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(statement)
