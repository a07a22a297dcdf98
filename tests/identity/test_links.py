"""Links in letters: invitations and forgotten passwords, each worth one sign-in, for a while."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from flask import Flask
from itsdangerous import URLSafeSerializer
from sqlalchemy import func, select

from portal.clock import now
from portal.extensions import db
from portal.identity import invitations, links, people
from portal.identity.models import Link, Membership, Organization
from portal.identity.passwords import hashed, set_password
from portal.identity.viewer import Viewer
from tests.browser import Page, statements
from tests.cast import PASSWORD, Cast
from tests.identity.acting import (
    ANA,
    EVA,
    NOBODY,
    OLGA,
    Browser,
    address_in,
    heading,
    letters_to,
    path_in,
    person,
)

NEW = "seven grey geese"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return Cast(app)


def ask(app: Flask, email: str, address: str = "203.0.113.7", **more: dict[str, str]) -> Page:
    browser = Browser(app, address)
    page = browser.get("/sign-in/forgotten", **more)
    return browser.post("/sign-in/forgotten", {**page.fields("/sign-in/forgotten"), "email": email}, **more)


def reset_path(app: Flask, email: str = ANA) -> str:
    ask(app, email)
    return path_in(letters_to(app, email)[-1])


def choose(browser: Browser, path: str, password: str = NEW) -> Page:
    return browser.fill(path, new_password=password, repeat=password)


def invite(
    cast: Cast, by: Viewer | None, email: str, name: str = "Igor", organization: str = "Northwind"
) -> str:
    """Invite somebody and return the path in their letter."""
    with cast.acting():
        place = db.session.scalars(select(Organization).where(Organization.name == organization)).one()
        invitations.invite(by, place, name, email)
    return path_in(letters_to(cast.app, email)[-1])


def test_a_forgotten_password_is_replaced_through_the_letter(app: Flask) -> None:
    elsewhere = Browser(app)
    elsewhere.sign_in(ANA)
    browser = Browser(app)
    answer = choose(browser, reset_path(app))
    assert (answer.status, answer.location) == (303, "/")
    assert browser.who().startswith(ANA)
    assert not elsewhere.who()
    assert Browser(app).sign_in(ANA, PASSWORD).status == 422
    assert Browser(app).sign_in(ANA, NEW).status == 303


def test_the_answer_is_the_same_for_everybody_and_only_people_with_a_sign_in_get_a_letter(app: Flask) -> None:
    answers = [ask(app, email).html.replace(email, "it") for email in (ANA, NOBODY, OLGA, EVA)]
    assert len(set(answers)) == 1
    assert [len(letters_to(app, email)) for email in (ANA, NOBODY, OLGA, EVA)] == [1, 0, 0, 0]


def test_a_person_gets_three_letters_an_hour_and_nobody_hears_of_the_limit(app: Flask) -> None:
    answers = [ask(app, ANA, f"198.51.100.{n}").html for n in range(5)]
    assert len(set(answers)) == 1
    assert len(letters_to(app, ANA)) == 3
    with time_machine.travel(now() + timedelta(minutes=61)):
        ask(app, ANA)
    assert len(letters_to(app, ANA)) == 4


def test_a_place_asks_for_twenty_letters_an_hour(app: Flask) -> None:
    for number in range(20):
        ask(app, f"{number}@nowhere.example")
    ask(app, ANA)
    assert letters_to(app, ANA) == []
    ask(app, ANA, "198.51.100.1")
    assert len(letters_to(app, ANA)) == 1


def test_opening_a_link_writes_nothing_and_uses_nothing_up(app: Flask, browser: Browser) -> None:
    path = reset_path(app)
    with statements(app) as seen:
        for _times in range(3):
            assert browser.get(path).status == 200
        browser.client.head(path)
    assert seen
    assert seen.writes() == []
    assert choose(browser, path).status == 303


def test_a_link_works_once(app: Flask) -> None:
    path = reset_path(app)
    waiting = Browser(app)
    page = waiting.get(path)
    choose(Browser(app), path)
    again = waiting.send(page, path, new_password="nine white wolves", repeat="nine white wolves")
    assert (again.status, heading(again)) == (410, "This link has been used")
    assert waiting.get(path).status == 410
    assert not waiting.who()
    assert Browser(app).sign_in(ANA, NEW).status == 303


def test_a_link_expires(app: Flask, browser: Browser) -> None:
    path = reset_path(app)
    page = browser.get(path)
    with time_machine.travel(now() + timedelta(minutes=61)):
        late = browser.send(page, path, new_password=NEW, repeat=NEW)
        assert (late.status, heading(late)) == (410, "This link is too old")
        assert browser.get(path).status == 410
    assert not browser.who()
    with app.app_context():
        assert db.session.scalars(select(Link)).one().used_at is None


def test_an_invitation_lasts_seven_days(app: Flask, cast: Cast) -> None:
    path = invite(cast, cast.viewer("ana"), "igor@northwind.example")
    with time_machine.travel(now() + timedelta(days=6, hours=23)):
        assert Browser(app).get(path).status == 200
    with time_machine.travel(now() + timedelta(days=7, hours=1)):
        assert Browser(app).get(path).status == 410


def test_a_newer_reset_link_ends_the_older(app: Flask, browser: Browser) -> None:
    older, newer = reset_path(app), reset_path(app)
    assert browser.get(older).status == 410
    assert browser.get(newer).status == 200


def test_a_changed_password_ends_the_links(app: Flask, cast: Cast) -> None:
    path = reset_path(app)
    with cast.acting():
        set_password(person(ANA), hashed(NEW))
    assert Browser(app).get(path).status == 410


def test_a_deactivated_person_has_no_link(app: Flask, cast: Cast, browser: Browser) -> None:
    path = reset_path(app)
    page = browser.get(path)
    with cast.acting():
        people.deactivate(person(ANA))
    assert browser.send(page, path, new_password=NEW, repeat=NEW).status == 404
    assert not browser.who()


def test_a_tampered_link_is_none_of_ours(app: Flask, browser: Browser) -> None:
    path = reset_path(app)
    body, _dot, signature = path.removeprefix("/links/").rpartition(".")
    for token in (
        body,
        f"{body}.{signature[:-2]}xx",
        f"WzEsMV0.{signature}",
        "x",
        "é" * 400,
        f"{body}.{signature}x",
    ):
        answer = browser.get(f"/links/{token}")
        assert (answer.status, heading(answer)) == (404, "This link is none of ours")


def test_a_link_of_another_purpose_row_or_key_is_none_of_ours(app: Flask, browser: Browser) -> None:
    reset_path(app)
    secret = app.config["SETTINGS"].secret_key
    with app.app_context():
        link = db.session.scalars(select(Link)).one()
        made = links._instant(link.created_at)
        right = links._token(link)
    for key, purpose, row in [
        (secret, "invitation", [link.id, made]),
        (secret, "reset", [link.id + 1, made]),
        (secret, "reset", [link.id, made + 1]),
        (secret, "reset", link.id),
        ("another key", "reset", [link.id, made]),
    ]:
        token = str(URLSafeSerializer(key, salt=f"portal link: {purpose}").dumps(row))
        assert browser.get(f"/links/{token}").status == 404
    assert browser.get(f"/links/{right}").status == 200


def test_of_two_at_once_one_succeeds(app: Flask) -> None:
    path = reset_path(app)
    browsers = [Browser(app) for _n in range(4)]
    pages = [browser.get(path) for browser in browsers]
    together, answers = Barrier(4), []

    def use(browser: Browser, page: Page, number: int) -> None:
        together.wait()
        words = f"number {number} is it"
        answers.append(browser.send(page, path, new_password=words, repeat=words).status)

    threads = [
        Thread(target=use, args=(b, p, n)) for n, (b, p) in enumerate(zip(browsers, pages, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 410, 410, 410]
    assert sum(bool(browser.who()) for browser in browsers) == 1


def test_a_row_used_in_between_is_not_used_again(app: Flask) -> None:
    """The condition is in the statement: what was read before it counts for nothing."""
    token = reset_path(app).removeprefix("/links/")
    with app.app_context():
        link, _person = links.open_link(token)
        db.session.connection().exec_driver_sql("UPDATE links SET used_at = created_at")
        assert link.used_at is None  # the session still believes it
        with pytest.raises(links.LinkUsed):
            links.take(token)


def test_the_host_header_is_in_no_link(app: Flask) -> None:
    ask(app, ANA, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    (letter,) = letters_to(app, ANA)
    assert address_in(letter).startswith("http://localhost/links/")
    assert "evil" not in letter.body + letter.message_id


def test_the_form_says_what_is_wrong_with_a_password(app: Flask, browser: Browser) -> None:
    path = reset_path(app)
    for words, repeat in (
        ("short", "short"),
        ("x" * 201, "x" * 201),
        ("password123", "password123"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa"),
        (ANA, ANA),
        (NEW, NEW + " "),
    ):
        answer = browser.fill(path, new_password=words, repeat=repeat)
        assert answer.status == 422, words
        assert "err-msg" in answer.html
    assert choose(browser, path).status == 303


def test_an_invitation_makes_a_person_who_chooses_a_password(
    app: Flask, cast: Cast, browser: Browser
) -> None:
    path = invite(cast, cast.viewer("ana"), "igor@northwind.example")
    assert heading(browser.get(path)) == "Welcome, Igor"
    assert choose(browser, path).status == 303
    assert browser.who() == "igor@northwind.example for Northwind"
    with app.app_context():
        link = db.session.scalars(select(Link).where(Link.purpose == "invitation")).one()
        made_by = link.made_by_id
    assert made_by == cast.membership("ana")


def test_an_invited_known_person_gets_a_membership_and_no_link(app: Flask, cast: Cast) -> None:
    with cast.acting():
        alpina = db.session.scalars(select(Organization).where(Organization.name == "Alpina")).one()
        invited = invitations.invite(None, alpina, "Whatever", ANA.upper(), manager=True, sees="own")
        assert invited.link is None
        assert (invited.membership.manager, invited.membership.sees) == (True, "own")
        assert invited.person.name == "Ana Ferreira"
    (letter,) = letters_to(app, ANA)
    assert "/links/" not in letter.body
    with app.app_context():
        assert not db.session.scalar(select(func.count()).select_from(Link))


def test_nobody_is_invited_twice_but_can_be_asked_back(app: Flask, cast: Cast) -> None:
    bruno_id = cast.membership("bruno")
    with cast.acting():
        northwind = db.session.scalars(select(Organization).where(Organization.name == "Northwind")).one()
        with pytest.raises(invitations.AlreadyMember):
            invitations.invite(None, northwind, "Ana", ANA)
        with pytest.raises(invitations.Deactivated):
            invitations.invite(None, northwind, "Olga", OLGA)
        with pytest.raises(people.BadEmail):
            invitations.invite(None, northwind, "Nobody", "no address")
        bruno = db.session.get_one(Membership, bruno_id)
        bruno.until = now() - timedelta(days=1)
        db.session.flush()
        back = invitations.invite(None, northwind, "Bruno", "bruno@northwind.example")
        assert back.membership.id == bruno.id
        assert back.membership.until > now()


def test_only_managers_and_our_administrators_invite(cast: Cast) -> None:
    places = {}
    with cast.app.app_context():
        places = {place.name: place for place in db.session.scalars(select(Organization))}
    allowed = {
        (who, place)
        for who in ("ana", "bruno", "rui", "pavel", "nina", "nina@alpina", "sue", "sal", "ada")
        for place in ("Northwind", "Alpina", "Adriatic", "Meridian Tools")
        if invitations.may_invite(cast.viewer(who), places[place])
    }
    everywhere = {("ada", place) for place in ("Northwind", "Alpina", "Adriatic", "Meridian Tools")}
    assert allowed == {("ana", "Northwind"), ("pavel", "Adriatic")} | everywhere
    with cast.acting(), pytest.raises(invitations.MayNotInvite):
        invitations.invite(cast.viewer("pavel"), places["Northwind"], "Igor", "igor@northwind.example")


def test_making_the_same_person_twice_is_a_named_error(app: Flask, cast: Cast) -> None:
    with cast.acting():
        with pytest.raises(people.EmailTaken):
            people.create_person("Ana again", "ANA@northwind.example")
        assert people.create_person("Line\r\nBreak\x00", "new@northwind.example").name == "Line Break"


def test_a_signed_in_stranger_who_opens_a_link_becomes_its_person(app: Flask, browser: Browser) -> None:
    browser.sign_in("carla@alpina.example")
    choose(browser, reset_path(app))
    assert browser.who().startswith(ANA)


def test_links_live_under_the_address_of_the_settings(app_with: Callable[..., Flask]) -> None:
    app = app_with(PORTAL_BASE_URL="https://portal.meridian.example/")
    with app.app_context():
        _link, url = links.make(person(ANA), "reset")
    assert url.startswith("https://portal.meridian.example/links/")
