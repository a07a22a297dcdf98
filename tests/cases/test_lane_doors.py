"""Doors between lanes that once stood open: each was found by somebody who tried."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from portal.cases import closing, conversation, handling, lanes, outgoing, releasing, secrecy, tasks
from portal.cases.models import Case, Message, Party
from portal.clock import NEVER, at, now
from portal.extensions import db
from tests.browser import statements
from tests.cases.test_lanes import asks, question
from tests.cast import Cast


def with_grace(cast: Cast) -> None:
    """Staff can take back what they send for a quarter of a minute."""
    cast.app.config["SETTINGS"] = replace(cast.app.config["SETTINGS"], undo_seconds=15)


def asks_adriatic(cast: Cast, number: str, who: str, **more: object) -> int:
    asked = question(cast, who, "Adriatic", role="partner", **more)
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        return lanes.ask(sue, case_id, asked).id


def test_a_second_question_does_not_open_the_first_lane_before_it_leaves(cast: Cast) -> None:
    number = cast.asks("ana")
    first = asks_adriatic(cast, number, "pavel", reach="managers", subject="Only for Pavel")
    cast.browser("nina").get(f"/cases/{number}", 404)
    with_grace(cast)
    second = asks_adriatic(cast, number, "nina", subject="For both")
    cast.browser("nina").get(f"/cases/{number}", 404)
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        message = db.session.scalars(select(func.max(Message.id)).where(Message.lane_id == second)).one()
        outgoing.take_back(sue, case_id, message)
    with at(now() + timedelta(minutes=1)):
        with cast.acting():
            outgoing.leave_due()
        cast.browser("nina").get(f"/cases/{number}", 404)
    assert first != second


def test_who_was_asked_before_reads_no_lane_they_are_not_asked_in(cast: Cast) -> None:
    number = cast.asks("ana")
    lane = asks_adriatic(cast, number, "nina", reach="managers")
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        lanes.revoke(sue, case_id, lane, "The wrong person.")
    asks_adriatic(cast, number, "pavel", reach="managers")
    cast.browser("nina").get(f"/cases/{number}", 404)
    cast.browser("pavel").get(f"/cases/{number}")


def test_nobody_but_who_asks_knows_of_a_question_before_it_leaves(cast: Cast) -> None:
    number = cast.asks("ana")
    with_grace(cast)
    asks(cast, number)
    assert "Clutch housings of lot B" in cast.browser("sue").get(f"/cases/{number}")
    for url in (f"/cases/{number}", f"/cases/{number}/accesses", f"/cases/{number}?lane=all"):
        assert "Ferrum" not in cast.browser("fin").get(url).html, url


def test_a_confidential_lane_is_in_no_list_of_who_opened_the_case(cast: Cast) -> None:
    number = cast.asks("ana")
    lane = asks(cast, number, confidential=True)
    cast.browser("sofia").get(f"/cases/{number}")
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        lanes.revoke(sue, case_id, lane, "Ferrum talked to the press.")
    for url in (f"/cases/{number}", f"/cases/{number}/accesses"):
        assert "Ferrum" in cast.browser("sue").get(url).html
        page = cast.browser("fin").get(url)
        assert "Ferrum" not in page.html, url
        assert "Sofia" not in page.html, url


def test_a_task_in_a_sealed_case_names_nobody_who_was_asked(cast: Cast) -> None:
    number = cast.asks("ana")
    asks(cast, number)
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    finance = cast.department("finance").id
    with cast.acting():
        secrecy.seal(sue, case_id, True, "About a person.")
        tasks.owe(db.session.get_one(Case, case_id), tasks.Wanted(finance, "Check it"), None)
    fin = cast.browser("fin")
    for url in (f"/cases/{number}", f"/cases/{number}/accesses", f"/cases/{number}/why", "/cases/?state=all"):
        page = fin.get(url)
        assert "Ferrum" not in page.html, url
        assert "These are the words of ana" not in page.html, url
    assert "Ferrum" in cast.browser("sue").get(f"/cases/{number}").html


def test_access_that_ends_after_a_lane_was_closed_leaves_nothing_in_any_list(cast: Cast) -> None:
    number = cast.asks("ana")
    lane = asks(cast, number, until=now() + timedelta(days=2))
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        lanes.close_lane(sue, case_id, lane)
    assert "Clutch housings" in cast.browser("sofia").get("/cases/?state=all")
    with at(now() + timedelta(days=3)):
        assert cast.viewer("sofia").unread == 0
        assert "Clutch housings" not in cast.browser("sofia").get("/cases/?state=all").html
        with cast.acting():
            lanes.expire_due()
            party = db.session.scalars(select(Party).where(Party.role == "supplier")).one()
            assert not party.listed


def test_the_requester_never_notices_a_task(cast: Cast) -> None:
    number = cast.asks("ana")
    asks(cast, number)
    before = cast.browser("ana").get(f"/cases/{number}").text
    sue, fin, case_id = cast.viewer("sue"), cast.viewer("fin"), cast.case_id(number)
    with cast.acting():
        wanted = tasks.Wanted(cast.department("finance").id, "Check the credit")
        task = tasks.open_task(sue, case_id, wanted).id
    assert cast.browser("ana").get(f"/cases/{number}").text == before
    with cast.acting():
        tasks.finish(fin, case_id, task, "done", "")
    assert cast.browser("ana").get(f"/cases/{number}").text == before


def test_what_waits_for_the_requester_is_theirs_whoever_else_is_asked(cast: Cast) -> None:
    number = cast.asks("ana")
    asks(cast, number)
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        conversation.reply(sue, case_id, "Which lot is it?")
    assert "We need something from you" in cast.browser("ana").get(f"/cases/{number}")
    assert "Needs you" in cast.browser("ana").get("/")
    with cast.acting():
        closing.resolve(sue, case_id, "solved", "So it is.")
    assert "Does this answer it?" in cast.browser("ana").get(f"/cases/{number}")
    assert "Say if it is solved" in cast.browser("ana").get("/")


def test_words_that_cross_ours_are_not_closed_over(cast: Cast) -> None:
    number = cast.asks("ana")
    with_grace(cast)
    sue, ana, case_id = cast.viewer("sue"), cast.viewer("ana"), cast.case_id(number)
    with cast.acting():
        closing.resolve(sue, case_id, "solved", "So it is.")
    with cast.acting():
        conversation.reply(ana, case_id, "Wait, it also burns!")
    with at(now() + timedelta(minutes=1)):
        with cast.acting():
            outgoing.leave_due()
        assert "Service has the ball" in cast.browser("sue").get(f"/cases/{number}")
        assert "Does this answer it?" not in cast.browser("ana").get(f"/cases/{number}")


def test_the_answer_written_a_moment_ago_is_the_answer(cast: Cast) -> None:
    number = cast.asks("ana")
    with_grace(cast)
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        conversation.reply(sue, case_id, "Turn the clutch to 3.")
    with cast.acting():
        closing.resolve(sue, case_id, "solved")
    assert "Does this answer it?" not in cast.browser("ana").get(f"/cases/{number}")
    with at(now() + timedelta(minutes=1)):
        with cast.acting():
            outgoing.leave_due()
        page = cast.browser("ana").get(f"/cases/{number}")
        assert "Turn the clutch to 3." in page
        assert "Does this answer it?" in page
        with cast.app.app_context():
            assert db.session.get_one(Case, case_id).due_at < NEVER


def test_what_was_accepted_and_still_waits_for_us_is_in_the_inbox(cast: Cast) -> None:
    number = cast.asks("ana")
    lane = asks(cast, number)
    sue, ana, sofia, case_id = (
        cast.viewer("sue"),
        cast.viewer("ana"),
        cast.viewer("sofia"),
        cast.case_id(number),
    )
    with cast.acting():
        closing.resolve(sue, case_id, "solved", "So it is.")
        closing.accept(ana, case_id)
        conversation.reply(sofia, case_id, "Here is the report.", lane_id=lane)
    assert "A question of ana" in cast.browser("sue").get("/desk/?department=service&tab=us")
    with cast.acting():
        lanes.close_lane(sue, case_id, lane)
        assert db.session.get_one(Case, case_id).state == "closed"
    assert "nothing else is open" in cast.browser("sue").get(f"/cases/{number}")


def test_a_refused_withdrawal_writes_nothing(cast: Cast) -> None:
    number = cast.asks("ana")
    with_grace(cast)
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        conversation.reply(sue, case_id, "Which lot?")
    with at(now() + timedelta(minutes=1)), statements(cast.app) as done:
        answer = cast.browser("fin").client.post(f"/cases/{number}/messages/999/withdrawal")
    assert answer.status_code == 404
    assert not done.writes()


def test_a_confidential_lane_neither_moves_the_ball_nor_stays_open_to_who_had_the_case(cast: Cast) -> None:
    number = cast.asks("ana")
    asks(cast, number, confidential=True)
    assert "Service has the ball" in cast.browser("mia").get(f"/cases/{number}")
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        handling.hand_over(sue, case_id, cast.department("finance"), "It is theirs.")
    assert "Ferrum" in cast.browser("fin").get(f"/cases/{number}").html
    assert "Ferrum" not in cast.browser("sue").get(f"/cases/{number}").html


def test_changes_of_long_texts_are_not_compared_word_by_word() -> None:
    before, after = "a  b " * 2_000, "b a  " * 2_000
    assert releasing.changes(before, after).count("<del>") == 1
