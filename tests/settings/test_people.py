"""People: invited, changed, deactivated, handed a link."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.channels.models import Letter
from portal.clock import NEVER
from portal.extensions import db
from portal.identity import accounts, memberships, organizations, people, staffing
from portal.identity.accounts import ActsForNobody
from portal.identity.administrators import LastAdministrator, Yourself
from portal.identity.invitations import Deactivated
from portal.identity.models import Department, DepartmentMember, Link, Membership, Organization, Person
from portal.identity.people import EmailTaken
from portal.identity.staffing import NotStaff, UnknownDepartment
from tests.browser import Browser, Page, statements
from tests.cast import Cast

Ids = Callable[..., int]
Row = Callable[..., Any]
URL = "/settings/people/new"


def departments_of(cast: Cast, membership: int) -> dict[str, bool]:
    """Code of each department the member works in → do they lead it?"""
    with cast.app.app_context():
        rows = db.session.execute(
            select(Department.code, DepartmentMember.lead)
            .join(DepartmentMember, DepartmentMember.department_id == Department.id)
            .where(DepartmentMember.membership_id == membership)
        )
        return {code: lead for code, lead in rows}  # noqa: C416


def test_the_list_tells_state_organizations_and_departments(ada: Browser) -> None:
    page = ada.get("/settings/people/")
    assert "1 of 15 people has no sign-in yet" in page
    for words in (
        "no sign-in yet",
        "deactivated",
        "administrator",
        "Adriatic, Alpina",
        "Service (leads)",
        "nobody",
    ):
        assert words in page


def test_search_and_filters(ada: Browser) -> None:
    assert "Ana Ferreira" in ada.get("/settings/people/?q=ANA%40NORTH")
    assert "Carla" not in ada.get("/settings/people/?q=ana%40north")
    page = ada.get("/settings/people/?organization=alpina")
    assert "Carla Steiner" in page
    assert "Nina Babic" in page
    assert "Ana Ferreira" not in page
    assert "Eva Mail" in ada.get("/settings/people/?state=waiting")
    assert "Olga Old" in ada.get("/settings/people/?state=deactivated")
    page = ada.get("/settings/people/?state=administrators&q=lind&organization=meridian")
    assert "Ada Lind" in page
    assert "Nobody fits." in ada.get("/settings/people/?q=nobody-at-all")


def test_the_list_asks_a_fixed_number_of_questions(ada: Browser, cast: Cast, ids: Ids) -> None:
    ada.get("/settings/people/")  # the name of the site is read once
    alpina = ids(Organization, "Alpina")
    with statements(cast.app) as few:
        ada.get("/settings/people/?q=carla")
    with cast.acting():
        for number in range(40):
            person = people.create_person(f"Carla {number}", f"c{number}@alpina.example")
            db.session.add(Membership(person_id=person.id, organization_id=alpina))
    with statements(cast.app) as many:
        page = ada.get("/settings/people/?q=carla")
    assert len(few) == len(many) <= 5
    assert "More" in page


def test_somebody_new_is_invited_with_a_letter(ada: Browser, cast: Cast, ids: Ids) -> None:
    answer = ada.post(
        URL,
        {
            "name": "Nuno Šimić 🦊",
            "email": " NUNO@Northwind.Example ",
            "organization": "northwind",
            "sees": "own",
        },
    )
    page = ada.get(answer.location)
    assert "Nuno Šimić 🦊 is invited to act for Northwind." in page
    assert "no sign-in yet" in page
    with cast.app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == "nuno@northwind.example")).one()
        membership = db.session.scalars(select(Membership).where(Membership.person_id == person.id)).one()
        letter = db.session.scalars(select(Letter).where(Letter.person_id == person.id)).one()
    assert (membership.sees, membership.manager) == ("own", False)
    assert membership.organization_id == ids(Organization, "Northwind")
    assert "/links/" in letter.body


def test_a_colleague_is_invited_into_departments(ada: Browser, cast: Cast) -> None:
    sales, finance = cast.department("sales").id, cast.department("finance").id
    ada.post(
        URL,
        {
            "name": "Ivo Ban",
            "email": "ivo@meridian.example",
            "organization": "Meridian Tools",
            "sees": "all",
            "works_in": [str(sales)],
            "leads": [str(finance)],
        },
    )
    with cast.app.app_context():
        membership = db.session.scalars(
            select(Membership.id).join(Person).where(Person.email == "ivo@meridian.example")
        ).one()
    assert departments_of(cast, membership) == {"sales": False, "finance": True}


def test_somebody_we_know_keeps_name_and_sign_in(ada: Browser, cast: Cast, ids: Ids) -> None:
    answer = ada.post(
        URL, {"name": "Other Name", "email": "Carla@alpina.example", "organization": "Lumen", "sees": "all"}
    )
    page = ada.get(answer.location)
    assert "Carla Steiner can now act for Lumen." in page
    assert "Alpina" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": ""}, "Who is it?"),
        ({"email": ""}, "Their invitation goes to their e-mail address."),
        ({"email": "no address"}, "That is no e-mail address."),
        ({"email": "🦊@🦊.example"}, "That is no e-mail address."),
        ({"email": "a" * 250 + "@x.example"}, "That is no e-mail address."),
        ({"email": "ANA@northwind.example"}, "Somebody with this address acts for Northwind already."),
        ({"email": "olga@northwind.example", "organization": "Alpina"}, "reactivate them first"),
        ({"organization": ""}, "For whom do they act?"),
        ({"organization": "Nowhere Ltd"}, "There is no organization of this name."),
        ({"organization": "Northwind #7"}, "There is no organization of this name."),
        ({"works_in": "999"}, "not a valid choice"),
        ({"works_in": "abc"}, "Invalid choice"),
        ({"sees": "everything"}, "Not a valid choice"),
        ({"works_in": "2"}, "Only our own people work in departments."),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(
    ada: Browser, cast: Cast, typed: dict[str, str], says: str
) -> None:
    form = {
        "name": "Kept Name",
        "email": "kept@x.example",
        "organization": "Northwind",
        "sees": "all",
        **typed,
    }
    with statements(cast.app) as done:
        page = ada.post(URL, form, 422)
    assert says in page, page.text
    for value in (form["name"], form["email"][:20]):
        assert value.lower() in page.html.lower()
    kept = [s for s in done.writes() if not s.startswith("INSERT INTO memberships")]
    assert not kept, kept


def test_organizations_of_one_name_are_told_apart(ada: Browser, cast: Cast, ids: Ids) -> None:
    with cast.acting():
        twin = organizations.create(organizations.OrganizationDetails("Northwind"))
        key = twin.id
    form = {"name": "Twin", "email": "twin@x.example", "organization": "northwind", "sees": "all"}
    page = ada.post(URL, form, 422)
    assert f"Northwind #{key}" in page
    answer = ada.post(URL, {**form, "organization": f"Northwind #{key}"})
    assert f"/settings/organizations/{key}/" in ada.get(answer.location).links()


def test_inviting_from_an_organization(ada: Browser, ids: Ids) -> None:
    key = ids(Organization, "Lumen")
    url = f"/settings/organizations/{key}/invite"
    form = ada.get(url).fields(url)
    assert "works_in" not in form
    answer = ada.post(url, {**form, "name": "Lea", "email": "lea@lumen.example", "manager": "y"})
    page = ada.get(answer.location)
    assert "Lea is invited to act for Lumen." in page
    assert "manage, and see all requests" in page
    ours = ids(Organization, "Meridian Tools")
    assert "manager" not in ada.get(f"/settings/organizations/{ours}/invite").fields(
        f"/settings/organizations/{ours}/invite"
    )


def test_the_same_invitation_twice_is_one(ada: Browser, cast: Cast) -> None:
    form = {"name": "Lea", "email": "lea@lumen.example", "organization": "Lumen", "sees": "all", "once": "k"}
    ada.post(URL, form)
    assert "acts for Lumen already" in ada.post(URL, form, 422)


def edit(ada: Browser, key: int, expect: int = 303, **changed: Any) -> Page:
    """Post the edit form as it stands, with changes; a tick is taken away by None."""
    url = f"/settings/people/{key}/edit"
    form: dict[str, Any] = {**ada.get(url).fields(url), **changed}
    return ada.post(url, {name: value for name, value in form.items() if value is not None}, expect)


def test_name_and_address_change_and_old_links_end(ada: Browser, cast: Cast, ids: Ids, row: Row) -> None:
    key = ids(Person, "Bruno Costa")
    link = ada.get(ada.post(f"/settings/people/{key}/link").location).fields  # a reset link was mailed
    assert link
    edit(ada, key, name="Bruno\nda Costa", email="Bruno.Costa@Northwind.example")
    saved = row(Person, key)
    assert (saved.name, saved.email) == ("Bruno da Costa", "bruno.costa@northwind.example")
    with cast.app.app_context():
        assert all(one.used_at for one in db.session.scalars(select(Link).where(Link.person_id == key)))


def test_an_address_is_taken_in_any_case(ada: Browser, ids: Ids, row: Row) -> None:
    key = ids(Person, "Bruno Costa")
    page = edit(ada, key, 422, email="ANA@NORTHWIND.example", name="Typed Name")
    assert "Somebody else has this address." in page
    assert "Typed Name" in page.html
    assert row(Person, key).name == "Bruno Costa"


def test_two_who_take_an_address_at_once(
    ada: Browser, cast: Cast, ids: Ids, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts.people, "find", lambda _email: None)
    key = ids(Person, "Bruno Costa")
    assert "Somebody else has this address." in edit(ada, key, 422, email="ana@northwind.example")
    assert row(Person, key).email == "bruno@northwind.example"


def test_outsiders_are_offered_no_departments(ada: Browser, cast: Cast, ids: Ids, row: Row) -> None:
    key = ids(Person, "Bruno Costa")
    url = f"/settings/people/{key}/edit"
    assert set(ada.get(url).fields(url)) & {"administrator", "works_in", "leads"} == set()
    edit(ada, key, administrator="y", works_in="2")
    assert not row(Person, key).administrator
    assert departments_of(cast, cast.membership("bruno")) == {}
    with cast.acting(), pytest.raises(NotStaff):
        accounts.describe(None, db.session.get_one(Person, key), "Bruno", "bruno@northwind.example", True)


def test_a_colleague_changes_departments_and_administers(
    ada: Browser, cast: Cast, ids: Ids, row: Row
) -> None:
    key, sue = ids(Person, "Sue Keller"), cast.membership("sue")
    sales, service = cast.department("sales").id, cast.department("service").id
    edit(ada, key, works_in=[str(sales), str(service)], leads=[str(sales)], administrator="y")
    assert departments_of(cast, sue) == {"sales": True, "service": False}
    assert row(Person, key).administrator
    edit(ada, key, works_in=None, leads=None, administrator=None)
    assert departments_of(cast, sue) == {}
    assert not row(Person, key).administrator


def test_unknown_departments_and_outsiders_are_refused_by_the_verb(cast: Cast) -> None:
    sue, ana = cast.membership("sue"), cast.membership("ana")
    with cast.acting():
        with pytest.raises(UnknownDepartment):
            staffing.set_departments(db.session.get_one(Membership, sue), {999: False})
        with pytest.raises(NotStaff):
            staffing.set_departments(db.session.get_one(Membership, ana), {2: False})


def test_the_last_administrator_stays(ada: Browser, cast: Cast, ids: Ids, row: Row) -> None:
    key = ids(Person, "Ada Lind")
    assert "This is you." in edit(ada, key, 422, administrator=None)
    assert "This is you." in ada.get(ada.post(f"/settings/people/{key}/deactivate").location)
    sue = cast.viewer("sue")
    with cast.acting():
        person = db.session.get_one(Person, key)
        with pytest.raises(LastAdministrator):
            accounts.deactivate(sue, person)
        with pytest.raises(LastAdministrator):
            accounts.deactivate(None, person)
        with pytest.raises(LastAdministrator):
            accounts.describe(None, person, "Ada", person.email, False)
    saved = row(Person, key)
    assert saved.administrator
    assert saved.deactivated_at == NEVER


@pytest.mark.parametrize("why", ["no sign-in", "deactivated", "left"])
def test_an_administrator_who_cannot_come_in_does_not_count(cast: Cast, ids: Ids, why: str) -> None:
    key = ids(Person, "Ada Lind")
    fin_member = cast.membership("fin")
    with cast.acting():
        fin = db.session.scalars(select(Person).where(Person.name == "Fin Okafor")).one()
        fin.administrator = True
        if why == "no sign-in":
            fin.password_hash = None
        elif why == "deactivated":
            people.deactivate(fin)
        else:
            memberships.end(None, db.session.get_one(Membership, fin_member))
    with cast.acting(), pytest.raises(LastAdministrator):
        accounts.deactivate(None, db.session.get_one(Person, key))


def test_with_two_administrators_one_may_go(cast: Cast, ada: Browser, ids: Ids, row: Row) -> None:
    key = ids(Person, "Fin Okafor")
    edit(ada, key, administrator="y")
    fin = cast.browser("fin")
    ada_id = ids(Person, "Ada Lind")
    assert "Ada Lind is deactivated." in fin.get(fin.post(f"/settings/people/{ada_id}/deactivate").location)
    assert ada.client.get("/settings/").status_code == 303
    assert "Ada Lind can sign in again." in fin.get(
        fin.post(f"/settings/people/{ada_id}/reactivate").location
    )


def test_deactivating_ends_every_session_and_can_be_undone(ada: Browser, cast: Cast, ids: Ids) -> None:
    key, ana = ids(Person, "Ana Ferreira"), cast.browser("ana")
    page = ada.get(ada.post(f"/settings/people/{key}/deactivate").location)
    assert "Ana Ferreira is deactivated." in page
    assert f"/settings/people/{key}/reactivate" in page.html
    assert ana.client.get("/account/").status_code == 303
    assert "Reactivate them first." in ada.get(ada.post(f"/settings/people/{key}/link").location)
    ada.post(f"/settings/people/{key}/reactivate")
    assert "deactivated" not in ada.get(f"/settings/people/{key}/")


def test_nobody_deactivates_themselves(cast: Cast, ids: Ids) -> None:
    ada = cast.viewer("ada")
    with cast.acting(), pytest.raises(Yourself):
        accounts.deactivate(ada, db.session.get_one(Person, ada.person_id))


def test_a_link_is_shown_once_and_works(ada: Browser, cast: Cast, ids: Ids) -> None:
    key = ids(Person, "Bruno Costa")
    answer = ada.post(f"/settings/people/{key}/link")
    page = ada.get(answer.location)
    url = next(f.get("value", "") for f in page.all("input") if f.get("id") == "handed")
    assert "Hand this link to Bruno Costa" in page
    assert "With it they choose a new password." in page
    assert url.startswith("http://localhost/links/")
    assert url not in ada.get(answer.location).html
    cast.browser().get(url.removeprefix("http://localhost"))
    with cast.app.app_context():
        assert url in db.session.scalars(select(Letter.body).where(Letter.person_id == key)).one()


def test_an_invitation_is_made_anew_for_who_never_came(ada: Browser, ids: Ids) -> None:
    ada.post(URL, {"name": "Lea", "email": "lea@lumen.example", "organization": "Lumen", "sees": "all"})
    key = ids(Person, "Lea")
    page = ada.get(ada.post(f"/settings/people/{key}/link").location)
    assert "With it they choose how they sign in." in page


def test_who_acts_for_nobody_gets_no_link(ada: Browser, cast: Cast, ids: Ids) -> None:
    key = ids(Person, "Eva Mail")
    assert "acts for no organization" in ada.get(ada.post(f"/settings/people/{key}/link").location)
    by = cast.viewer("ada")
    olga = ids(Person, "Olga Old")
    with cast.acting():
        with pytest.raises(ActsForNobody):
            accounts.hand_over_link(by, db.session.get_one(Person, key))
        with pytest.raises(Deactivated):
            accounts.hand_over_link(by, db.session.get_one(Person, olga))


def test_a_link_for_one_person_is_not_shown_with_another(ada: Browser, ids: Ids) -> None:
    ada.post(f"/settings/people/{ids(Person, 'Bruno Costa')}/link")
    page = ada.get(f"/settings/people/{ids(Person, 'Ana Ferreira')}/")
    assert "/links/" not in page.html


def test_the_verb_refuses_a_taken_address(cast: Cast, ids: Ids) -> None:
    key = ids(Person, "Bruno Costa")
    with cast.acting(), pytest.raises(EmailTaken):
        accounts.describe(None, db.session.get_one(Person, key), "Bruno", "ANA@northwind.example", False)
