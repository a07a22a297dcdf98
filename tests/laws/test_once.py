"""One form sent twenty times at once does its work once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.cases.models import Case, Event, Message, Once
from portal.channels.models import Notice
from portal.extensions import db
from tests.browser import Browser
from tests.cast import Cast
from tests.laws.world import form_with

AT_ONCE = 20


def twins(browser: Browser) -> list[FlaskClient]:
    """Clients that share one person's session cookie."""
    cookie = browser.client.get_cookie("portal")
    assert cookie is not None
    several = [browser.app.test_client() for _ in range(AT_ONCE)]
    for client in several:
        client.set_cookie("portal", cookie.value)
    return several


def at_once(browser: Browser, send: Callable[[FlaskClient], Any]) -> list[Any]:
    """What each of twenty got who sent the same at the same moment."""
    gate = Barrier(AT_ONCE)

    def go(client: FlaskClient) -> Any:
        gate.wait(30)
        return send(client)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(go, twins(browser)))


def count(cast: Cast, statement: Any) -> int:
    with cast.app.app_context():
        return int(db.session.scalar(statement) or 0)


def rows(cast: Cast, model: Any, *where: Any) -> int:
    return count(cast, select(func.count()).select_from(model).where(*where))


def test_one_request_sent_twenty_times_is_one_case(cast: Cast) -> None:
    ana = cast.browser("ana")
    form = form_with(ana.get("/requests/new/support-request"), "subject")
    form |= {"subject": "The clutch slips", "body": "Since Monday."}
    answers = at_once(ana, lambda client: client.post("/requests/new/support-request", data=form))
    assert [answer.status_code for answer in answers] == [303] * AT_ONCE
    places = {answer.headers["Location"] for answer in answers}
    assert len(places) == 1
    assert "The clutch slips" in ana.get(places.pop())
    for model in (Case, Message, Event, Once):
        assert rows(cast, model) == 1, model
    assert rows(cast, Notice) == 1, "Sue is told once"


def test_one_reply_sent_twenty_times_is_one_message(cast: Cast) -> None:
    number = cast.asks("ana")
    sue = cast.browser("sue")
    url = f"/cases/{number}/messages"
    form = {**sue.get(f"/cases/{number}").fields(url), "body": "Which lot?", "ball": "them"}
    answers = at_once(sue, lambda client: client.post(url, data=form))
    assert [answer.status_code for answer in answers] == [303] * AT_ONCE
    assert {answer.headers["Location"] for answer in answers} == {f"/cases/{number}"}
    assert rows(cast, Message) == 2
    assert rows(cast, Event, Event.verb == "replied") == 1
    assert rows(cast, Notice, Notice.membership_id == cast.membership("ana")) == 1


def test_one_answer_sent_twice_leads_to_the_case_twice(cast: Cast) -> None:
    number = cast.asks("ana")
    sue, ana = cast.browser("sue"), cast.browser("ana")
    for _ in range(2):
        sue.post(f"/cases/{number}/resolution", {"outcome": "solved", "body": "So it is.", "once": "a"})
    for _ in range(2):
        ana.post(f"/cases/{number}/acceptance", {"plain-once": "b"})


def test_the_same_key_of_somebody_else_is_theirs(cast: Cast) -> None:
    number = cast.asks("ana")
    for name in ("ana", "rui"):
        cast.browser(name).post(f"/cases/{number}/messages", {"body": f"I am {name}.", "once": "same"})
    assert rows(cast, Message) == 3


def test_two_who_take_a_case_at_once_are_told_so(cast: Cast) -> None:
    """Optimistic locking: of two edits drawn from the same version one wins, the other sees a conflict."""
    number = cast.asks("ana")
    sue = cast.browser("sue")
    form = form_with(sue.get(f"/cases/{number}/assignment"), "assignee")
    answers = at_once(
        sue,
        lambda client: client.post(f"/cases/{number}/assignment", data={**form, "once": str(id(client))}),
    )
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * (AT_ONCE - 1)
    assert rows(cast, Event, Event.verb == "assigned") == 1
