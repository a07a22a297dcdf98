"""Sign-in at an OpenID Connect provider, against a real one: npm's oidc-provider in a process of its own."""

import html
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

import pytest
import requests
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.clock import now
from portal.extensions import db
from portal.identity import invitations, people
from portal.identity.models import Link, Organization, OutsideIdentity
from tests.browser import Page, statements
from tests.cast import PASSWORD, Cast
from tests.identity.acting import ANA, NINA, Browser, heading, letters_to, path_in, person

pytestmark = pytest.mark.slow

HERE = Path(__file__).parents[1] / "oidc"
BASE = "http://localhost"
CALLBACK = f"{BASE}/sign-in/oidc/callback"
REFUSED = (400, "That sign-in did not work")


class Provider:
    """The provider's process, and a way to sign in there as anybody."""

    def __init__(self) -> None:
        if not (HERE / "node_modules" / "oidc-provider").is_dir():
            pytest.fail("the OpenID provider is not installed: `make test` does it (npm ci in tests/oidc)")
        self.process = subprocess.Popen(
            ["node", "provider.mjs", CALLBACK],  # noqa: S607 - wherever the machine has it
            cwd=HERE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.issuer = json.loads(self.process.stdout.readline())["issuer"]

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()

    def sign_in(self, url: str, subject: str) -> str:
        """Go to the provider, sign in and agree; the path of ours it sends the browser back to."""
        with requests.Session() as visit:
            answer = visit.get(url, allow_redirects=False, timeout=20)
            for _step in range(12):
                location = answer.headers.get("Location")
                if location and location.startswith(CALLBACK):
                    return location.removeprefix(BASE)
                if location:
                    answer = visit.get(urljoin(answer.url, location), allow_redirects=False, timeout=20)
                    continue
                answer = self._fill(visit, answer, subject)
        raise AssertionError(f"the provider never sent us back: {answer.status_code} {answer.text[:500]}")

    def _fill(self, visit: requests.Session, page: requests.Response, subject: str) -> requests.Response:
        action = re.search(r'<form[^>]+action="([^"]+)"', page.text)
        prompt = re.search(r'name="prompt" value="([^"]+)"', page.text)
        assert action, page.text[:1000]
        assert prompt, page.text[:1000]
        fields = {"prompt": prompt[1], "login": subject, "password": "whatever"}
        return visit.post(html.unescape(action[1]), data=fields, allow_redirects=False, timeout=20)


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    running = Provider()
    yield running
    running.stop()


@pytest.fixture
def connected_app(app_with: Callable[..., Flask], provider: Provider) -> Flask:
    return app_for(app_with, provider.issuer)


def app_for(app_with: Callable[..., Flask], issuer: str, **more: str) -> Flask:
    return app_with(
        PORTAL_OIDC_ISSUER=issuer,
        PORTAL_OIDC_CLIENT_ID="portal",
        PORTAL_OIDC_CLIENT_SECRET="a secret of the tests",
        PORTAL_OIDC_NAME="Meridian ID",
        **more,
    )


@pytest.fixture
def browser(connected_app: Flask) -> Browser:
    return Browser(connected_app)


def leads_to(page: Page) -> str:
    """The provider's address that the page leads on to, by itself and by its link."""
    assert page.status == 200, page.html
    url = page.response.headers["Refresh"].removeprefix("0; url=")
    assert url in page.links()
    return url


def begin(browser: Browser, **more: str) -> str:
    page = browser.get("/sign-in?" + urlencode(more))
    return leads_to(browser.send(page, "/sign-in/oidc"))


def altered(url: str, **changes: str | None) -> str:
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    query = {name: value for name, value in {**query, **changes}.items() if value is not None}
    return urlunsplit(parts._replace(query=urlencode(query)))


def link(app: Flask, email: str, issuer: str, subject: str) -> None:
    with app.app_context():
        db.session.add(OutsideIdentity(person_id=person(email).id, issuer=issuer, subject=subject))
        db.session.commit()


def linked(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        return [(row.person_id, row.subject) for row in db.session.scalars(select(OutsideIdentity))]


def said(page: Page) -> tuple[int, str]:
    return page.status, heading(page)


def test_a_connected_person_signs_in_and_nothing_is_written(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    link(connected_app, ANA, provider.issuer, "ana-there")
    url = begin(browser, next="/me?x=1")
    asked = parse_qs(urlsplit(url).query)
    assert url.startswith(provider.issuer)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [CALLBACK]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["nonce"][0]
    with browser.client.session_transaction() as session:
        session["planted"] = "before"
    with statements(connected_app) as done:
        answer = browser.get(provider.sign_in(url, "ana-there"))
    assert (answer.status, answer.location) == (303, "/me?x=1")
    assert done.writes() == []
    assert browser.who() == f"{ANA} for Northwind"
    with browser.client.session_transaction() as session:
        assert "planted" not in session
        assert not any(key.startswith("_state_") for key in session)


def test_who_has_several_organizations_chooses_after_it_too(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    link(connected_app, NINA, provider.issuer, "nina-there")
    answer = browser.get(provider.sign_in(begin(browser), "nina-there"))
    assert answer.location.startswith("/account/organization")


@pytest.mark.parametrize("verified", ["verified", "unverified"])
def test_an_address_links_nobody(
    connected_app: Flask, browser: Browser, provider: Provider, verified: str
) -> None:
    for _times in range(2):
        answer = browser.get(provider.sign_in(begin(browser), f"stranger|{ANA}|{verified}"))
        assert said(answer) == (400, "This sign-in is not connected with anybody here")
        assert not browser.who()
    assert linked(connected_app) == []


def test_the_same_subject_of_another_issuer_is_another_person(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    link(connected_app, ANA, "https://elsewhere.example", "ana-there")
    answer = browser.get(provider.sign_in(begin(browser), "ana-there"))
    assert answer.status == 400
    assert not browser.who()


def test_a_deactivated_person_is_connected_with_nobody(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    link(connected_app, ANA, provider.issuer, "ana-there")
    with connected_app.app_context():
        people.deactivate(person(ANA))
        db.session.commit()
    answer = browser.get(provider.sign_in(begin(browser), "ana-there"))
    assert said(answer) == (400, "This sign-in is not connected with anybody here")
    assert not browser.who()


def test_a_callback_works_once(connected_app: Flask, browser: Browser, provider: Provider) -> None:
    link(connected_app, ANA, provider.issuer, "ana-there")
    back = provider.sign_in(begin(browser), "ana-there")
    with browser.client.session_transaction() as session:
        before = dict(session)
    assert browser.get(back).status == 303
    assert said(browser.get(back)) == REFUSED
    browser.send(browser.get("/account/"), "/sign-out")
    assert said(browser.get(back)) == REFUSED
    thief = Browser(connected_app)  # who even has the cookie of that moment
    with thief.client.session_transaction() as session:
        session.update(before)
    assert said(thief.get(back)) == REFUSED
    assert not thief.who()
    assert not browser.who()


def test_a_callback_of_another_browser_is_foreign(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    link(connected_app, ANA, provider.issuer, "ana-there")
    back = provider.sign_in(begin(browser), "ana-there")
    victim = Browser(connected_app)
    assert said(victim.get(back)) == REFUSED
    begin(victim)
    assert said(victim.get(back)) == REFUSED
    assert not victim.who()


@pytest.mark.parametrize(
    "query",
    ["", "?state=made-up&code=made-up", "?code=x", "?error=access_denied", "?state=&code=", "?state=%00"],
)
def test_a_made_up_callback_signs_nobody_in(browser: Browser, query: str) -> None:
    begin(browser)
    assert said(browser.get(f"/sign-in/oidc/callback{query}")) == REFUSED
    assert not browser.who()


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "made-up"},
        {"code": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"error": "access_denied", "code": None},
    ],
    ids=str,
)
def test_an_altered_callback_is_refused(
    connected_app: Flask, browser: Browser, provider: Provider, changes: dict[str, Any]
) -> None:
    link(connected_app, ANA, provider.issuer, "ana-there")
    back = provider.sign_in(begin(browser), "ana-there")
    assert said(browser.get(altered(back, **changes))) == REFUSED
    assert not browser.who()
    assert said(browser.get(back)) == REFUSED


@pytest.mark.parametrize(
    "changes",
    [{"nonce": "of-somebody-else"}, {"nonce": None}, {"code_challenge": "A" * 43}],
    ids=str,
)
def test_a_token_that_was_asked_for_by_somebody_else_is_refused(
    connected_app: Flask, browser: Browser, provider: Provider, changes: dict[str, Any]
) -> None:
    link(connected_app, ANA, provider.issuer, "ana-there")
    back = provider.sign_in(altered(begin(browser), **changes), "ana-there")
    assert said(browser.get(back)) == REFUSED
    assert not browser.who()


def test_the_account_page_connects_after_the_password(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    browser.sign_in(ANA)
    assert browser.fill("/account/", "/account/connection", current_password="wrong").status == 422
    going = browser.fill("/account/", "/account/connection", current_password=PASSWORD)
    back = provider.sign_in(leads_to(going), "ana-there|someone@else.example|unverified")
    with statements(connected_app) as done:
        asking = browser.get(back)
    assert done.writes() == []
    assert "Continue as Ana Ferreira" in asking
    assert linked(connected_app) == []
    answer = browser.send(asking, "/sign-in/oidc/finish")
    assert (answer.status, answer.location) == (303, "/account/")
    assert len(linked(connected_app)) == 1
    assert "new way to sign in" in letters_to(connected_app, ANA)[-1].subject
    assert said(browser.send(asking, "/sign-in/oidc/finish")) == REFUSED
    other = Browser(connected_app)
    other.get(provider.sign_in(begin(other), "ana-there|someone@else.example|unverified"))
    assert other.who().startswith(ANA)


def test_a_sign_in_of_somebody_else_is_not_taken_over(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    link(connected_app, NINA, provider.issuer, "nina-there")
    browser.sign_in(ANA)
    going = browser.fill("/account/", "/account/connection", current_password=PASSWORD)
    asking = browser.get(provider.sign_in(leads_to(going), "nina-there"))
    answer = browser.send(asking, "/sign-in/oidc/finish")
    assert said(answer) == (400, "This sign-in is connected with somebody else")
    assert browser.who().startswith(ANA)


def test_connecting_ends_with_the_person_who_began_it(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    browser.sign_in(ANA)
    going = browser.fill("/account/", "/account/connection", current_password=PASSWORD)
    back = provider.sign_in(leads_to(going), "ana-there")
    with browser.client.session_transaction() as session:
        session["_user_id"] = Cast(connected_app).viewer("rui").get_id()
    assert said(browser.get(back)) == REFUSED
    assert linked(connected_app) == []


def test_the_last_button_waits_ten_minutes(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    browser.sign_in(ANA)
    going = browser.fill("/account/", "/account/connection", current_password=PASSWORD)
    asking = browser.get(provider.sign_in(leads_to(going), "ana-there"))
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert said(browser.send(asking, "/sign-in/oidc/finish")) == REFUSED
    assert linked(connected_app) == []


def invited(app: Flask) -> str:
    with Cast(app).acting():
        northwind = db.session.scalars(select(Organization).where(Organization.name == "Northwind")).one()
        invitations.invite(None, northwind, "Igor", "igor@northwind.example")
    return path_in(letters_to(app, "igor@northwind.example")[-1])


def test_an_invitation_is_accepted_without_a_password(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    path = invited(connected_app)
    going = browser.send(browser.get(path), "/sign-in/oidc")
    asking = browser.get(provider.sign_in(leads_to(going), "igor-there"))
    assert "Continue as Igor" in asking
    assert not browser.who()
    assert browser.send(asking, "/sign-in/oidc/finish").status == 303
    assert browser.who() == "igor@northwind.example for Northwind"
    assert Browser(connected_app).get(path).status == 410
    again = Browser(connected_app)
    again.get(provider.sign_in(begin(again), "igor-there"))
    assert again.who().startswith("igor@")
    with connected_app.app_context():
        assert person("igor@northwind.example").password_hash is None


def test_an_invitation_used_meanwhile_signs_nobody_in(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    path = invited(connected_app)
    going = browser.send(browser.get(path), "/sign-in/oidc")
    asking = browser.get(provider.sign_in(leads_to(going), "igor-there"))
    Browser(connected_app).fill(path, new_password="seven grey geese", repeat="seven grey geese")
    assert browser.send(asking, "/sign-in/oidc/finish").status == 410
    assert not browser.who()
    assert linked(connected_app) == []


def test_an_invitation_does_not_take_over_a_sign_in(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    link(connected_app, NINA, provider.issuer, "nina-there")
    path = invited(connected_app)
    going = browser.send(browser.get(path), "/sign-in/oidc")
    asking = browser.get(provider.sign_in(leads_to(going), "nina-there"))
    assert browser.send(asking, "/sign-in/oidc/finish").status == 400
    assert not browser.who()
    with connected_app.app_context():
        assert db.session.scalars(select(Link)).one().used_at is None


def test_a_reset_link_connects_nothing(connected_app: Flask, browser: Browser) -> None:
    browser.fill("/sign-in/forgotten", email=ANA)
    path = path_in(letters_to(connected_app, ANA)[-1])
    assert "/sign-in/oidc" not in browser.get(path).html
    page = browser.get("/sign-in")
    answer = browser.send(page, "/sign-in/oidc", link=path.removeprefix("/links/"))
    assert answer.status == 404


def test_no_redirect_leads_elsewhere_after_it(
    connected_app: Flask, browser: Browser, provider: Provider
) -> None:
    link(connected_app, ANA, provider.issuer, "ana-there")
    answer = browser.get(provider.sign_in(begin(browser, next="//evil.example/"), "ana-there"))
    assert answer.location == "/"


def test_without_a_provider_there_is_no_such_page(app_with: Callable[..., Flask]) -> None:
    browser = Browser(app_with())
    page = browser.get("/sign-in")
    assert "/sign-in/oidc" not in page.html
    token = {"csrf_token": page.fields("/sign-in")["csrf_token"]}
    assert browser.post("/sign-in/oidc", token).status == 404
    assert browser.post("/sign-in/oidc/finish", token).status == 404
    assert browser.get("/sign-in/oidc/callback?code=x&state=y").status == 404


def test_a_provider_that_is_away_is_said_so(app_with: Callable[..., Flask]) -> None:
    gone = Provider()
    early, late = (Browser(app_for(app_with, gone.issuer)) for _n in range(2))
    back = gone.sign_in(begin(early), "ana-there")
    gone.stop()
    for page in (early.get(back), late.send(late.get("/sign-in"), "/sign-in/oidc")):
        assert said(page) == (502, "Meridian ID does not answer")
    assert not early.who()
    assert late.sign_in(ANA).status == 303


def test_a_provider_of_another_name_is_not_believed(
    app_with: Callable[..., Flask], provider: Provider
) -> None:
    browser = Browser(app_for(app_with, provider.issuer.replace("127.0.0.1", "localhost")))
    page = browser.send(browser.get("/sign-in"), "/sign-in/oidc")
    assert page.status == 502
