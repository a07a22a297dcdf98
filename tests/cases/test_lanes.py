"""Asking a supplier in a lane of their own: each side sees exactly its part."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases import conversation, lanes, outgoing, releasing, tasks
from portal.cases.casework import NotNow
from portal.cases.models import Lane
from portal.clock import at, now
from portal.extensions import db
from portal.identity.models import Organization
from tests.cast import Cast

SECRET = "Northwind hinge 2609"


def organization(cast: Cast, name: str) -> int:
    with cast.app.app_context():
        return db.session.scalars(select(Organization.id).where(Organization.name == name)).one()


def question(cast: Cast, who: str = "sofia", name: str = "Ferrum", **more: object) -> lanes.Question:
    """What Sue asks, of one person of an organization."""
    asked = {
        "organization_id": organization(cast, name),
        "role": "supplier",
        "subject": "Clutch housings of lot B",
        "body": "Please contain lot B and send D3.",
        "people": (cast.membership(who),),
        **more,
    }
    return lanes.Question(**asked)  # type: ignore[arg-type] # a test's choice


def asks(cast: Cast, number: str, who: str = "sue", **more: object) -> int:
    """Sue asks Ferrum in the case; the lane's id."""
    asked, actor, case_id = question(cast, **more), cast.viewer(who), cast.case_id(number)
    with cast.acting():
        return lanes.ask(actor, case_id, asked).id


def test_the_supplier_reads_the_question_and_nothing_else(cast: Cast) -> None:
    number = cast.asks("ana", kind="complaint", subject=f"{SECRET} cracked", body="14 of 40 broke.")
    asks(cast, number)
    sofia = cast.browser("sofia")
    assert "Clutch housings of lot B" in sofia.get("/")
    page = sofia.get(f"/cases/{number}")
    for words in ("Please contain lot B", "What is asked of us", "Meridian Tools asks you"):
        assert words in page
    for words in (SECRET, "Northwind", "Ana", "14 of 40", "omplaint", "Service"):
        assert words not in page.html, words
    assert "Clutch housings" not in cast.browser("ana").get(f"/cases/{number}").html
    for name in ("tomas", "petra", "carla"):
        cast.browser(name).get(f"/cases/{number}", 404)


def test_the_ball_goes_to_the_supplier_and_back(cast: Cast) -> None:
    number = cast.asks("ana")
    lane = asks(cast, number, due_at=now() + timedelta(days=3))
    sue = cast.browser("sue")
    assert "Ferrum has the ball" in sue.get(f"/cases/{number}")
    ana = cast.browser("ana").get(f"/cases/{number}")
    assert "We are clarifying this with the manufacturer" in ana
    assert "Ferrum" not in ana.html
    sofia, case_id = cast.viewer("sofia"), cast.case_id(number)
    with cast.acting():
        conversation.reply(sofia, case_id, "Sand inclusion, cavity 3.", lane_id=lane)
    assert "Service has the ball" in sue.get(f"/cases/{number}")
    assert "Sand inclusion" not in cast.browser("ana").get(f"/cases/{number}").html


def test_a_finding_is_released_edited_and_without_its_source(cast: Cast) -> None:
    number = cast.asks("ana")
    lane = asks(cast, number)
    sofia, sue, case_id = cast.viewer("sofia"), cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        found = conversation.reply(sofia, case_id, "Sand inclusion, cavity 3.", lane_id=lane).id
    browser = cast.browser("sue")
    url = f"/cases/{number}/messages/{found}/release"
    form = {**browser.get(url).fields(), "body": "The material was not sound.", "step": "preview"}
    seen = browser.post(url, form, 200)
    assert "What Northwind will see" in seen
    browser.post(url, {**seen.fields(), "step": "send"})
    ana = cast.browser("ana").get(f"/cases/{number}")
    assert "The material was not sound." in ana
    assert "Released" not in ana.html
    assert "Sofia" not in ana.html
    case = browser.get(f"/cases/{number}")
    assert "Released from Ferrum" in case
    assert "Released to Northwind" in case
    with cast.app.app_context():
        main = db.session.scalars(select(Lane.id).where(Lane.kind == "requester")).one()
    with cast.acting(), pytest.raises(releasing.ReleasedAlready):
        releasing.release(sue, case_id, found, main, "Once more.")


def test_a_task_takes_the_ball_until_it_is_done(cast: Cast) -> None:
    number = cast.asks("ana")
    sue, fin, case_id = cast.viewer("sue"), cast.viewer("fin"), cast.case_id(number)
    finance = cast.department("finance").id
    with cast.acting():
        task = tasks.open_task(sue, case_id, tasks.Wanted(finance, "Check the credit", "approval")).id
    assert "Finance has the ball" in cast.browser("sue").get(f"/cases/{number}")
    inbox = cast.browser("fin").get("/desk/?department=finance")
    assert "A question of ana" in inbox
    page = cast.browser("fin").get(f"/cases/{number}")
    assert "Check the credit" in page
    assert "credit" not in cast.browser("ana").get(f"/cases/{number}").html
    with cast.acting():
        tasks.finish(fin, case_id, task, "approved", "Plausible.")
    assert "Service has the ball" in cast.browser("sue").get(f"/cases/{number}")


def test_what_is_taken_back_was_never_there(cast: Cast) -> None:
    cast.app.config["SETTINGS"] = replace(cast.app.config["SETTINGS"], undo_seconds=15)
    number = cast.asks("ana")
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        said = conversation.reply(sue, case_id, "Wrong words.").id
    assert "Wrong words." in cast.browser("sue").get(f"/cases/{number}")
    ana = cast.browser("ana").get(f"/cases/{number}")
    assert "Wrong words." not in ana.html
    assert "We need something from you" not in ana
    with cast.acting():
        outgoing.take_back(sue, case_id, said)
    later = now() + timedelta(minutes=1)
    with at(later):
        with cast.acting():
            assert outgoing.leave_due() == 0
        assert "Wrong words." not in cast.browser("ana").get(f"/cases/{number}").html
        assert "You took it back" in cast.browser("sue").get(f"/cases/{number}")
    with cast.acting():
        said = conversation.reply(sue, case_id, "Right words.").id
    with at(now() + timedelta(minutes=1)):
        with cast.acting():
            assert outgoing.leave_due() == 1
        assert "Right words." in cast.browser("ana").get(f"/cases/{number}")
        with cast.acting(), pytest.raises(NotNow):
            outgoing.take_back(sue, case_id, said)
