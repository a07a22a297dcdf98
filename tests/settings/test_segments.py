"""Segments: found anew each time, told in words, and lists narrowed by them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.identity import organizations, segments
from portal.identity.models import Organization, Segment
from tests.browser import Browser, statements
from tests.cast import Cast

Ids = Callable[..., int]


@pytest.fixture
def known(cast: Cast) -> None:
    """Something known of everybody."""
    with cast.acting():
        names = {row.name: row for row in db.session.scalars(select(Organization))}
        for name, facts in {
            "Northwind": {
                "country": "PT",
                "spend": "A",
                "segment": "Construction",
                "domain": "northwind.example",
            },
            "Alpina": {"country": "AT", "tier": "gold", "segment": "Woods", "domain": "shop.alpina.at"},
            "Adriatic": {"country": "HR", "tier": "Gold", "supplier": True},
            "Ferrum": {"country": "DE", "spend": "D"},
        }.items():
            for column, value in facts.items():
                setattr(names[name], column, value)
        organizations.set_tags(names["Northwind"].id, ["key", "Fair"])
        organizations.set_tags(names["Lumen"].id, ["fair"])


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("given", "inside"),
    [
        ({}, "Adriatic Alpina Borealis Ferrum Lumen Northwind"),
        ({"relations": ["supplier"]}, "Adriatic Borealis Ferrum"),
        ({"relations": ["supplier", "customer"]}, "Adriatic Alpina Borealis Ferrum Northwind"),
        ({"countries": ["PT", "AT"]}, "Alpina Northwind"),
        ({"countries": ["PT", "AT"], "spend": ["A"]}, "Northwind"),
        ({"spend": ["unknown"]}, "Adriatic Alpina Borealis Lumen"),
        ({"tags": ["fair"]}, "Lumen Northwind"),
        ({"tags": ["fair", "key"], "relations": ["partner"]}, "Lumen"),
        ({"tiers": ["gold"]}, "Adriatic Alpina"),
        ({"industries": ["construction"]}, "Northwind"),
        ({"domains": ["alpina.at"]}, "Alpina"),
        ({"domains": ["at"]}, "Alpina"),
        ({"domains": ["%"]}, ""),
        (
            {"relations": ["nonsense"], "nonsense": ["x"], "tags": [""]},
            "Adriatic Alpina Borealis Ferrum Lumen Northwind",
        ),
    ],
)
def test_who_is_in_it(cast: Cast, given: dict[str, list[str]], inside: str) -> None:
    with cast.app.app_context():
        names = {row.name for row in db.session.scalars(segments.members_of(given))}
        assert names == set(inside.split())
        made = Segment(id=1, name="x", conditions=segments.conditions(given))
        assert segments.counts([made]) == {1: len(names)}


@pytest.mark.usefixtures("known")
def test_a_segment_is_made_looked_at_changed_and_archived(cast: Cast, ada: Browser) -> None:
    page = ada.get("/settings/segments/new")
    assert "Every organization: there is no condition." in page
    assert "6 organizations" in page
    looked = ada.post("/settings/segments/new", {"relations": "customer", "look": "1"}, 200)
    assert "2 organizations: Alpina, Northwind." in looked
    assert "Give it a name." not in looked
    typed = {"name": "Customers here", "relations": ["customer"], "countries": ["PT"], "tags": "Fair, key"}
    page = ada.get(ada.post("/settings/segments/new", typed).location)
    assert (
        "Organizations where they are a customer, the country is Portugal, and a tag is fair or key." in page
    )
    with cast.app.app_context():
        made = db.session.scalars(select(Segment)).one()
        assert made.conditions == {"relations": ["customer"], "countries": ["PT"], "tags": ["fair", "key"]}
    url = f"/settings/segments/{made.id}/"
    assert "Another segment is called so." in ada.post("/settings/segments/new", typed, 422)
    assert "Give it a name." in ada.post(url, {"name": ""}, 422)
    form = ada.get(url).fields(url)
    assert (form["tags"], form["countries"]) == ("fair, key", "PT")
    ada.post(url, {"name": "All", "tags": ""})
    assert "Every organization" in ada.get("/settings/segments/")
    page = ada.get(ada.post(f"{url}archive").location)
    assert "All is archived." in page
    with cast.app.app_context():
        assert segments.in_use() == []
    ada.post(f"{url}restore")
    assert f"/settings/organizations/?segment={made.id}" in ada.get("/settings/segments/").links()


@pytest.mark.usefixtures("known")
def test_organizations_are_narrowed_by_a_segment(cast: Cast, ada: Browser) -> None:
    with cast.acting():
        key = segments.create("Fair", {"tags": ["fair"]}).id
    page = ada.get(f"/settings/organizations/?segment={key}")
    assert "Northwind" in page
    assert "Ferrum" not in page
    assert "Segment: Fair" in page
    assert "Ferrum" in ada.get("/settings/organizations/?segment=rubbish")
    assert "Northwind" not in ada.get(f"/settings/organizations/?segment={key}&relation=partner")


@pytest.mark.usefixtures("known")
def test_staff_narrow_cases_by_a_segment_and_outsiders_do_not(cast: Cast) -> None:
    cast.asks("ana")
    cast.asks("carla")
    assert "There is no segment yet." in cast.browser("sue").get("/cases/?segment=")
    with cast.acting():
        key = segments.create("In Portugal", {"countries": ["PT"]}).id
    sue = cast.browser("sue")
    with statements(cast.app) as plain:
        page = sue.get("/cases/")
    assert "By segment" in page
    assert "In Portugal" not in page
    assert "In Portugal" in sue.get("/cases/?segment=")
    with statements(cast.app) as narrowed:
        page = sue.get(f"/cases/?segment={key}")
    assert "A question of ana" in page
    assert "A question of carla" not in page
    assert len(narrowed) <= len(plain) + 1
    carla = cast.browser("carla")
    page = carla.get(f"/cases/?segment={key}")
    assert "A question of carla" in page
    assert "In Portugal" not in page


def test_facts_of_an_organization_are_kept_and_shown(cast: Cast, ada: Browser) -> None:
    typed: dict[str, Any] = {
        "name": "Quercus", "vat": "HR 69435151531", "phone": "+385 1 23", "fax": "+385 1 24",
        "street": "Ilica 1",
        "postal_code": "10000", "city": "Zagreb", "region": "Grad Zagreb", "country": "HR", "spend": "B",
        "tags": "Fair 2026,  key ,, KEY",
    }  # fmt: skip
    made = ada.post("/settings/organizations/new", typed).location
    page = ada.get(made)
    for words in (
        "HR 69435151531",
        "This cannot be right",
        "Ilica 1, 10000 Zagreb, Grad Zagreb",
        "fair 2026, key",
    ):
        assert words in page, words
    url = f"{made}edit"
    form = ada.get(url).fields(url)
    assert (form["tags"], form["spend"], form["vat"]) == ("fair 2026, key", "B", "HR 69435151531")
    ada.post(url, {**form, "tags": "", "spend": "", "vat": "HR69435151530"})
    page = ada.get(made)
    assert "This cannot be right" not in page
    assert "fair" not in page
    assert "One of these tags is too long." in ada.post(url, {**form, "tags": "x" * 41}, 422)
