"""Organizations, people and products out of files: what is made, changed, left as it is, and refused."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.catalogue.models import Product, ProductGroup
from portal.clock import NEVER, now
from portal.exchange.bringing import Wrong
from portal.exchange.models import ExternalId, Import
from portal.extensions import db
from portal.identity.models import Membership, Organization, Person
from tests.cast import Cast
from tests.exchange.conftest import Desk


def one(cast: Cast, model: Any, **wanted: Any) -> Any:
    with cast.app.app_context():
        return db.session.scalars(select(model).filter_by(**wanted)).one()


def count(cast: Cast, model: Any) -> int:
    with cast.app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def done(outcome: Any) -> tuple[int, int, int]:
    return outcome.made, outcome.changed, outcome.same


# ── organizations ──


def test_organizations_are_made_once_and_changed_by_what_a_file_says_anew(cast: Cast, desk: Desk) -> None:
    first = "id;tvrtka;država;grad;telefon\n1;Čavao d.o.o.;Hrvatska;Zagreb;01 234\n2;Luz Lda;PT;Évora;\n"
    assert done(desk.bring("organizations", first)) == (2, 0, 0)
    made = one(cast, Organization, name="Čavao d.o.o.")
    assert (made.country, made.city, made.phone, made.customer, made.ours) == (
        "HR",
        "Zagreb",
        "01 234",
        True,
        False,
    )
    assert done(desk.bring("organizations", first)) == (0, 0, 2)
    assert done(desk.bring("organizations", "id;tvrtka;grad;telefon\n1;Čavao;;\n")) == (0, 1, 0)
    kept = one(cast, Organization, id=made.id)
    assert (kept.name, kept.city, kept.phone) == ("Čavao", "Zagreb", "01 234"), (
        "what is empty takes nothing away"
    )


def test_an_organization_that_is_here_already_is_known_by_its_name(cast: Cast, desk: Desk) -> None:
    before = count(cast, Organization)
    assert done(desk.bring("organizations", "id,name,city\nN1,NORTHWIND,Lisbon\n")) == (0, 1, 0)
    assert count(cast, Organization) == before
    assert one(cast, ExternalId, external_id="N1").row_id == one(cast, Organization, city="Lisbon").id
    # Another id with the same name is another company.
    assert done(desk.bring("organizations", "id,name\nN2,northwind\n")) == (1, 0, 0)


def test_without_ids_organizations_are_known_by_their_names(cast: Cast, desk: Desk) -> None:
    assert done(desk.bring("organizations", "name\nLuz\nSol\n")) == (2, 0, 0)
    assert done(desk.bring("organizations", "name\nluz\nSol\nMar\n")) == (1, 1, 1), "luz is written anew"


def test_relations_are_added_and_never_taken_away(cast: Cast, desk: Desk) -> None:
    desk.bring("organizations", 'id,name,type\n1,Luz,"supplier, partner"\n2,Sol,dobavljač\n')
    assert one(cast, Organization, name="Luz").relations == ("partner", "supplier")
    assert one(cast, Organization, name="Sol").relations == ("supplier",)
    desk.bring("organizations", "id,name,type\n1,Luz,cliente\n")
    assert one(cast, Organization, name="Luz").relations == ("customer", "partner", "supplier")


def test_our_own_organization_is_never_changed(cast: Cast, desk: Desk) -> None:
    assert desk.problems("organizations", "id,name\n1,Meridian Tools\n") == [(2, "name", "ours")]
    people = "name,email,organization\nX,x@y.example,Meridian Tools\n"
    assert desk.problems("people", people) == [(2, "organization", "ours")]


def test_every_wrong_cell_is_named_and_nothing_is_imported(cast: Cast, desk: Desk) -> None:
    before = count(cast, Organization), count(cast, Import)
    bad = (
        "id,name,country,domain,type,spend\n"
        '1,"Fine\nand long",PT,fine.example,customer,A\n'
        "2,,Atlantis,no domain,friend,E\n"
        "2,Good,PT,,,\n"
        "1,Again,,,,\n"
        f"3,{'x' * 201},,,,\n"
        "4,Short\n"
        "5,Long,,,,,more\n"
        ",No id,,,,\n"
    )
    assert sorted(desk.problems("organizations", bad)) == [
        (4, "country", "country"),
        (4, "domain", "domain"),
        (4, "name", "missing"),
        (4, "spend", "spend"),
        (4, "type", "relation"),
        (6, "id", "twice"),
        (7, "name", "too_long"),
        (8, "", "too_few_cells"),
        (9, "", "too_many_cells"),
        (10, "id", "missing"),
    ]
    with pytest.raises(Wrong):
        desk.bring("organizations", bad)
    assert (count(cast, Organization), count(cast, Import)) == before


def test_a_wrong_row_far_down_leaves_nothing_of_those_before(cast: Cast, desk: Desk) -> None:
    before = count(cast, Organization)
    rows = "".join(f"{n},Company {n},PT\n" for n in range(1200))
    with pytest.raises(Wrong) as wrong:
        desk.bring("organizations", f"id,name,country\n{rows}x,Last,Atlantis\n")
    assert [(each.line, each.found) for each in wrong.value.outcome.problems] == [(1202, "Atlantis")]
    assert count(cast, Organization) == before


# ── people ──

PEOPLE = "id,name,email,company,title,phone\n"


def test_people_are_made_with_their_memberships_and_invited_by_nobody(cast: Cast, desk: Desk) -> None:
    rows = PEOPLE + "1,Dora Lima,Dora@Luz.example,Northwind,Buyer,12\n2,Ivo Kos,,Alpina,,\n"
    assert done(desk.bring("people", rows)) == (2, 0, 0)
    dora, ivo = one(cast, Person, name="Dora Lima"), one(cast, Person, name="Ivo Kos")
    assert (dora.email, dora.phone, dora.administrator, dora.has_address) == (
        "dora@luz.example",
        "12",
        False,
        True,
    )
    assert not ivo.has_address
    membership = one(cast, Membership, person_id=dora.id)
    assert (membership.title, membership.manager, membership.sees) == ("Buyer", False, "all")
    assert done(desk.bring("people", rows)) == (0, 0, 2)
    assert done(desk.bring("people", PEOPLE + "2,Ivo Kos,ivo@kos.example,Alpina,,\n")) == (0, 1, 0)
    assert one(cast, Person, id=ivo.id).email == "ivo@kos.example"


def test_somebody_we_know_joins_and_keeps_what_is_theirs(cast: Cast, desk: Desk) -> None:
    rows = PEOPLE + "7,A. Ferreira,ANA@northwind.example,Alpina,Guest,99\n"
    assert done(desk.bring("people", rows)) == (1, 0, 0)
    ana = one(cast, Person, email="ana@northwind.example")
    assert (ana.name, ana.phone) == ("Ana Ferreira", "99"), "only what was empty is filled"
    alpina = one(cast, Organization, name="Alpina")
    assert one(cast, Membership, person_id=ana.id, organization_id=alpina.id).title == "Guest"
    assert done(desk.bring("people", rows)) == (0, 0, 1)


def test_the_same_address_twice_is_wrong_unless_one_person_acts_for_two(cast: Cast, desk: Desk) -> None:
    head = "name,email,organization\n"
    twice = head + "Ana A,x@y.example,Alpina\nBob B,X@y.example,Alpina\n"
    assert desk.problems("people", twice) == [(3, "email", "email_twice")]
    again = head + "Ana A,x@y.example,Alpina\nAna A,x@y.example,Alpina\n"
    assert desk.problems("people", again) == [(3, "email", "email_twice")]
    assert done(desk.bring("people", head + "Ana A,x@y.example,Alpina\nAna A,x@y.example,Northwind\n")) == (
        2,
        0,
        0,
    )
    assert len(_acting_for(cast, "x@y.example")) == 2


def _acting_for(cast: Cast, email: str) -> list[Membership]:
    with cast.app.app_context():
        found = (
            select(Membership).join(Person, Person.id == Membership.person_id).where(Person.email == email)
        )
        return list(db.session.scalars(found))


def test_what_is_wrong_with_people(cast: Cast, desk: Desk) -> None:
    bad = (
        PEOPLE
        + "1,A,not an address,Northwind,,\n2,B,b@x.invalid,Nowhere,,\n3,C,c@x.example,,,\n"
        + "4,Sue,sue@meridian.example,Northwind,,\n5,,e@x.example,Northwind,,\n"
    )
    assert sorted(desk.problems("people", bad)) == [
        (2, "email", "email"),
        (3, "email", "email"),
        (4, "company", "missing"),
        (5, "email", "ours_person"),
        (6, "name", "missing"),
    ]


def test_nobody_is_let_in_again_by_a_file(cast: Cast, desk: Desk) -> None:
    """Neither who was deactivated nor whose membership was ended."""
    with cast.acting():
        membership = db.session.get_one(Membership, cast.membership("rui"))
        membership.until = ended = now()
    rows = (
        "name,email,organization\nOlga,olga@northwind.example,Alpina\nRui,rui@northwind.example,Northwind\n"
    )
    outcome = desk.bring("people", rows)
    assert (done(outcome), dict(outcome.remarks)) == ((0, 0, 2), {"deactivated": 1})
    assert one(cast, Person, name="Olga Old").deactivated_at < NEVER
    assert one(cast, Membership, id=membership.id).until == ended


def test_people_find_their_organization_by_its_id(cast: Cast, desk: Desk) -> None:
    desk.bring("organizations", "customer_id,name\nA1,Twin\nA2,Twin\n")
    assert desk.problems("people", "name,company\nX,Twin\n") == [(2, "company", "several_organizations")]
    desk.bring("people", "customer_id,company_name,contact_name\nA2,Twin,Xenia\n")
    membership = one(cast, Membership, person_id=one(cast, Person, name="Xenia").id)
    assert membership.organization_id == one(cast, ExternalId, external_id="A2", what="organizations").row_id


# ── products ──


def test_products_are_made_grouped_priced_and_archived(cast: Cast, desk: Desk) -> None:
    rows = "sku;naziv;grupa;cijena;ukinut\nW-1;Brusilica;Alati;1.249,50;0\nW-2;Pila;Alati;18,5;1\nW-3;X;7;;\n"
    outcome = desk.bring("products", rows)
    assert (done(outcome), dict(outcome.remarks)) == ((3, 0, 0), {"group_numbers": 1})
    first, second = one(cast, Product, code="W-1"), one(cast, Product, code="W-2")
    assert (first.list_price, first.group_id) == (
        Decimal("1249.50"),
        one(cast, ProductGroup, name="Alati").id,
    )
    assert (first.archived_at, second.archived_at < NEVER) == (NEVER, True)
    assert done(desk.bring("products", rows)) == (0, 0, 3)
    assert done(desk.bring("products", rows.replace("18,5", "19").replace("Pila", "Pila 2"))) == (0, 1, 2)


def test_a_product_that_is_here_is_known_by_its_code(cast: Cast, desk: Desk) -> None:
    with cast.acting():
        db.session.add(Product(code="W-9", name="Grinder"))
    assert done(desk.bring("products", "code,name,price\nw-9,Angle grinder,9.90\n")) == (0, 1, 0)
    assert one(cast, Product, name="Angle grinder").list_price == Decimal("9.90")


def test_what_is_wrong_with_products(cast: Cast, desk: Desk) -> None:
    head = "id,code,name,price,currency,discontinued\n"
    bad = head + '1,A,X,"1,234",EURO,maybe\n2,a,Y,-1,EUR,no\n2,b,Z,,,\n3,B,W,,,\n'
    assert sorted(desk.problems("products", bad)) == [
        (2, "currency", "currency"),
        (2, "discontinued", "yes_or_no"),
        (2, "price", "which_number"),
        (3, "price", "negative"),
        (5, "code", "twice"),
    ]


def test_an_address_somebody_else_has_is_named_with_its_line(cast: Cast, desk: Desk) -> None:
    """It would come to light in the middle of the import, and name no line."""
    desk.bring("organizations", "id,name\nN1,Norden\n")
    desk.bring("people", "id,name,organization\nP1,Ivo Bez,Norden\n")
    content = "id,name,email,organization\nP1,Ivo Bez,carla@alpina.example,Norden\n"
    found = desk.look("people", content)
    assert [(problem.line, problem.code) for problem in found.problems] == [(2, "address_taken")]
