"""One's own account: what is changed there, and for whom one acts."""

from flask import Flask

from portal.clock import now
from portal.extensions import db
from portal.identity.models import Membership
from tests.browser import check
from tests.cast import PASSWORD, Cast
from tests.identity.acting import ANA, NINA, Browser, heading, letters_to, person

NEW = "seven grey geese"


def change(browser: Browser, now: str = PASSWORD, new: str = NEW, repeat: str = "") -> int:
    words = {"current_password": now, "new_password": new, "repeat": repeat or new}
    return browser.fill("/account/password", **words).status


def test_a_new_password_ends_every_other_session(app: Flask, browser: Browser) -> None:
    other = Browser(app)
    for one in (browser, other):
        one.sign_in(ANA)
    assert change(browser) == 303
    assert browser.who().startswith(ANA)
    assert not other.who()
    assert Browser(app).sign_in(ANA).status == 422
    assert Browser(app).sign_in(ANA, NEW).status == 303
    assert [letter.subject for letter in letters_to(app, ANA)] == [
        "Your password for Meridian Tools was changed"
    ]


def test_a_new_password_needs_the_present_one(app: Flask, browser: Browser) -> None:
    browser.sign_in(ANA)
    assert change(browser, now="not her password") == 422
    assert change(browser, repeat="something else") == 422
    assert change(browser, new="ana ferreira") == 422
    assert Browser(app).sign_in(ANA).status == 303


def test_the_present_password_cannot_be_guessed_from_a_found_session(browser: Browser) -> None:
    browser.sign_in(ANA)
    assert [change(browser, now=f"guess number {n}") for n in range(11)] == [422] * 10 + [429]


def test_what_people_say_about_themselves_is_kept(app: Flask, browser: Browser) -> None:
    browser.sign_in(ANA)
    said = {
        "name": "  Ana\r\nMaria\x00 Ferreira ",
        "language": "en",
        "timezone": "Europe/Lisbon",
        "theme": "dark",
    }
    assert browser.fill("/account/", **said).status == 303
    with app.app_context():
        ana = person(ANA)
        assert (ana.name, ana.language, ana.timezone, ana.theme) == (
            "Ana Maria Ferreira",
            "en",
            "Europe/Lisbon",
            "dark",
        )
    page = browser.get("/account/")
    assert 'data-bs-theme="dark"' in page.html
    assert page.fields("/account/")["timezone"] == "Europe/Lisbon"


def test_an_account_takes_no_value_that_was_not_offered(app: Flask, browser: Browser) -> None:
    browser.sign_in(ANA)
    for field, value in (
        ("timezone", "Mars/Olympus"),
        ("theme", "pink"),
        ("language", "xx"),
        ("name", ""),
        ("name", "x" * 201),
    ):
        assert browser.fill("/account/", **{field: value}).status == 422
    browser.fill("/account/", email="other@northwind.example", administrator="1", session_version="7")
    with app.app_context():
        ana = person(ANA)
        assert (ana.email, ana.administrator, ana.session_version) == (ANA, False, 1)


def test_the_account_page_stays_small(browser: Browser) -> None:
    browser.sign_in(ANA)
    assert len(browser.get("/account/").html.encode()) < 36_000


def test_who_has_several_organizations_chooses_first(browser: Browser) -> None:
    answer = browser.sign_in(NINA, next="/me?from=here")
    assert answer.location.startswith("/account/organization?")
    page = browser.get(answer.location)
    assert heading(page) == "For whom do you act?"
    assert [button for button in ("Adriatic", "Alpina") if button in page] == ["Adriatic", "Alpina"]
    alpina = next(b.get("value") for b in page.all("button") if "Alpina" in "".join(b.itertext()))
    answer = browser.send(page, "/account/organization", membership=alpina)
    assert (answer.status, answer.location) == (303, "/me?from=here")
    assert browser.who() == f"{NINA} for Alpina"


def test_who_has_one_organization_is_not_asked(browser: Browser) -> None:
    assert browser.sign_in(ANA).location == "/"


def test_one_acts_only_for_ones_own(app: Flask, browser: Browser) -> None:
    cast = Cast(app)
    browser.sign_in(NINA)
    page = browser.get("/account/organization")
    for wrong in (cast.membership("ana"), cast.membership("sue"), 0, -1, "x", "", 10**30):
        assert browser.send(page, "/account/organization", membership=wrong).status == 404
    assert browser.who() == f"{NINA} for Adriatic"
    ended = cast.membership("nina@alpina")
    with app.app_context():
        db.session.get_one(Membership, ended).until = now()
        db.session.commit()
    assert browser.send(page, "/account/organization", membership=ended).status == 404


def test_switching_leads_nowhere_else(browser: Browser) -> None:
    browser.sign_in(NINA)
    page = browser.get("/account/organization?next=//evil.example/")
    mine = next(b.get("value") for b in page.all("button") if "Adriatic" in "".join(b.itertext()))
    assert browser.send(page, "/account/organization", membership=mine).location == "/"


def test_what_was_written_waits_until_one_has_chosen(browser: Browser) -> None:
    page = browser.get("/sign-in")
    kept = {"_address": "/notes", "kept-body": "A long enough story about two broken drills."}
    choosing = browser.send(page, "/sign-in", email=NINA, password=PASSWORD, **kept)
    assert (choosing.status, heading(choosing)) == (200, "For whom do you act?")
    alpina = next(b.get("value") for b in choosing.all("button") if "Alpina" in "".join(b.itertext()))
    resumed = browser.send(choosing, "/account/organization", membership=alpina)
    assert browser.send(resumed, "/notes").html == kept["kept-body"]
    assert browser.who() == f"{NINA} for Alpina"


def test_staff_and_outsiders_see_whom_they_act_for(app: Flask) -> None:
    for email, name in ((ANA, "Northwind"), ("sue@meridian.example", "Meridian Tools")):
        browser = Browser(app)
        browser.sign_in(email)
        page = browser.get("/account/")
        check(page, "account")
        assert f"acting for {name}" in page
