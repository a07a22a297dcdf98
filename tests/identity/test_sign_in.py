"""Signing in with a password, and what wrong ones learn: nothing."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import update

from portal.clock import now
from portal.extensions import db
from portal.identity import passwords, throttle
from portal.identity.models import Membership, Organization, SignInAttempt
from tests.browser import statements
from tests.cast import PASSWORD
from tests.identity.acting import ANA, EVA, NOBODY, OLGA, Browser, attempts, heading, person


class Counting:
    """The hasher, with the checks it made."""

    def __init__(self) -> None:
        self.checked: list[str] = []
        self.real = passwords._hasher

    def verify(self, stored: str, password: str) -> bool:
        self.checked.append(stored)
        return self.real.verify(stored, password)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def parameters(stored: str) -> str:
    return stored.rpartition("$")[0].rpartition("$")[0]


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting()
    monkeypatch.setattr(passwords, "_hasher", counting)
    return counting


def test_the_right_password_signs_in_and_leads_on(browser: Browser) -> None:
    answer = browser.sign_in("  Ana@Northwind.EXAMPLE ", next="/me?x=1")
    assert (answer.status, answer.location) == (303, "/me?x=1")
    assert browser.who() == "ana@northwind.example for Northwind"


def test_wrong_unknown_deactivated_and_passwordless_get_the_same_answer(app: Flask) -> None:
    answers = []
    for email, password in [
        (ANA, "not her password"),
        (NOBODY, PASSWORD),
        (OLGA, PASSWORD),
        (EVA, PASSWORD),
        (EVA, "demo"),
    ]:
        browser = Browser(app)
        answer = browser.sign_in(email, password)
        body = re.sub(r'name="csrf_token" value="[^"]+"', "", answer.html)
        answers.append((answer.status, body.replace(email, "it"), sorted(answer.response.headers.keys())))
        assert not browser.who()
    assert answers[0][0] == 422
    assert all(answer == answers[0] for answer in answers)


def test_every_try_costs_one_check_of_the_same_parameters(app: Flask, hasher: Counting) -> None:
    for email in (ANA, NOBODY, OLGA, EVA):
        hasher.checked.clear()
        Browser(app).sign_in(email, "not the password")
        assert len(hasher.checked) == 1
        assert parameters(hasher.checked[0]) == parameters(passwords.hashed("anything"))


def test_an_old_hash_is_renewed_by_signing_in(app: Flask, browser: Browser) -> None:
    with app.app_context():
        person(ANA).password_hash = PasswordHasher(time_cost=2, memory_cost=128).hash(PASSWORD)
        db.session.commit()
    assert browser.sign_in(ANA).status == 303
    with app.app_context():
        assert not passwords.grown_old(person(ANA).password_hash or "")
    assert Browser(app).sign_in(ANA).status == 303


def test_a_person_of_no_organization_is_told_so_and_not_signed_in(app: Flask, browser: Browser) -> None:
    with app.app_context():
        db.session.execute(
            update(Membership).where(Membership.person_id == person(ANA).id).values(until=now())
        )
        db.session.commit()
    answer = browser.sign_in(ANA)
    assert answer.status == 422
    assert heading(answer) == "You act for nobody here at present"
    assert not browser.who()


def test_an_archived_organization_has_nobody_to_act_for_it(app: Flask, browser: Browser) -> None:
    browser.sign_in(ANA)
    with app.app_context():
        db.session.execute(
            update(Organization).where(Organization.name == "Northwind").values(archived_at=now())
        )
        db.session.commit()
    assert not browser.who()
    assert browser.sign_in(ANA).status == 422


def test_ten_failures_stop_an_address_known_or_not(app: Flask, hasher: Counting) -> None:
    for email in (ANA, NOBODY):
        for number in range(10):
            assert Browser(app, f"198.51.100.{number}").sign_in(email, "wrong wrong").status == 422
        hasher.checked.clear()
        answer = Browser(app, "192.0.2.1").sign_in(email)
        assert answer.status == 429
        assert 0 < int(answer.response.headers["Retry-After"]) <= 900
        assert hasher.checked == []
    assert len(attempts(app)) == 20
    assert not any(attempt.succeeded for attempt in attempts(app))
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert Browser(app).sign_in(ANA).status == 303


def test_fifty_failures_stop_a_place_whatever_the_address(app: Flask) -> None:
    with app.app_context():
        db.session.add_all(
            SignInAttempt(email=f"{n}@example.com", address="203.0.113.7", purpose="sign-in")
            for n in range(50)
        )
        db.session.commit()
    assert Browser(app).sign_in(ANA).status == 429
    assert Browser(app, "203.0.113.8").sign_in(ANA).status == 303


def test_successes_do_not_count(app: Flask) -> None:
    for _number in range(12):
        assert Browser(app).sign_in(ANA).status == 303
    assert all(attempt.succeeded for attempt in attempts(app))


def test_tries_under_way_count_already(app: Flask) -> None:
    """Many at once must see each other: the row is there before the password is looked at."""
    with app.app_context():
        for _number in range(10):
            throttle.admit("sign-in", ANA, "203.0.113.7")
        with pytest.raises(throttle.TooManyTries):
            throttle.admit("sign-in", ANA, "203.0.113.9")


def test_ipv6_is_counted_by_network() -> None:
    assert throttle.place("2001:db8:1:2:3:4:5:6") == throttle.place("2001:db8:1:2::1") == "2001:db8:1:2::/64"
    assert throttle.place("::ffff:203.0.113.7") == throttle.place("203.0.113.7") == "203.0.113.7"
    assert throttle.place(None) == "unknown"


def test_old_tries_are_swept(app: Flask) -> None:
    with app.app_context():
        db.session.add(SignInAttempt(email="x", address="y", at=now() - timedelta(days=2)))
        db.session.add(SignInAttempt(email="x", address="y"))
        db.session.flush()
        assert throttle.sweep_attempts() == 1


def test_the_session_before_a_sign_in_is_worth_nothing_after_it(app: Flask, browser: Browser) -> None:
    browser.get("/sign-in")
    with browser.client.session_transaction() as session:
        session["planted"] = "by somebody else"
        before = session["csrf_token"]
    browser.sign_in(ANA)
    with browser.client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before
        assert session.permanent


def test_no_redirect_leads_elsewhere(app: Flask) -> None:
    for address in (
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "",
    ):
        answer = Browser(app).sign_in(ANA, next=address)
        assert (answer.status, answer.location) == (303, "/"), address


def test_rubbish_is_refused_in_words(app: Flask) -> None:
    for email in (
        "\x00",
        "a\x00b@example.com",
        "x" * 5000,
        "\ud800@example.com".encode(errors="ignore"),
        "%s'\"--",
    ):
        answer = Browser(app).sign_in(email, "\x00" * 20)  # type: ignore[arg-type]
        assert answer.status == 422
    assert Browser(app).sign_in(ANA, "x" * 100_000).status == 422


def test_a_sign_in_needs_the_form_token(browser: Browser) -> None:
    answer = browser.post("/sign-in", {"email": ANA, "password": PASSWORD})
    assert answer.status == 403
    assert not browser.who()


def test_signing_out_ends_this_session_and_everywhere_all(app: Flask, browser: Browser) -> None:
    other = Browser(app)
    for one in (browser, other):
        one.sign_in(ANA)
    assert browser.send(browser.get("/account/"), "/sign-out").location == "/sign-in"
    assert not browser.who()
    assert other.who()
    browser.sign_in(ANA)
    browser.send(browser.get("/account/"), "/sign-out", everywhere="1")
    assert not other.who()


def test_a_get_of_these_pages_writes_nothing(app: Flask, browser: Browser) -> None:
    with statements(app) as seen:
        for url in ("/sign-in", "/sign-in/forgotten", "/links/nonsense"):
            browser.get(url)
    browser.sign_in(ANA)
    with statements(app) as seen_inside:
        for url in ("/account/", "/account/password", "/account/organization"):
            assert browser.get(url).status == 200
    assert seen.writes() == seen_inside.writes() == []
    assert seen_inside


def test_who_is_signed_in_already_goes_on(browser: Browser) -> None:
    browser.sign_in(ANA)
    assert browser.get("/sign-in?next=/me").location == "/me"


def test_the_demo_shows_its_sign_ins_and_nobody_else_does(app_with: Callable[..., Flask]) -> None:
    rows = [{"name": "Ana", "role": "cust", "who": "customer", "email": ANA, "look_at": "a case"}]
    for env, shown in (("demo", True), ("production", False)):
        app = app_with(PORTAL_ENV=env)
        if app.config["DEMO_SIGN_INS"]:
            app.config["DEMO_SIGN_INS"] = rows
        page = Browser(app).get("/sign-in?email=ana%40northwind.example")
        assert ("Demo sign-ins" in page) is shown
        assert f'value="{ANA}"' in page.html


def test_what_somebody_wrote_survives_an_ended_sign_in(app: Flask, browser: Browser) -> None:
    browser.sign_in(ANA)
    with app.app_context():
        person(ANA).session_version += 1
        db.session.commit()
    page = browser.get("/sign-in")
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.html)
    assert csrf
    again = browser.post("/notes", {"body": "Two <b>broken</b> drills", "csrf_token": csrf[1]})
    assert again.status == 401
    assert heading(again) == "Sign in again"
    wrong = browser.send(again, "/sign-in", email=ANA, password="not her password")
    assert wrong.status == 422
    right = browser.send(wrong, "/sign-in", email=ANA, password=PASSWORD)
    assert right.status == 200
    assert "You are signed in again." in right.text
    assert browser.send(right, "/notes").html == "Two <b>broken</b> drills"


def test_kept_words_for_elsewhere_are_dropped(browser: Browser) -> None:
    page = browser.get("/sign-in")
    fields = {"email": ANA, "password": PASSWORD, "kept-body": "x", "_address": "//evil.example/"}
    answer = browser.send(page, "/sign-in", **fields)
    assert (answer.status, answer.location) == (303, "/")


def test_what_is_stored_is_argon2id() -> None:
    stored = passwords.hashed(PASSWORD)
    assert stored.startswith("$argon2id$v=19$")
    assert passwords.matches(stored, PASSWORD)
    assert not passwords.matches(None, "")
    assert not passwords.matches("rubbish", PASSWORD)
    assert passwords.matches(passwords.hashed("ﬁve caf\u00e9s"), "five cafe\u0301s")
