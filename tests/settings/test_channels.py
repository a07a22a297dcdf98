"""Channels, the mail server, the first steps."""

from sqlalchemy import select

from portal.channels.models import Letter
from portal.extensions import db
from portal.identity import installation
from tests.browser import Browser
from tests.cast import Cast


def test_open_channels_with_an_address_stand_on_the_home_of_those_outside(ada: Browser, cast: Cast) -> None:
    assert "Reach us" not in cast.browser("ana").get("/")
    said = {
        "on": "y",
        "address": "+385 1 234 567",
        "department": "service",
        "answer_hours": "2",
        "owes": "Ring",
    }
    ada.post("/settings/channels/phone/", said)
    ada.post("/settings/channels/fax/", {"address": "+385 1 000 000", "department": "", "answer_hours": "0"})
    page = cast.browser("ana").get("/")
    assert "+385 1 234 567 answered within 2 working hours" in page
    assert "tel:+3851234567" in page.links()
    assert "We are there Mon–Fri 8:00–17:00" in page
    assert "+385 1 000 000" not in page, "it is off"
    assert "Ring" not in page, "that is for colleagues"
    ada.get("/settings/channels/pigeon/", 404)


def test_a_letter_to_try_the_mail_server(ada: Browser, cast: Cast) -> None:
    ada.post("/settings/mail/", {"mail_name": "Meridian Service"})
    assert "Meridian Service <portal@localhost>" in ada.get("/settings/mail/")
    answer = ada.post("/settings/mail/try", {})
    with cast.app.app_context():
        letter = db.session.scalars(select(Letter)).one()
    assert letter.address == "ada@meridian.example"
    assert answer.location.endswith(f"/letters/{letter.id}/")


def test_a_new_administrator_is_led_through_the_first_steps(ada: Browser, cast: Cast) -> None:
    assert ada.client.get("/").location == "/settings/first-steps/"
    page = ada.get("/settings/first-steps/")
    assert "steps left until your portal is ready" in page
    ada.post("/settings/first-steps/kinds/fine", {})
    with cast.app.app_context():
        assert installation.chosen().steps == ["kinds"]
    ada.post("/settings/first-steps/nonsense/fine", {}, 404)
    ada.post("/settings/first-steps/leave", {})
    assert ada.client.get("/").location == "/desk/"
    assert cast.browser("sue").client.get("/").location == "/desk/"


def test_how_the_identity_provider_is_connected(ada: Browser) -> None:
    page = ada.get("/settings/sign-in/")
    assert "/sign-in/oidc/callback" in page
    assert "PORTAL_OIDC_ISSUER not set" in page
