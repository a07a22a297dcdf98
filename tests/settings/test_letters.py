"""Letters about accounts, kept or sent."""

from sqlalchemy import select, update

from portal.channels import letters
from portal.channels.models import Letter
from portal.clock import now
from portal.extensions import db
from portal.identity.models import Person
from tests.browser import Browser, statements
from tests.cast import Cast

LIST = "/settings/letters/"


def written(cast: Cast, several: int = 1) -> list[int]:
    """Letters to Ana; their ids."""
    with cast.acting():
        ana = db.session.scalars(select(Person).where(Person.name == "Ana Ferreira")).one()
        return [
            letters.write(ana, f"Letter {n}", "See http://localhost/links/abc\n\nBye <b>you</b>").id
            for n in range(several)
        ]


def test_no_letter_yet(ada: Browser) -> None:
    assert "No letter was written yet" in ada.get(LIST)


def test_kept_letters_wait_to_be_passed_on(ada: Browser, cast: Cast) -> None:
    written(cast, 2)
    page = ada.get(LIST)
    assert "2 letters wait for you to pass them on" in page
    assert "kept: no mail server is set" in page
    assert page.text.index("Letter 1") < page.text.index("Letter 0")


def test_reading_one_warns_of_its_link_and_makes_none_of_it(ada: Browser, cast: Cast) -> None:
    key = written(cast)[0]
    page = ada.get(f"{LIST}{key}/")
    assert "The link in it is as good as a password." in page
    assert "http://localhost/links/abc" in page
    assert "http://localhost/links/abc" not in page.links()
    assert "Bye <b>you</b>" in page


def test_a_sent_letter_says_when(ada: Browser, cast: Cast) -> None:
    key = written(cast)[0]
    with cast.acting():
        db.session.execute(update(Letter).where(Letter.id == key).values(sent_at=now()))
    assert "Every letter was sent" in ada.get(LIST)
    assert "sent today" in ada.get(f"{LIST}{key}/")


def test_pages_of_letters(ada: Browser, cast: Cast) -> None:
    ada.get(LIST)
    written(cast)
    with statements(cast.app) as few:
        ada.get(LIST)
    written(cast, 30)
    with statements(cast.app) as many:
        page = ada.get(LIST)
    assert len(few) == len(many)
    older = next(a.get("href", "") for a in page.all("a") if a.get("rel") == "next")
    assert "Letter 0" in ada.get(older)
