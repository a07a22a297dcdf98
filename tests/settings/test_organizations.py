"""Organizations and who acts for them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.clock import NEVER
from portal.extensions import db
from portal.identity import memberships, organizations
from portal.identity.administrators import LastAdministrator, Yourself
from portal.identity.models import Membership, Organization, Person
from portal.identity.organizations import OrganizationDetails, OursStays
from tests.browser import Browser, statements
from tests.cast import Cast

Ids = Callable[..., int]
Row = Callable[..., Any]

STRANGE = ["Ćevap 🍖 d.o.o.", "شركة الأدوات", "Š" * 200, "O'Brien & <b>Sons</b>", "\u202eevil"]


def test_the_list_names_what_each_is_to_us(ada: Browser) -> None:
    page = ada.get("/settings/organizations/")
    assert "6 organizations, 2 of them customers" in page
    for name in ("Meridian Tools", "Northwind", "Ferrum"):
        assert name in page
    assert "ours" in page
    assert page.links().count("/settings/organizations/2/") == 1


def test_search_and_chips_narrow_the_list(ada: Browser) -> None:
    assert "Ferrum" not in ada.get("/settings/organizations/?q=NORTH")
    page = ada.get("/settings/organizations/?relation=supplier")
    assert "Ferrum" in page
    assert "Northwind" not in page
    assert "No organization fits." in ada.get("/settings/organizations/?q=%25")
    assert "Northwind" in ada.get("/settings/organizations/?relation=rubbish")


def test_letters_with_accents_are_found_in_either_case(cast: Cast, ada: Browser) -> None:
    with cast.acting():
        organizations.create(OrganizationDetails("Šumarija Žabac"))
    for typed in ("šumarija", "ŠUMARIJA", "Žabac", "žabac"):
        assert "Šumarija Žabac" in ada.get("/settings/organizations/", query_string={"q": typed})


def test_every_organization_is_on_exactly_one_page(cast: Cast, ada: Browser) -> None:
    with cast.acting():
        for number in range(60):
            organizations.create(OrganizationDetails("Same name" if number < 30 else f"Firm {number}"))
    seen: list[str] = []
    url = "/settings/organizations/"
    with statements(cast.app) as first:
        ada.get(url)
    while url:
        with statements(cast.app) as done:
            page = ada.get(url)
        assert len(done) == len(first)
        seen += [
            link
            for link in page.links()
            if link.startswith("/settings/organizations/") and link[-2].isdigit()
        ]
        url = next((a.get("href", "") for a in page.all("a") if a.get("rel") == "next"), "")
    assert len(seen) == len(set(seen)) == 67


@pytest.mark.parametrize("name", STRANGE)
def test_a_new_organization_is_saved_as_typed(ada: Browser, name: str) -> None:
    made = ada.post(
        "/settings/organizations/new",
        {
            "name": name,
            "relations": ["customer", "partner"],
            "segment": "Construction",
            "tier": "gold",
            "country": "PT",
            "domain": "https://www.Example.COM/contact?x=1",
            "own_only": "y",
        },
    )
    page = ada.get(made.location)
    with ada.app.app_context():
        saved = db.session.get_one(Organization, int(made.location.rstrip("/").split("/")[-1]))
    assert saved.relations == ("customer", "partner")
    assert (saved.segment, saved.tier, saved.country, saved.domain) == (
        "Construction",
        "gold",
        "PT",
        "example.com",
    )
    assert saved.own_only
    assert not saved.ours
    assert saved.name == name.removeprefix("\u202e")
    assert saved.name in page
    assert "Saved." in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": ""}, "Give it a name."),
        ({"name": "   "}, "Give it a name."),
        ({"name": "\u200b\u202e"}, "Give it a name."),
        ({"name": "x" * 201}, "That is too long."),
        ({"name": "Fine", "segment": "s" * 61}, "That is too long."),
        ({"name": "Fine", "domain": "no domain"}, "That is no web domain"),
        ({"name": "Fine", "domain": "-.example"}, "That is no web domain"),
        ({"name": "Fine", "country": "XX"}, "Not a valid choice"),
        ({"name": "Fine", "relations": "owner"}, "not a valid choice"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(
    ada: Browser, cast: Cast, typed: dict[str, str], says: str
) -> None:
    before = count(cast)
    page = ada.post("/settings/organizations/new", {"country": "", "tier": "kept tier", **typed}, 422)
    assert says in page
    assert "kept tier" in page.html
    assert count(cast) == before


def count(cast: Cast) -> int:
    with cast.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Organization)) or 0


def test_the_same_form_twice_makes_one_organization(ada: Browser, cast: Cast) -> None:
    before = count(cast)
    form = {"name": "Once Only", "country": "", "once": "the-same-key"}
    first = ada.post("/settings/organizations/new", form)
    second = ada.post("/settings/organizations/new", form)
    assert first.location == second.location
    assert count(cast) == before + 1


def test_editing_keeps_what_was_not_touched(ada: Browser, ids: Ids, row: Row) -> None:
    key = ids(Organization, "Ferrum")
    url = f"/settings/organizations/{key}/edit"
    form = ada.get(url).fields(url)
    ada.post(url, {**form, "tier": "preferred"})
    saved = row(Organization, key)
    assert (saved.name, saved.tier, saved.relations) == ("Ferrum", "preferred", ("supplier",))


def test_our_own_organization_is_renamed_everywhere_at_once(ada: Browser, ids: Ids, row: Row) -> None:
    key = ids(Organization, "Meridian Tools")
    page = ada.get(f"/settings/organizations/{key}/edit")
    assert "relations" not in page.fields()
    ada.post(
        f"/settings/organizations/{key}/edit",
        {"name": "Meridian Works", "country": "", "relations": "customer", "own_only": "y"},
    )
    saved = row(Organization, key)
    assert saved.ours
    assert saved.relations == ()
    assert not saved.own_only
    assert "Meridian Works" in ada.get("/settings/")


def test_archiving_shuts_its_people_out_and_can_be_undone(ada: Browser, cast: Cast, ids: Ids) -> None:
    key = ids(Organization, "Northwind")
    ana = cast.browser("ana")
    ana.get("/account/")
    page = ada.get(ada.post(f"/settings/organizations/{key}/archive").location)
    assert "Northwind is archived." in page
    assert "Undo" in page
    assert ana.client.get("/account/").status_code == 303
    assert "Northwind" not in ada.get("/settings/organizations/")
    assert "Northwind" in ada.get("/settings/organizations/?archived=1")
    assert "Restore it first." in ada.get(ada.get(f"/settings/organizations/{key}/invite", 303).location)
    ada.post(f"/settings/organizations/{key}/restore")
    assert cast.browser("ana").client.get("/account/").status_code == 200


def test_ours_is_never_archived(ada: Browser, cast: Cast, ids: Ids, row: Row) -> None:
    key = ids(Organization, "Meridian Tools")
    assert "Archive it" not in ada.get(f"/settings/organizations/{key}/")
    assert "Our own organization stays." in ada.get(
        ada.post(f"/settings/organizations/{key}/archive").location
    )
    assert row(Organization, key).archived_at == NEVER
    with cast.acting(), pytest.raises(OursStays):
        organizations.archive(db.session.get_one(Organization, key))


def test_a_members_access_is_changed(ada: Browser, cast: Cast, row: Row) -> None:
    bruno = cast.membership("bruno")
    for access, manager, sees in (("manager", True, "all"), ("all", False, "all"), ("own", False, "own")):
        page = ada.get(ada.post(f"/settings/memberships/{bruno}/access/{access}").location)
        assert "Saved." in page
        saved = row(Membership, bruno)
        assert (saved.manager, saved.sees) == (manager, sees)
    ada.post(f"/settings/memberships/{bruno}/access/everything", {}, 404)


def test_ending_a_membership_can_be_undone(ada: Browser, cast: Cast) -> None:
    rui = cast.membership("rui")
    page = ada.get(ada.post(f"/settings/memberships/{rui}/end").location)
    assert "Rui Matos no longer acts for this organization." in page
    assert f"/settings/memberships/{rui}/reopen" in page.html
    page = ada.get(ada.post(f"/settings/memberships/{rui}/reopen").location)
    assert "Rui Matos acts for this organization again." in page


def test_ada_cannot_end_her_own_membership(ada: Browser, cast: Cast, row: Row) -> None:
    mine = cast.membership("ada")
    assert "This is you." in ada.get(ada.post(f"/settings/memberships/{mine}/end").location)
    assert row(Membership, mine).until == NEVER
    ada_acts, sue_acts = cast.viewer("ada"), cast.viewer("sue")
    with cast.acting():
        membership = db.session.get_one(Membership, mine)
        with pytest.raises(Yourself):
            memberships.end(ada_acts, membership)
        with pytest.raises(LastAdministrator):
            memberships.end(None, membership)
        with pytest.raises(LastAdministrator):
            memberships.end(sue_acts, membership)


def test_the_members_list_asks_a_fixed_number_of_questions(ada: Browser, cast: Cast, ids: Ids) -> None:
    key = ids(Organization, "Northwind")
    url = f"/settings/organizations/{key}/"
    ada.get(url)  # the name of the site is read once
    with statements(cast.app) as few:
        ada.get(url)
    with cast.acting():
        for number in range(40):
            person = Person(name=f"Member {number}", email=f"m{number}@northwind.example")
            db.session.add(person)
            db.session.flush()
            db.session.add(Membership(person_id=person.id, organization_id=key))
    with statements(cast.app) as many:
        page = ada.get(url)
    assert len(few) == len(many)
    assert "More" in page
