"""Two thousand lives of a case, verbs of everybody in any order: who reads, who is told, what is copied."""

import gc
from collections import Counter
from typing import Any

import pytest
from flask import g, render_template
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, bindparam, literal, select, union_all

from portal import clock
from portal.cases import lists, page, reading, words
from portal.cases.models import Lane, Message
from portal.cases.seen import CaseUnknown, find
from portal.cases.views import _forms
from portal.cases.visibility import audience_of, cases_for, lanes_for, messages_for
from portal.channels import composing, notices
from portal.channels.models import Notice
from portal.extensions import db
from portal.identity.viewer import Viewer
from tests.cast import OUTSIDERS, STAFF, Cast
from tests.laws import life, reckoning
from tests.laws.life import END, HOUR, SECONDS, Life, Move, moves
from tests.laws.truth import foreign_names, named

SHARDS = 8
EACH = 250
RENDERED = 25
"""Of so many lives one is looked at through everybody's pages and mails."""

CASE: Any = bindparam("case", type_=BigInteger())
LANE: Any = bindparam("lane", type_=BigInteger())


class Readers:
    """Who reads what, by the conditions of `visibility`, as statements built once: all lives end at `END`."""

    def __init__(self, cast: dict[str, Viewer]) -> None:
        with clock.at(END):
            self.names = {viewer.membership_id: name for name, viewer in cast.items()}
            self.lanes = union_all(*(self._found(v, lanes_for(v, CASE), Lane.id) for v in cast.values()))
            self.said = union_all(
                *(self._found(v, messages_for(v, CASE), Message.lane_id).distinct() for v in cast.values())
            )
            self.audience = audience_of(LANE)

    def _found(self, viewer: Viewer, statement: Any, column: Any) -> Any:
        scope = cases_for(viewer)
        seen = scope.select.add_columns(scope.case_id).where(scope.case_id == CASE).exists()
        return statement.with_only_columns(literal(viewer.membership_id), column).order_by(None).where(seen)

    def of(self, statement: Any, case_id: int) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for member, lane in db.session.execute(statement, {"case": case_id}):
            found.setdefault(lane, set()).add(self.names[member])
        return found

    def told(self, lane_id: int) -> set[str]:
        members = db.session.scalars(self.audience, {"lane": lane_id})
        return {self.names[key] for key in members if key in self.names}


@pytest.fixture(scope="module")
def cast(house: Cast) -> dict[str, Viewer]:
    return life.viewers(house)


@pytest.fixture(scope="module")
def places(house: Cast) -> dict[str, int]:
    return life.places(house)


several = st.tuples(
    moves,
    st.sampled_from(("bruno", "rui", "ana", "carla", "pavel")),
    st.sampled_from((SECONDS, HOUR)),
    st.booleans(),
)


def lives(
    house: Cast, cast: dict[str, Viewer], places: dict[str, int], shard: int, count: int
) -> Counter[str]:
    """Live so many lives of a shard and hold the laws over each; how often each verb was done."""
    readers, done = Readers(cast), Counter[str]()

    @seed(shard)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=several)
    def live(drawn: tuple[list[Move], str, Any, bool]) -> None:
        what, sender, rest, merged = drawn
        one = Life(cast, places, done, sender)
        with life.transaction(house, grace=15 if shard % 2 else 0):
            one.live(what, rest)
            note("\n".join(map(str, one.log)))
            with clock.at(END):
                look(one, readers, merged and done["lives"] % 5 == 0)
                if done["lives"] % RENDERED == 0:
                    nobody_meets_a_stranger(one)
        done["lives"] += 1

    gc.disable()  # a tenth of the time; what a life leaves in circles is collected between shards
    try:
        live()
    finally:
        gc.enable()
    return done


def look(one: Life, readers: Readers, merged: bool) -> None:
    """Before the worker comes nobody finds more than they may; after it everything is as it must be."""
    for lane, found in readers.of(readers.lanes, one.case_id).items():
        assert found <= readers.told(lane)
    one.work()
    truth = reckoning.hold(one.case_id)
    if merged:
        life.merge(one.case_id)
    found, said = readers.of(readers.lanes, one.case_id), readers.of(readers.said, one.case_id)
    out = {message.lane_id for message in truth.messages if message.visible_from <= END}
    for lane in truth.lanes:
        audience = readers.told(lane.id)
        who = audience - set(STAFF) if merged else audience  # ours read the other case then
        assert found.get(lane.id, set()) == who, lane.kind
        assert said.get(lane.id, set()) <= who
        if lane.id in out:
            assert said.get(lane.id, set()) == who
    in_force = select(Notice).where(Notice.case_id == one.case_id, Notice.until > END)
    for notice in db.session.scalars(in_force):
        assert readers.names[notice.membership_id] in readers.told(notice.lane_id)


def nobody_meets_a_stranger(one: Life) -> None:
    """No outsider finds the name of another organization or of its people in anything they are shown."""
    for name in OUTSIDERS:
        viewer, foreign = one.cast[name], foreign_names(name)
        try:
            seen = find(viewer, one.number)
        except CaseUnknown:
            continue
        g._login_user = viewer
        for lane in ("", *(str(talk.id) for talk in reading.read(viewer, seen).lanes)):
            html = rendered(viewer, seen, lane)
            assert one.number in html
            assert not named(html, foreign), (name, named(html, foreign))
        rows = [words.row(viewer, row) for row in lists.page(viewer, lists.Wanted()).rows]
        assert not named(repr([rows, notices.recent(viewer)]), foreign), name
        told = select(Notice).where(Notice.membership_id == viewer.membership_id)
        for notice in db.session.scalars(told.where(Notice.case_id == one.case_id)).all():
            mail = composing.compose(notice)
            assert mail is None or not named(mail.subject + mail.text + mail.html, foreign), name
        one.done["pages"] += 1


def rendered(viewer: Viewer, seen: Any, lane: str) -> str:
    """The page of a case, or of one lane of it, as its view renders it."""
    found = reading.read(viewer, seen, only=int(lane) if lane else None)
    shown = page.context(viewer, seen, found, lane)
    return render_template("cases/outside.html", **shown, **_forms(viewer, seen, found.lanes, {}))


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
def test_whatever_they_do_everybody_reads_exactly_their_part(
    house: Cast, cast: dict[str, Viewer], places: dict[str, int], shard: int
) -> None:
    done = lives(house, cast, places, shard, EACH)
    enough(done, 2, shard % 2 == 1)


def test_fifty_lives_on_every_database(house: Cast, cast: dict[str, Viewer], places: dict[str, int]) -> None:
    done = lives(house, cast, places, SHARDS + 1, 50)
    assert len(set(done) & life.VERBS) > 0.8 * len(life.VERBS), done


def enough(done: Counter[str], least: int, grace: bool) -> None:
    """A law about nothing would hold: every verb was really done, and somebody looked."""
    rare = {"run_out"} | ({"take_back", "leave"} if not grace else set())
    seldom = {verb: done[verb] for verb in life.VERBS - rare if done[verb] < least}
    assert not seldom, done
    assert done["pages"] > done["lives"] / RENDERED
    assert done.total() - done["refused"] - done["lives"] - done["pages"] > 3 * done["lives"], done
