"""Files nobody here wrote: Northwind's customers and products, and 8,100 real messages.

From the folder TEST_DATA names, else from ../shared/data beside the checkout. Where they are missing, a few
lines in the same form stand in, and the output says so.
"""

import os
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.cases.models import Case, Event
from portal.catalogue.models import Product
from portal.channels.models import Notice
from portal.clock import now
from portal.exchange.sheets import open_sheet
from portal.extensions import db
from portal.identity.models import Membership, Organization, Person
from tests.cast import Cast
from tests.exchange.conftest import Desk

ROOT = Path(__file__).parents[2]
CUSTOMERS = """customer_id,company_name,contact_name,contact_title,address,city,region,postal_code,country
ALFKI,Alfreds Futterkiste,Maria Anders,Sales Representative,Obere Str. 57,Berlin,,12209,Germany
GREAL,Great Lakes Food Market,Howard Snyder,Marketing Manager,2732 Baker Blvd.,Eugene,OR,97403,USA
"""
PRODUCTS = """product_id,product_name,supplier_id,category_id,unit_price,discontinued
1,Chai,8,1,18,1
3,Aniseed Syrup,1,2,10,0
"""
REQUESTS = """split,text,intent,department
train,how can I cancel purchase 113542617735902?,cancel_order,service
train,where is my invoice,check_invoice,finance
dev,where is my invoice now,check_invoice,finance
"""
OURS = {
    "customers-northwind.csv": CUSTOMERS,
    "products-northwind.csv": PRODUCTS,
    "requests-bitext.csv": REQUESTS,
}


def given(desk: Desk, name: str, capsys: pytest.CaptureFixture[str]) -> Path:
    """The file, or a few lines of ours in its form; which of them is part of the result."""
    folders = [Path(os.environ["TEST_DATA"])] if "TEST_DATA" in os.environ else []
    for folder in [*folders, ROOT.parent / "shared" / "data"]:
        if (folder / name).is_file():
            return folder / name
    with capsys.disabled():
        print(f"\n{name} is not there: a few lines of this test itself stand in")  # noqa: T201
    path = desk.folder / name
    path.write_text(OURS[name], "utf-8")
    return path


def rows_in(path: Path) -> int:
    return sum(1 for _row in open_sheet(path).rows())


def test_northwinds_customers_are_organizations_and_people(
    cast: Cast, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = given(desk, "customers-northwind.csv", capsys)
    n = rows_in(path)
    for what in ("organizations", "people"):
        assert desk.bring(what, path).made == n
        again = desk.bring(what, path)
        assert (again.made, again.changed, again.same) == (0, 0, n)
    with cast.app.app_context():
        one = db.session.scalars(
            select(Organization).where(Organization.name == "Great Lakes Food Market")
        ).one()
        assert (one.country, one.region, one.postal_code, one.city) == ("US", "OR", "97403", "Eugene")
        howard, membership = db.session.execute(
            select(Person, Membership)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.organization_id == one.id)
        ).one()
        assert (howard.name, membership.title, howard.has_address) == (
            "Howard Snyder",
            "Marketing Manager",
            False,
        )
        unknown = select(func.count(Organization.id)).where(
            Organization.country == "", Organization.city != ""
        )
        assert db.session.scalar(unknown) == 0


def test_northwinds_products_are_products(cast: Cast, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    path = given(desk, "products-northwind.csv", capsys)
    n = rows_in(path)
    outcome = desk.bring("products", path)
    assert (outcome.made, dict(outcome.remarks)) == (n, {"group_numbers": n})
    assert desk.bring("products", path).same == n
    with cast.app.app_context():
        chai = db.session.scalars(select(Product).where(Product.name == "Chai")).one()
        assert (chai.code, str(chai.list_price)) == ("1", "18.00")
        assert chai.archived_at <= now(), "discontinued"


@pytest.mark.slow
def test_every_real_message_is_a_case(cast: Cast, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    customers = given(desk, "customers-northwind.csv", capsys)
    desk.bring("organizations", customers)
    desk.bring("people", customers)
    path = given(desk, "requests-bitext.csv", capsys)
    n = rows_in(path)
    outcome = desk.bring("cases", path)
    assert (outcome.rows, outcome.made) == (n, n)
    assert sum(outcome.went.values()) == outcome.compared == n
    assert desk.bring("cases", path).same == n
    with cast.app.app_context():
        assert db.session.scalar(select(func.count(Case.id))) == n
        assert db.session.scalar(select(func.count(Event.id))) == n
        assert db.session.scalar(select(func.count(Notice.id))) == 0
        each = db.session.execute(select(func.count(Case.id)).group_by(Case.organization_id)).scalars().all()
        assert max(each) - min(each) <= 1, "round robin"
    assert cast.asks("ana")
