"""Duplicates: found with their reasons, called two, merged on a page that says what follows, and undone."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert, update

from portal.extensions import db
from portal.identity import duplicates, names, vat
from portal.identity.models import Membership, Organization, Person
from portal.identity.resembling import resembling
from tests.browser import Browser, statements
from tests.cast import Cast

Ids = Callable[..., int]
Row = Callable[..., Any]


def add(cast: Cast, name: str, **more: Any) -> int:
    """Another outside organization."""
    with cast.acting():
        made = Organization(name=name, customer=True, **more)
        db.session.add(made)
        db.session.flush()
        return made.id


def add_person(cast: Cast, name: str, email: str, organization: int, **more: Any) -> int:
    with cast.acting():
        made = Person(name=name, email=email, **more)
        db.session.add(made)
        db.session.flush()
        db.session.add(Membership(person_id=made.id, organization_id=organization))
        return made.id


def found(cast: Cast, which: str = "organizations") -> dict[tuple[int, int], set[str]]:
    """Pair → the codes of its reasons."""
    with cast.app.app_context():
        pairs = duplicates.people() if which == "people" else duplicates.organizations()
    return {(pair.first_id, pair.second_id): {reason.code for reason in pair.reasons} for pair in pairs}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"domain": "alfa.example"}, {"domain": "www.Alfa.example"}, {"domain"}),
        ({"domain": "gmail.com"}, {"domain": "gmail.com"}, set()),
        ({"vat": "HR 123-456-789-03"}, {"vat": "12345678903", "country": "HR"}, {"vat"}),
        ({"vat": "DE123456788"}, {"vat": "HR123456788"}, set()),
        ({"phone": "+385 1 234 5678"}, {"phone": "01/2345-678"}, {"phone"}),
        ({"phone": "112"}, {"phone": "112"}, set()),
        ({"vat": "", "domain": "", "phone": ""}, {"vat": "", "domain": "", "phone": ""}, set()),
    ],
)
def test_facts_that_are_the_same(
    cast: Cast, one: dict[str, Any], other: dict[str, Any], why: set[str]
) -> None:
    first, second = add(cast, "Quercus", **one), add(cast, "Zephyr", **other)
    assert found(cast).get((first, second), set()) == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quercus d.o.o.", "QUERCUS, d. o. o."),
        ("Šumarija Žabac d.d.", "Sumarija Zabac"),
        ("Müller & Söhne GmbH & Co. KG", "Mueller Soehne"),
        ("Silva & Filhos, Lda.", "Filhos Silva Ltda"),
        ("Quercus S.A.", "Quercus SA"),
        ("Quercus Tools Ltd", "Tools Quercus, Inc."),
        ("Quercus Sp. z o.o.", "Quercus s.r.o."),
        ("Quercus B.V.", "Quercus AG"),
    ],
)
def test_names_that_are_the_same(cast: Cast, one: str, other: str) -> None:
    pair = add(cast, one), add(cast, other)
    assert found(cast) == {pair: {"name"}}


def test_names_that_are_similar_and_names_that_are_not(cast: Cast) -> None:
    one, other, third = (add(cast, name) for name in ("Quercus Traders", "Qercus Traders", "Quercus Brewery"))
    pairs = found(cast)
    assert pairs == {(one, other): {"similar"}}
    assert (one, third) not in pairs
    assert names.company("AS Roma") == ("as", "roma")
    assert names.company("d.o.o.") == ("doo",)


def test_the_surest_come_first_and_ours_archived_and_merged_do_not(cast: Cast, ids: Ids) -> None:
    weak = add(cast, "Zephyr", phone="+385 1 234 5678"), add(cast, "Quercus", phone="012345678")
    sure = (
        add(cast, "Acer", vat="HR1", domain="acer.example"),
        add(cast, "Acer", vat="HR1", domain="acer.example"),
    )
    add(cast, "Meridian Tools")
    with cast.app.app_context():
        assert [(pair.first_id, pair.second_id) for pair in duplicates.organizations()] == [sure, weak]
    with cast.acting():
        db.session.execute(
            update(Organization).where(Organization.id == sure[0]).values(archived_at=db.func.now())
        )
    assert list(found(cast)) == [weak]


def test_ten_thousand_take_two_statements_and_few_seconds(cast: Cast) -> None:
    with cast.acting():
        rows = [
            {
                "name": f"{chr(97 + n % 26)}{n % 97}rex {n} Metal d.o.o.",
                "customer": True,
                "domain": f"d{n}.example",
            }
            for n in range(10_000)
        ]
        db.session.execute(insert(Organization), rows)
    began = time.monotonic()
    with statements(cast.app) as done, cast.app.app_context():
        duplicates.organizations()
    assert len(done) == 2
    assert time.monotonic() - began < 15
    same = dict.fromkeys(range(3000), ("same", "name"))
    assert len(list(resembling(same))) == 2999, "of many that are the same, each is paired with the oldest"


def test_people_known_twice(cast: Cast, ids: Ids) -> None:
    northwind, alpina = ids(Organization, "Northwind"), ids(Organization, "Alpina")
    ana = ids(Person, "Ana Ferreira")
    same = add_person(cast, "FERREIRA Ana", "ana.f@elsewhere.example", northwind)
    plus = add_person(cast, "A.", "a.n.a+portal@northwind.example", alpina)
    add_person(cast, "Ana Ferreira", "af@alpina.example", alpina)
    add_person(cast, "Nobody", "x@no-address.invalid", alpina)
    add_person(cast, "Somebody", "y@no-address.invalid", alpina)
    assert found(cast, "people") == {(ana, same): {"name"}, (ana, plus): {"mailbox"}}
    with cast.acting():
        db.session.execute(update(Organization).values(domain=Organization.domain))
        for key in (northwind, alpina):
            db.session.get_one(Organization, key).domain = "both.example"
    assert len(found(cast, "people")) > 2, "people of two organizations that look like one are compared"


def test_these_are_two_and_do_not_come_again(cast: Cast, ada: Browser) -> None:
    one, other = add(cast, "Quercus Ltd"), add(cast, "Quercus")
    page = ada.get("/settings/duplicates/")
    assert "1 pair looks like one" in page
    assert "The same name." in page
    where = ada.post(f"/settings/duplicates/organizations/{other}/{one}/two").location
    page = ada.get(where)
    assert "Quercus and Quercus Ltd are two." in page
    assert "Nothing looks like a duplicate" in page
    ada.post(f"/settings/duplicates/organizations/{other}/{one}/two")
    page = ada.get(ada.post(f"/settings/duplicates/organizations/{one}/{other}/perhaps").location)
    assert "1 pair looks like one" in page
    ada.post(f"/settings/duplicates/organizations/{one}/{one}/two", expect=404)


def test_pages_of_pairs_ask_a_fixed_number_of_questions(cast: Cast, ada: Browser) -> None:
    add(cast, "Quercus"), add(cast, "Quercus")
    ada.get("/settings/duplicates/")
    with statements(cast.app) as few:
        ada.get("/settings/duplicates/")
    for n in range(20):
        add(cast, f"Acer{n}acer", domain=f"a{n}.example")
        add(cast, f"Tilia{n}lime", domain=f"a{n}.example")
    with statements(cast.app) as many:
        page = ada.get("/settings/duplicates/")
    assert len(many) == len(few)
    following = next(link for link in page.links() if "from=" in link)
    assert "Merge…" in ada.get(following)
    assert "Nothing" not in ada.get("/settings/duplicates/?from=rubbish")


def test_a_merge_says_what_follows_then_does_it_and_takes_it_back(cast: Cast, ada: Browser, ids: Ids) -> None:
    northwind, alpina = ids(Organization, "Northwind"), ids(Organization, "Alpina")
    cast.asks("ana")
    cast.asks("carla")
    with cast.acting():
        db.session.get_one(Organization, alpina).phone = "+43 1 234567"
    url = f"/settings/merges/organizations/{northwind}/{alpina}"
    page = ada.get(url)
    for sentence in (
        "Merge Alpina into Northwind?",
        "1 case becomes one of Northwind; open: 1.",
        "Carla Steiner and Nina Babic will act for Northwind.",
        "Ana Ferreira and Rui Matos will newly see the cases of Alpina: 1 case.",
        "Carla Steiner and Nina Babic will newly see the cases of Northwind: 1 case.",
        "As before, these see only their own cases: Bruno Costa.",
        "+43 1 234567",
        "Keep Alpina instead",
    ):
        assert sentence in page, sentence
    form = page.fields(url)
    done = ada.post(url, form)
    page = ada.get(done.location)
    assert "Alpina is merged into Northwind." in page
    assert "Alpina was merged into this one." in page
    assert "Alpina" not in ada.get("/settings/organizations/").text.replace("Northwind", "")
    assert "Alpina" not in ada.get("/settings/organizations/?archived=1").text.replace("Northwind", "")
    searched = ada.get("/settings/organizations/?q=alpina")
    assert f"/settings/organizations/{northwind}/" in searched.links()
    gone = ada.get(f"/settings/organizations/{alpina}/")
    assert "Merged into Northwind" in gone
    page = ada.get(ada.post(f"/settings/organizations/{alpina}/restore").location)
    assert "Undo that, and it is back." in page
    listed = ada.get("/settings/merges/")
    undo = next(b.get("formaction", "") for b in listed.all("button") if "/undo" in b.get("formaction", ""))
    page = ada.get(ada.post(undo).location)
    assert "Alpina is on its own again." in page
    assert "undone" in ada.get("/settings/merges/")
    assert "It has been undone already." in ada.get(ada.post(undo).location)


def test_only_what_was_shown_is_done(cast: Cast, ada: Browser, ids: Ids, row: Row) -> None:
    northwind, alpina = ids(Organization, "Northwind"), ids(Organization, "Alpina")
    url = f"/settings/merges/organizations/{northwind}/{alpina}"
    form = ada.get(url).fields(url)
    add_person(cast, "Late Comer", "late@alpina.example", alpina)
    page = ada.post(url, form, 422)
    assert "Something changed since you looked." in page
    assert "Late Comer" in page
    assert row(Organization, alpina).merged_into_id is None
    ada.post(url, {}, 422)
    ada.post(url, page.fields(url))
    assert row(Organization, alpina).merged_into_id == northwind
    assert "One of them has been merged already." in ada.post(url, form, 422)


def test_a_refusal_is_in_words(cast: Cast, ada: Browser, ids: Ids) -> None:
    ours, northwind = ids(Organization, "Meridian Tools"), ids(Organization, "Northwind")
    page = ada.get(f"/settings/merges/organizations/{northwind}/{ours}")
    assert "Our own organization stays what it is." in page
    assert "Merge them" not in page
    mine, sue = ids(Person, "Ada Lind"), ids(Person, "Sue Keller")
    assert "This is you." in ada.get(f"/settings/merges/people/{sue}/{mine}")
    assert "Only one of them administers" in ada.get(f"/settings/merges/people/{mine}/{sue}")
    ada.get(f"/settings/merges/organizations/{northwind}/99999", 404)


def test_people_are_merged_on_a_page(cast: Cast, ada: Browser, ids: Ids) -> None:
    rui, carla = ids(Person, "Rui Matos"), ids(Person, "Carla Steiner")
    url = f"/settings/merges/people/{rui}/{carla}"
    page = ada.get(url)
    assert "Rui Matos will act for Alpina and see there what Carla Steiner saw." in page
    page = ada.get(ada.post(url, page.fields(url)).location)
    assert "Carla Steiner is merged into Rui Matos." in page
    assert "Carla" not in ada.get("/settings/people/?state=deactivated").text
    assert f"/settings/people/{rui}/" in ada.get("/settings/people/?q=carla@alpina").links()
    gone = ada.get(f"/settings/people/{carla}/")
    assert "Merged into Rui Matos" in gone
    assert "Reactivate" not in gone
    assert "was merged." in ada.get(ada.post(f"/settings/people/{carla}/reactivate").location)
    ferrum = ids(Organization, "Ferrum")
    invited = {"name": "Carla Steiner", "email": "carla@alpina.example", "sees": "all"}
    page = ada.get(ada.post(f"/settings/organizations/{ferrum}/invite", invited).location)
    assert "Rui Matos can now act for Ferrum." in page, "an invitation finds the kept one"


@pytest.mark.parametrize(
    ("written", "country", "wrong"),
    [
        ("HR 69435151530", "", False),
        ("69435151530", "HR", False),
        ("HR69435151531", "", True),
        ("PT 501 964 843", "", False),
        ("PT501964842", "", True),
        ("DE136695976", "", False),
        ("IT00743110157", "", False),
        ("BE0428759497", "", False),
        ("PL8567346215", "", False),
        ("ATU1234567", "", True),
        ("XX1", "", False),
        ("", "HR", False),
    ],
)
def test_slips_in_vat_ids_are_noticed(written: str, country: str, wrong: bool) -> None:
    assert vat.looks_wrong(written, country) is wrong
