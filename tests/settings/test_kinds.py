"""Kinds of requests as an administrator wants them: words, place, department, who, questions."""

from typing import Any

import pytest
from flask import g
from sqlalchemy import select

from portal.cases.models import Case
from portal.extensions import db
from portal.identity import installation
from tests.browser import Browser
from tests.cast import Cast

KIND = "/settings/kinds/complaint/"


def kind(ada: Browser, **changes: Any) -> None:
    """Send the form of the kind as it stands, but for these."""
    fields = ada.get(KIND).fields(KIND)
    fields = {**fields, "opened_by": ["customer", "partner", "supplier"], **changes}
    ada.post(KIND, {name: value for name, value in fields.items() if value is not None})


def question(ada: Browser, **said: Any) -> str:
    """Add a question; its name."""
    ada.post(KIND + "questions/new", {"asked_as": "line", **said})
    with ada.app.app_context():
        return str(installation.chosen().kinds["complaint"]["questions"][-1]["name"])


def test_words_of_a_kind_in_the_readers_language(ada: Browser, cast: Cast) -> None:
    kind(ada, label_en="Claim", label_hr="Prigovor", invitation_en="Tell us what went wrong")
    ana = cast.browser("ana")
    assert "Tell us what went wrong" in ana.get("/requests/")
    assert "Claim" in ana.get("/requests/new/complaint")
    croatian = ana.client.get("/requests/new/complaint", headers={"Accept-Language": "hr"}).text
    assert "Prigovor" in croatian
    kind(ada, label_en="", label_hr="", invitation_en="")
    assert "Report a problem or complaint" in ana.get("/requests/")


def test_a_kind_that_is_off_is_offered_to_nobody(ada: Browser, cast: Cast) -> None:
    number = cast.asks("ana", "complaint")
    kind(ada, on=None)
    ana = cast.browser("ana")
    assert "Report a problem or complaint" not in ana.get("/requests/")
    ana.get("/requests/new/complaint", 404)
    assert "Complaint" in ana.get(f"/cases/{number}")


def test_only_those_who_may_open_it_are_offered_it(ada: Browser, cast: Cast) -> None:
    kind(ada, opened_by=["partner"])
    cast.browser("ana").get("/requests/new/complaint", 404)
    assert "Report a problem or complaint" in cast.browser("pavel").get("/requests/")


def test_a_kind_goes_to_another_department(ada: Browser, cast: Cast) -> None:
    finance = cast.department("finance").id
    kind(ada, department=str(finance), answer_days="7")
    number = cast.asks("ana", "complaint")
    with cast.app.app_context():
        found = db.session.scalars(select(Case).where(Case.number == number)).one()
    assert found.department_id == finance
    assert found.routing["version"] == 2, "a decision names the version of the rule that made it"


def test_the_order_is_that_of_the_menu(ada: Browser, cast: Cast) -> None:
    codes = [link for link in cast.browser("ana").get("/requests/").links() if "/requests/new/" in link]
    assert codes.index("/requests/new/support-request") < codes.index("/requests/new/complaint")
    ada.post(KIND + "move/up", {})
    codes = [link for link in cast.browser("ana").get("/requests/").links() if "/requests/new/" in link]
    assert codes.index("/requests/new/complaint") < codes.index("/requests/new/support-request")


def test_a_question_is_asked_answered_and_shown(ada: Browser, cast: Cast) -> None:
    name = question(
        ada,
        words_en="Where did it happen?",
        words_hr="Gdje se dogodilo?",
        asked_as="choice",
        choices_en="On site\nIn the workshop",
        choices_hr="Na gradilištu\nU radionici",
        required="y",
    )
    ana = cast.browser("ana")
    said = {"subject": "Broken", "body": "It broke.", "remedy": "repair"}
    page = ana.post("/requests/new/complaint", said, 422)
    assert "Please answer this question." in page
    answer = ana.post("/requests/new/complaint", {**said, name: "2"})
    assert "Where did it happen?" in ana.get(answer.location)
    assert "In the workshop" in ana.get(answer.location)
    sue = cast.browser("sue").client.get(answer.location, headers={"Accept-Language": "hr"}).text
    assert "U radionici" in sue


def test_a_question_no_longer_asked_still_shows_its_answers(ada: Browser, cast: Cast) -> None:
    name = question(ada, words_en="Which shift?")
    ana = cast.browser("ana")
    said = {"subject": "Broken", "body": "It broke.", "remedy": "repair", name: "The night shift"}
    address = ana.post("/requests/new/complaint", said).location
    ada.post(KIND + f"questions/{name}/off", {})
    assert "Which shift?" not in ana.get("/requests/new/complaint")
    assert "The night shift" in ana.get(address)


@pytest.mark.parametrize(
    ("asked_as", "typed", "shown"),
    [
        ("number", "1.250,5", "1,250.5"),
        ("date", "2026-12-24", "24 Dec 2026"),
        ("yes", "y", "Yes"),
        ("text", "One\nTwo", "One Two"),
        ("line", "<b>bold</b>", "<b>bold</b>"),
    ],
)
def test_every_way_to_ask(ada: Browser, cast: Cast, asked_as: str, typed: str, shown: str) -> None:
    name = question(ada, words_en="How so?", asked_as=asked_as)
    ana = cast.browser("ana")
    said = {"subject": "Broken", "body": "It broke.", "remedy": "repair", name: typed}
    assert shown in ana.get(ana.post("/requests/new/complaint", said).location)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"words_en": ""}, "Write the question."),
        ({"words_en": "x" * 121}, "That is too long."),
        ({"words_en": "Where?", "asked_as": "choice"}, "Give at least two choices"),
        (
            {"words_en": "Where?", "asked_as": "choice", "choices_en": "a\nb", "choices_pt": "a"},
            "Give as many choices in each language.",
        ),
        ({"words_en": "Where?", "asked_as": "magic"}, "Not a valid choice"),
    ],
)
def test_questions_that_cannot_be_asked(ada: Browser, said: dict[str, str], says: str) -> None:
    assert says in ada.post(KIND + "questions/new", {"asked_as": "line", **said}, 422)


def test_what_is_not_there_is_not_there(ada: Browser) -> None:
    ada.get("/settings/kinds/nonsense/", 404)
    ada.get(KIND + "questions/q_none/", 404)
    ada.post("/settings/kinds/nonsense/move/up", {}, 404)


def test_how_a_question_is_answered_stays_as_it_was_asked(ada: Browser, cast: Cast) -> None:
    """Or answers that are there could not be shown any more."""
    name = question(ada, words_en="By when?")
    ana = cast.browser("ana")
    said = {"subject": "Broken", "body": "It broke.", "remedy": "repair", name: "soon"}
    address = ana.post("/requests/new/complaint", said).location
    ada.post(KIND + f"questions/{name}/", {"words_en": "Until when?", "asked_as": "date"})
    assert "Until when? soon" in ana.get(address)
    with cast.acting():  # even where it says so all the same
        kinds = installation.chosen().kinds
        asked = {**kinds["complaint"]["questions"][0], "asked_as": "date"}
        installation.choose(kinds={"complaint": {**kinds["complaint"], "questions": [asked]}})
    assert "Until when? soon" in ana.get(address)


def test_two_administrators_at_once_lose_nothing_of_each_other(ada: Browser, cast: Cast) -> None:
    """One remembers the kinds from before the other's change, as another process would."""
    question(ada, words_en="Which shift?")
    with cast.app.test_request_context("/", method="POST"):
        remembered = installation.chosen()
        installation.choose_about("kinds", "service_wish", lambda now_is: now_is | {"on": False})
        installation.choose_about("kinds", "complaint", lambda now_is: now_is | {"answer_days": 4})
        db.session.commit()
        g.installation = remembered
        installation.choose_about("kinds", "complaint", lambda now_is: now_is | {"position": 5})
        db.session.commit()
    with cast.app.app_context():
        kinds = installation.chosen().kinds
    assert kinds["service_wish"] == {"on": False}
    assert (kinds["complaint"]["answer_days"], kinds["complaint"]["position"]) == (4, 5)
    assert len(kinds["complaint"]["questions"]) == 1
