"""Only administrators come in, and a refusal writes nothing."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.extensions import db
from portal.identity.models import Membership, Person
from tests.browser import Browser, statements
from tests.cast import EVERYBODY, Cast

FILLED = {
    "organization_id": 2,
    "person_id": 1,
    "department_id": 2,
    "membership_id": 1,
    "rule_id": 1,
    "letter_id": 1,
    "mail_id": 1,
    "change_id": 1,
    "code": "complaint",
    "name": "q_1",
    "access": "own",
    "part": "lead",
    "to": "off",
    "direction": "down",
    "which": "organizations",
    "one_id": 2,
    "other_id": 3,
    "kept_id": 2,
    "gone_id": 3,
    "merge_id": 1,
    "segment_id": 1,
}


def addresses(app: Flask) -> list[tuple[str, str]]:
    """(method, address) of every route of the room."""
    found = []
    with app.test_request_context("/"):
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("settings."):
                url = app.url_for(rule.endpoint, **{name: FILLED[name] for name in rule.arguments})
                found += [(method, url) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name != "ada"])
def test_nobody_else_comes_in_and_nothing_is_written(cast: Cast, name: str) -> None:
    browser = cast.browser(name)
    for method, url in addresses(cast.app):
        with statements(cast.app) as done:
            answer = browser.client.open(url, method=method, data={"name": "Mine", "email": "x@y.example"})
        assert answer.status_code == 404, f"{name} {method} {url}: {answer.status_code}"
        assert not done.writes(), f"{name} {method} {url} wrote {done.writes()}"


def test_without_a_sign_in_one_is_asked_for(cast: Cast) -> None:
    client = cast.browser().client
    for method, url in addresses(cast.app):
        with statements(cast.app) as done:
            answer = client.open(url, method=method)
        assert answer.status_code == (303 if method == "GET" else 401), f"{method} {url}"
        assert not done.writes()


def test_an_administrator_acting_for_a_customer_does_not_come_in(cast: Cast) -> None:
    with cast.acting():
        ada = db.session.scalars(select(Person).where(Person.name == "Ada Lind")).one()
        guest = Membership(person_id=ada.id, organization_id=2)
        db.session.add(guest)
        db.session.flush()
        key = f"{ada.id}:{ada.session_version}:{guest.id}"
    browser = Browser(cast.app, "ada@northwind")
    with browser.client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = key, True
    browser.get("/settings/", 404)
    browser.get("/settings/people/", 404)


@pytest.mark.parametrize("what", ["organizations", "people", "departments", "rules", "letters"])
@pytest.mark.parametrize("key", ["999999", "9223372036854775807", "99999999999999999999999999"])
def test_what_is_not_there_is_not_there(ada: Browser, what: str, key: str) -> None:
    ada.get(f"/settings/{what}/{key}/", 404)


def test_the_first_page_leads_to_every_list(ada: Browser) -> None:
    page = ada.get("/settings/")
    for what in ("organizations", "people", "departments", "rules", "letters"):
        assert f"/settings/{what}/" in page.links()
    assert "2 things here need an administrator" in page  # Eva has no sign-in, nobody works at the front desk


def test_the_first_page_asks_a_fixed_number_of_questions(cast: Cast, ada: Browser) -> None:
    with statements(cast.app) as done:
        ada.get("/settings/")
    assert len(done) <= 3


@pytest.mark.parametrize(
    "after", ["x", "W10", "WyJhIl0", "bnVsbA", "WyJcdWQ4MDAiLCAxXQ", "WyJcdTAwMDAiLCAxXQ", "é" * 50]
)
@pytest.mark.parametrize("what", ["organizations", "people", "letters"])
def test_a_damaged_place_in_a_list_is_its_start(ada: Browser, what: str, after: str) -> None:
    ada.get(f"/settings/{what}/", query_string={"after": after, "q": "\0a%_\\'\ud7ff"[:-1]})
    ada.get(f"/settings/{what}/", query_string={"after": after})
