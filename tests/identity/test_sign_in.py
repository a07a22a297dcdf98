"""Signing in with a password, and what wrong ones learn: nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from conftest import PASSWORD, Browser, attempts, heading, person, the_hash, writes
from flask import Flask

from portal.clock import now
from portal.extensions import db
from portal.identity import passwords, throttle
from portal.identity.models import Organization, SignInAttempt


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


@pytest.fixture()
def hasher(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting()
    monkeypatch.setattr(passwords, "_hasher", counting)
    return counting


def test_the_right_password_signs_in_and_leads_on(browser: Browser) -> None:
    answer = browser.sign_in("  Ana@Example.com ", next="/me?x=1")
    assert (answer.status_code, answer.location) == (303, "/me?x=1")
    assert browser.who() == "ana@example.com for Northwind"


def test_wrong_unknown_deactivated_and_passwordless_get_the_same_answer(app: Flask) -> None:
    answers = []
    for email, password in [
        ("ana@example.com", "not her password"),
        ("who@example.com", PASSWORD),
        ("olga@example.com", PASSWORD),
        ("eva@example.com", PASSWORD),
        ("eva@example.com", "demo"),
    ]:
        browser = Browser(app)
        answer = browser.sign_in(email, password)
        body = re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)
        answers.append((answer.status_code, body.replace(email, "it"), sorted(answer.headers.keys())))
        assert not browser.who()
    assert answers[0][0] == 422
    assert all(answer == answers[0] for answer in answers)


def test_every_try_costs_one_check_of_the_same_parameters(app: Flask, hasher: Counting) -> None:
    for email in ("ana@example.com", "who@example.com", "olga@example.com", "eva@example.com"):
        hasher.checked.clear()
        Browser(app).sign_in(email, "not the password")
        assert len(hasher.checked) == 1
        assert hasher.checked[0].rpartition("$")[0].rpartition("$")[0] == "$argon2id$v=19$m=65536,t=3,p=4"


def test_an_old_hash_is_renewed_by_signing_in(app: Flask, browser: Browser) -> None:
    from argon2 import PasswordHasher

    with app.app_context():
        person("ana@example.com").password_hash = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
        db.session.commit()
    assert browser.sign_in("ana@example.com").status_code == 303
    with app.app_context():
        assert not passwords.grown_old(person("ana@example.com").password_hash or "")
    assert Browser(app).sign_in("ana@example.com").status_code == 303


def test_a_person_of_no_organization_is_told_so_and_not_signed_in(browser: Browser) -> None:
    answer = browser.sign_in("uwe@example.com")
    assert answer.status_code == 422
    assert heading(answer) == "You act for nobody here at present"
    assert not browser.who()


def test_an_archived_organization_has_nobody_to_act_for_it(app: Flask, browser: Browser) -> None:
    browser.sign_in("ana@example.com")
    with app.app_context():
        db.session.query(Organization).filter_by(name="Northwind").update({"archived_at": now()})
        db.session.commit()
    assert not browser.who()
    assert browser.sign_in("ana@example.com").status_code == 422


def test_ten_failures_stop_an_address_known_or_not(app: Flask, hasher: Counting) -> None:
    for email in ("ana@example.com", "who@example.com"):
        for number in range(10):
            assert Browser(app, f"198.51.100.{number}").sign_in(email, "wrong wrong").status_code == 422
        hasher.checked.clear()
        answer = Browser(app, "192.0.2.1").sign_in(email)
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 900
        assert hasher.checked == []
    assert len(attempts(app)) == 20
    assert not any(attempt.succeeded for attempt in attempts(app))
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert Browser(app).sign_in("ana@example.com").status_code == 303


def test_fifty_failures_stop_a_place_whatever_the_address(app: Flask) -> None:
    with app.app_context():
        db.session.add_all(
            SignInAttempt(email=f"{n}@example.com", address="203.0.113.7", purpose="sign-in") for n in range(50)
        )
        db.session.commit()
    assert Browser(app).sign_in("ana@example.com").status_code == 429
    assert Browser(app, "203.0.113.8").sign_in("ana@example.com").status_code == 303


def test_successes_do_not_count(app: Flask) -> None:
    for _number in range(12):
        assert Browser(app).sign_in("ana@example.com").status_code == 303
    assert all(attempt.succeeded for attempt in attempts(app))


def test_tries_under_way_count_already(app: Flask) -> None:
    """Many at once must not each see none of the others: the row is there before the password is looked at."""
    with app.app_context():
        for _number in range(10):
            throttle.admit("sign-in", "ana@example.com", "203.0.113.7")
        with pytest.raises(throttle.TooManyTries):
            throttle.admit("sign-in", "ana@example.com", "203.0.113.9")


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
    browser.sign_in("ana@example.com")
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
        answer = Browser(app).sign_in("ana@example.com", next=address)
        assert (answer.status_code, answer.location) == (303, "/"), address


def test_rubbish_is_refused_in_words(app: Flask) -> None:
    for email in ("\x00", "a\x00b@example.com", "x" * 5000, "\ud800@example.com".encode(errors="ignore"), "%s'\"--"):
        answer = Browser(app).sign_in(email, "\x00" * 20)  # type: ignore[arg-type]
        assert answer.status_code == 422
    assert Browser(app).sign_in("ana@example.com", "x" * 100_000).status_code == 422


def test_a_sign_in_needs_the_form_token(browser: Browser) -> None:
    answer = browser.post("/sign-in", {"email": "ana@example.com", "password": PASSWORD})
    assert answer.status_code == 403
    assert not browser.who()


def test_signing_out_ends_this_session_and_everywhere_all(app: Flask, browser: Browser) -> None:
    other = Browser(app)
    for one in (browser, other):
        one.sign_in("ana@example.com")
    assert browser.send(browser.get("/account/"), "/sign-out").location == "/sign-in"
    assert not browser.who()
    assert other.who()
    browser.sign_in("ana@example.com")
    browser.send(browser.get("/account/"), "/sign-out", everywhere="1")
    assert not other.who()


def test_a_get_of_these_pages_writes_nothing(app: Flask, browser: Browser) -> None:
    with writes(app) as seen:
        for url in ("/sign-in", "/sign-in/forgotten", "/links/nonsense"):
            browser.get(url)
    browser.sign_in("ana@example.com")
    with writes(app) as seen_inside:
        for url in ("/account/", "/account/password", "/account/organization"):
            assert browser.get(url).status_code == 200
    assert seen == seen_inside == []


def test_who_is_signed_in_already_goes_on(browser: Browser) -> None:
    browser.sign_in("ana@example.com")
    assert browser.get("/sign-in?next=/me").location == "/me"


def test_the_demo_shows_its_sign_ins_and_nobody_else_does(with_settings: Any) -> None:
    rows = [{"name": "Ana", "role": "cust", "who": "customer", "email": "ana@example.com", "look_at": "a case"}]
    for env, shown in (("demo", True), ("production", False)):
        app = with_settings(env=env)
        app.config["DEMO_SIGN_INS"] = rows
        page = Browser(app).get("/sign-in?email=ana%40example.com")
        assert ("Demo sign-ins" in page.text) is shown
        assert 'value="ana@example.com"' in page.text


def test_what_somebody_wrote_survives_an_ended_sign_in(app: Flask, browser: Browser) -> None:
    browser.sign_in("ana@example.com")
    with app.app_context():
        person("ana@example.com").session_version += 1
        db.session.commit()
    with browser.client.session_transaction() as session:
        token = session.get("csrf_token")
    assert token is None
    page = browser.get("/sign-in")
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert csrf
    again = browser.post("/notes", {"body": "Two <b>broken</b> drills", "csrf_token": csrf[1]})
    assert again.status_code == 401
    assert heading(again) == "Sign in again"
    wrong = browser.send(again, "/sign-in", email="ana@example.com", password="not her password")
    assert wrong.status_code == 422
    right = browser.send(wrong, "/sign-in", email="ana@example.com", password=PASSWORD)
    assert right.status_code == 200
    assert "You are signed in again." in right.text
    assert browser.send(right, "/notes").text == "Two <b>broken</b> drills"


def test_kept_words_for_elsewhere_are_dropped(browser: Browser) -> None:
    page = browser.get("/sign-in")
    fields = {"email": "ana@example.com", "password": PASSWORD, "kept-body": "x", "_address": "//evil.example/"}
    answer = browser.send(page, "/sign-in", **fields)
    assert (answer.status_code, answer.location) == (303, "/")


def test_the_stored_password_is_argon2id() -> None:
    assert the_hash().startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.matches(the_hash(), PASSWORD)
    assert not passwords.matches(None, "")
    assert not passwords.matches("rubbish", PASSWORD)
