"""People whose address nobody knows: they have a place, and no letter, notice or sign-in."""

import pytest
from sqlalchemy import select

from portal.cases import casework, conversation
from portal.cases.models import Case, Party
from portal.channels.models import Letter, Notice
from portal.extensions import db
from portal.identity import accounts, invitations, links
from portal.identity.models import NOWHERE, Membership, Organization, Person
from portal.identity.people import BadEmail, NoAddress, checked, without_address
from tests.browser import Browser
from tests.cast import Cast
from tests.exchange.conftest import Desk


@pytest.fixture
def ivo(cast: Cast, desk: Desk) -> int:
    desk.bring("people", "id,name,company\n1,Ivo Kos,Northwind\n")
    with cast.app.app_context():
        return db.session.scalars(select(Person.id).where(Person.name == "Ivo Kos")).one()


def stored(cast: Cast, key: int) -> Person:
    with cast.app.app_context():
        return db.session.get_one(Person, key)


def test_what_stands_in_the_place_of_an_address_is_unique_and_none(cast: Cast) -> None:
    several = {without_address(name) for name in ("ALFKI", "alfki", "Al fki", "Čavao", "🍖", "x" * 500)}
    assert len(several) == 6
    assert without_address("ALFKI") == without_address("ALFKI")
    for address in several:
        assert address.endswith(NOWHERE)
        assert len(address) <= 254
        with pytest.raises(BadEmail):
            checked(address)


def test_no_page_shows_it(cast: Cast, ada: Browser, ivo: int) -> None:
    place = cast.viewer("ana").organization_id
    for url in ("/settings/people/", f"/settings/people/{ivo}/", f"/settings/organizations/{place}/"):
        page = ada.get(url)
        assert "no address" in page
        assert NOWHERE not in page.html
    page = ada.get(f"/settings/people/{ivo}/edit")
    assert page.fields()["email"] == ""
    assert NOWHERE not in page.html


def test_an_administrator_can_enter_an_address_later(cast: Cast, ada: Browser, ivo: int) -> None:
    url = f"/settings/people/{ivo}/edit"
    ada.post(url, {**ada.get(url).fields(), "name": "Ivo Kosović"})
    assert (stored(cast, ivo).name, stored(cast, ivo).has_address) == ("Ivo Kosović", False)
    ada.post(url, {**ada.get(url).fields(), "email": f"x{NOWHERE}"}, 422)
    ada.post(url, {**ada.get(url).fields(), "email": "ivo@kos.example"})
    assert stored(cast, ivo).email == "ivo@kos.example"
    ada.post(url, {**ada.get(url).fields(), "email": ""}, 422)


def test_nobody_writes_to_nowhere(cast: Cast, ada: Browser, ivo: int) -> None:
    placeholder = stored(cast, ivo).email
    answer = ada.post(f"/settings/people/{ivo}/link")
    assert "has no address" in ada.get(answer.location)
    administrator = cast.viewer("ada")
    with cast.acting():
        person = db.session.get_one(Person, ivo)
        organization = db.session.scalars(select(Organization).where(Organization.name == "Alpina")).one()
        with pytest.raises(NoAddress):
            accounts.hand_over_link(administrator, person)
        with pytest.raises(BadEmail):
            invitations.invite(None, organization, "Ivo", placeholder)
        assert links.forgotten(placeholder) is None
    with cast.app.app_context():
        assert not db.session.scalars(select(Letter)).all()
    browser = cast.browser()
    fields = browser.get("/sign-in").fields()
    browser.post("/sign-in", {**fields, "email": placeholder, "password": "x"}, 422)


def test_they_are_told_in_the_portal_and_not_by_mail(cast: Cast, ivo: int) -> None:
    """Ivo follows a case: his notice waits for the day he can sign in, and no mail is planned."""
    with cast.app.app_context():
        membership = db.session.scalars(select(Membership.id).where(Membership.person_id == ivo)).one()
    number, sue = cast.asks("ana"), cast.viewer("sue")
    with cast.acting():
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        party = select(Party.id).where(Party.case_id == case.id, Party.role == "requester")
        casework.named(case, db.session.scalars(party).one(), [membership])
        db.session.flush()
        conversation.reply(sue, case.id, "Which lot?")
    with cast.app.app_context():
        mailed = dict(db.session.execute(select(Notice.membership_id, Notice.mail_at)).all())
    assert mailed[membership] is None
    assert mailed[cast.membership("ana")] is not None
