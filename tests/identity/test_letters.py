"""Letters: what they say, and how they leave, once, whatever the mail server does."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.channels import letters
from portal.channels.models import Letter
from portal.clock import now
from portal.extensions import db
from portal.identity import links
from portal.identity.models import Organization
from portal.identity.news import News, tell
from tests.identity.acting import ANA, letters_to, person
from tests.mail_server import MailServer, parsed


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def sending(app_with: Callable[..., Flask], mail: MailServer) -> Flask:
    return app_with(PORTAL_SMTP_URL=mail.url, PORTAL_MAIL_FROM="Meridian <portal@meridian.example>")


def put(app: Flask, email: str = ANA) -> None:
    with app.app_context():
        links.reset(person(email))
        db.session.commit()


def send(app: Flask) -> int:
    with app.app_context():
        return letters.send_due()


def test_a_letter_is_sent_once(sending: Flask, mail: MailServer) -> None:
    put(sending)
    assert [send(sending), send(sending)] == [1, 0]
    (text,) = mail.taken
    message = parsed(text)
    (letter,) = letters_to(sending, ANA)
    assert message["To"] == ANA
    assert message["From"] == "Meridian <portal@meridian.example>"
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert "http://localhost/links/" in message.get_content()
    assert letter.sent_at


def test_without_a_mail_server_letters_wait(app: Flask) -> None:
    put(app)
    assert send(app) == 0
    (letter,) = letters_to(app, ANA)
    assert (letter.sent_at, letter.attempts) == (None, 0)


@pytest.mark.parametrize("mood", ["dies after data", "451 after data", "refuses"])
def test_a_failure_is_repeated_later_under_the_same_message_id(
    sending: Flask, mail: MailServer, mood: str
) -> None:
    put(sending)
    mail.mood = mood
    assert [send(sending), send(sending)] == [0, 0]
    (letter,) = letters_to(sending, ANA)
    assert (letter.sent_at, letter.attempts) == (None, 1)
    assert timedelta(seconds=100) < letter.due_at - now() <= timedelta(minutes=2)
    mail.mood = ""
    with time_machine.travel(now() + timedelta(minutes=3)):
        assert send(sending) == 1
    assert {parsed(text)["Message-ID"] for text in mail.taken} == {letter.message_id}


def test_waits_grow_to_six_hours_and_end_after_twenty_tries(sending: Flask, mail: MailServer) -> None:
    put(sending)
    mail.mood = "refuses"
    moment, waits = now(), []
    for _round in range(25):
        with time_machine.travel(moment, tick=False):
            send(sending)
            (letter,) = letters_to(sending, ANA)
            waits.append(round((letter.due_at - moment).total_seconds() / 60))
        moment = max(moment, letter.due_at) + timedelta(seconds=1)
    assert waits[:10] == [2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    assert letter.attempts == letters.GIVE_UP_AFTER
    assert letter.sent_at is None


def test_one_refused_letter_does_not_hold_up_the_others(sending: Flask, mail: MailServer) -> None:
    put(sending)
    put(sending, "rui@northwind.example")
    mail.mood = ANA
    assert send(sending) == 1
    assert parsed(mail.taken[0])["To"] == "rui@northwind.example"


def test_a_server_that_is_away_ends_the_round(sending: Flask, mail: MailServer) -> None:
    put(sending)
    put(sending, "rui@northwind.example")
    mail.mood = "dies after data"
    assert send(sending) == 0
    assert [letters_to(sending, who)[0].attempts for who in (ANA, "rui@northwind.example")] == [1, 0]


def test_a_server_rude_at_the_end_has_the_letter_all_the_same(sending: Flask, mail: MailServer) -> None:
    put(sending)
    mail.mood = "rude at the end"
    assert send(sending) == 1
    assert letters_to(sending, ANA)[0].sent_at


def test_a_letter_somebody_else_is_sending_is_left_alone(sending: Flask, mail: MailServer) -> None:
    put(sending)
    with sending.app_context():
        letter_id = db.session.scalars(select(Letter.id)).one()
        db.session.rollback()
        assert letters._lease(letter_id) is not None
        assert letters._lease(letter_id) is None
        assert letters.send_due() == 0
    with time_machine.travel(now() + letters.LEASE + timedelta(seconds=1)):
        assert send(sending) == 1


def test_no_line_break_gets_into_a_header(app: Flask) -> None:
    with app.app_context():
        ana = person(ANA)
        for subject in ("Hello\r\nBcc: everybody@example.com", "Hello\nthere", "a\x00b", ""):
            with pytest.raises(letters.BadHeader):
                letters.write(ana, subject, "body")
        ana.email = "ana@northwind.example\nBcc: x@example.com"
        with pytest.raises(letters.BadHeader):
            letters.write(ana, "Hello", "body")
        db.session.rollback()


def test_a_companys_odd_name_cannot_forge_a_header(app: Flask) -> None:
    with app.app_context():
        tell(News("joined", person(ANA), organization="Evil\r\nBcc: x@example.com", url="http://localhost"))
        letter = db.session.scalars(select(Letter)).one()
        assert letter.subject == "You can now act for Evil Bcc: x@example.com"
        db.session.rollback()


@pytest.mark.parametrize("what", sorted(letters.TEXTS))
def test_every_letter_names_the_person_and_the_site(app: Flask, what: str) -> None:
    with app.app_context():
        ours = db.session.scalars(select(Organization).where(Organization.ours)).one()
        for by in ("", "Ada Lind"):
            tell(News(what, person(ANA), url="http://localhost/x", organization="Alpina", by=by))
        for letter in db.session.scalars(select(Letter)):
            assert letter.body.startswith("Dear Ana Ferreira,")
            assert letter.body.rstrip().endswith(f"{ours.name}\nhttp://localhost")
            assert letter.message_id.endswith("@localhost>")
        db.session.rollback()
