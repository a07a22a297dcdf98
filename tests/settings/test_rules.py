"""Rules: in words, in order, changed, tried."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from portal.catalogue.models import Product
from portal.clock import now
from portal.extensions import db
from portal.identity.models import Department, Organization
from portal.routing import editing
from portal.routing.editing import DepartmentGone, RuleDetails, WordNeverMatches
from portal.routing.models import Rule
from tests.browser import Browser, Page, statements
from tests.cast import Cast

Ids = Callable[..., int]
Row = Callable[..., Any]
NEW = "/settings/rules/new"
LIST = "/settings/rules/"


def names(cast: Cast) -> list[str]:
    with cast.app.app_context():
        return [rule.name for rule in editing.in_order()]


def filled(cast: Cast, **changed: str) -> dict[str, str]:
    """A rule form that is right, with changes."""
    form = {
        "name": "Money",
        "kind": "complaint",
        "words": "invoice\r\n Invoice \r\n\r\ncredit  note",
        "product": "",
        "organization": "Northwind",
        "relation": "customer",
        "language": "pt",
        "amount_from": "500",
        "department": str(cast.department("finance").id),
        "priority": "1",
    }
    return {**form, **changed}


def test_a_rule_is_said_in_words(ada: Browser, cast: Cast) -> None:
    page = ada.get(ada.post(NEW, filled(cast)).location)
    assert "“Money” is tried last" in page
    assert (
        "When the kind is Complaint, it says “invoice” or “credit note”, Northwind sends it, "
        "the sender is a customer, it is written in Portuguese, and the amount is 500.00 or more, "
        "it goes to Finance, high priority." in page
    )
    with cast.app.app_context():
        rule = db.session.scalars(select(Rule).where(Rule.name == "Money")).one()
    assert rule.words == ["invoice", "credit note"]
    assert (rule.amount_from, rule.priority, rule.version) == (Decimal("500.00"), 1, 1)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": ""}, "Give it a name."),
        ({"name": "🦊" * 121}, "That is too long."),
        ({"kind": "unknown"}, "Not a valid choice"),
        ({"words": "fine\n!!!"}, "“!!!” has neither letters nor digits"),
        ({"words": "x" * 81}, "At most 80 characters a line."),
        ({"words": "\n".join(f"w{n}" for n in range(101))}, "At most 100 words."),
        ({"product": "No such thing"}, "We have no product of this name or number."),
        ({"organization": "Nowhere"}, "There is no organization of this name."),
        ({"relation": "friend"}, "Not a valid choice"),
        ({"language": "xx"}, "Not a valid choice"),
        ({"amount_from": "abc"}, "Enter an amount such as 1250.50."),
        ({"amount_from": "-1"}, "Enter an amount such as 1250.50."),
        ({"amount_from": "NaN"}, "Enter an amount such as 1250.50."),
        ({"amount_from": "Infinity"}, "Enter an amount such as 1250.50."),
        ({"amount_from": "1e30"}, "Enter an amount such as 1250.50."),
        ({"department": "999"}, "Not a valid choice"),
        ({"department": "0"}, "Choose a department that is in use."),
        ({"department": "abc"}, "Invalid Choice"),
        ({"priority": "7"}, "Not a valid choice"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(
    ada: Browser, cast: Cast, typed: dict[str, str], says: str
) -> None:
    before = names(cast)
    page = ada.post(NEW, filled(cast, **typed), 422)
    assert says.lower() in page.text.lower(), page.text
    field, value = next(iter(typed.items()))
    if field in ("amount_from", "product", "organization"):
        assert page.fields(NEW)[field] == value
    assert names(cast) == before


def test_the_same_form_twice_makes_one_rule(ada: Browser, cast: Cast) -> None:
    for _ in range(2):
        ada.post(NEW, filled(cast, once="k"))
    assert names(cast).count("Money") == 1


def test_a_change_of_conditions_is_a_new_version_and_a_new_name_is_not(
    ada: Browser, cast: Cast, ids: Ids, row: Row
) -> None:
    ada.post(NEW, filled(cast))
    key = ids(Rule, "Money")
    url = f"/settings/rules/{key}/"

    def change(**changed: str) -> int:
        ada.post(url, {**ada.get(url).fields(url), **changed})
        return int(row(Rule, key).version)

    assert change() == 1
    assert change(name="Money matters") == 1
    assert change(words="invoice\ncredit note\nbill") == 2
    assert change(amount_from="") == 3
    assert change(department=str(cast.department("sales").id)) == 4
    assert change(priority="") == 5
    assert change(organization="") == 6
    assert row(Rule, key).organization_id is None


def test_a_product_is_named_by_its_number(ada: Browser, cast: Cast, ids: Ids, row: Row) -> None:
    with cast.acting():
        db.session.add(Product(code="MD-18", name="MD-18 combi drill"))
    ada.post(NEW, filled(cast, product="md-18"))
    key = ids(Rule, "Money")
    assert row(Rule, key).product_id is not None
    assert (
        ada.get(f"/settings/rules/{key}/").fields(f"/settings/rules/{key}/")["product"] == "MD-18 combi drill"
    )
    assert "it is about MD-18 combi drill" in ada.get(LIST)


def test_rules_move_up_and_down(ada: Browser, cast: Cast, ids: Ids) -> None:
    before = names(cast)
    second, last = ids(Rule, before[1]), ids(Rule, before[-1])
    page = ada.get(ada.post(f"{LIST}{second}/move/up").location)
    assert f"“{before[1]}” is tried earlier now." in page
    assert names(cast) == [before[1], before[0], *before[2:]]
    ada.post(f"{LIST}{second}/move/up")
    assert names(cast) == [before[1], before[0], *before[2:]]
    ada.post(f"{LIST}{second}/move/down")
    assert names(cast) == before
    ada.post(f"{LIST}{last}/move/down")
    assert names(cast) == before
    ada.post(f"{LIST}{last}/move/sideways", {}, 404)


def test_rules_that_share_a_place_can_be_moved_apart(cast: Cast, ids: Ids) -> None:
    before = names(cast)
    with cast.acting():
        db.session.execute(update(Rule).values(position=10))
    first, last = ids(Rule, before[0]), ids(Rule, before[-1])
    with cast.acting():
        assert editing.move(db.session.get_one(Rule, last), up=True)
        assert not editing.move(db.session.get_one(Rule, first), up=True)
    assert names(cast) == [*before[:-2], before[-1], before[-2]]
    with cast.app.app_context():
        places = db.session.scalars(select(Rule.position).order_by(Rule.position)).all()
    assert len(set(places)) == len(places)


def test_switching_off_and_on(ada: Browser, cast: Cast, ids: Ids, row: Row) -> None:
    key = ids(Rule, "Complaint")
    assert "“Complaint” is off." in ada.get(ada.post(f"{LIST}{key}/switch/off").location)
    assert not row(Rule, key).enabled
    assert "It would go to Front desk." in try_it(ada, kind="complaint")
    assert "“Complaint” is on." in ada.get(ada.post(f"{LIST}{key}/switch/on").location)
    assert "It would go to Service." in try_it(ada, kind="complaint")


def test_a_rule_to_an_archived_department_stays_off(ada: Browser, cast: Cast, ids: Ids, row: Row) -> None:
    key = ids(Rule, "Invoice question")
    with cast.acting():
        db.session.execute(update(Rule).where(Rule.id == key).values(enabled=False))
        db.session.execute(update(Department).where(Department.code == "finance").values(archived_at=now()))
    assert "stays off." in ada.get(ada.post(f"{LIST}{key}/switch/on").location)
    assert not row(Rule, key).enabled
    form = ada.get(f"{LIST}{key}/").fields(f"{LIST}{key}/")
    assert form["department"] == "0"
    assert "Choose a department that is in use." in ada.post(f"{LIST}{key}/", form, 422)
    with cast.acting(), pytest.raises(DepartmentGone):
        editing.create(RuleDetails("Gone", cast_department(key)))


def cast_department(rule_id: int) -> int:
    return db.session.get_one(Rule, rule_id).department_id


def test_deleting_asks_once_and_names_what_happens(ada: Browser, cast: Cast, ids: Ids) -> None:
    key = ids(Rule, "Complaint")
    page = ada.get(f"{LIST}{key}/delete")
    assert "Delete “Complaint”?" in page
    assert "it goes to Service." in page
    assert "Complaint" in names(cast)
    assert "“Complaint” is deleted." in ada.get(ada.post(f"{LIST}{key}/delete").location)
    assert "Complaint" not in names(cast)
    ada.post(f"{LIST}{key}/delete", {}, 404)


def test_a_case_keeps_the_explanation_of_a_rule_that_is_gone(ada: Browser, cast: Cast, ids: Ids) -> None:
    number = cast.asks("ana")
    ada.post(f"{LIST}{ids(Rule, 'Support request')}/delete")
    assert "Rule “Support request”, version 1" in cast.browser("sue").get(f"/cases/{number}").html


def try_it(ada: Browser, expect: int = 200, **facts: str) -> Page:
    return ada.get(LIST, expect, query_string={"text": "", **facts})


def test_trying_explains_rule_by_rule_and_writes_nothing(ada: Browser, cast: Cast) -> None:
    ada.post(NEW, filled(cast, relation="", language="", organization=""))
    page = try_it(ada, kind="price_enquiry", text="Our INVOICE is wrong", amount="750")
    assert "It would go to Sales." in page
    assert "Rule “Price enquiry”, version 1, sends it to Sales: it is of the kind “Price enquiry”." in page
    assert "“Support request”, version 1: the kind did not match" in page
    form = page.fields(LIST)
    assert (form["text"], form["amount"], form["kind"]) == ("Our INVOICE is wrong", "750", "price_enquiry")


def test_trying_knows_the_sender_and_the_amount(ada: Browser, cast: Cast, ids: Ids) -> None:
    ada.post(NEW, filled(cast, kind="", language="", words=""))
    for _ in range(6):
        ada.post(f"{LIST}{ids(Rule, 'Money')}/move/up")
    page = try_it(ada, kind="complaint", organization="northwind", amount="500")
    assert "It would go to Finance, high priority." in page
    page = try_it(ada, kind="complaint", organization="northwind", amount="499.99")
    assert "“Money”, version 1: the amount did not match" in page
    assert "It would go to Service." in page
    assert "the organization did not match" in try_it(
        ada, kind="complaint", organization="Alpina", amount="900"
    )


def test_trying_nothing_goes_to_the_front_desk(ada: Browser) -> None:
    page = try_it(ada)
    assert "It would go to Front desk." in page
    assert "No rule matched" in page


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"amount": "abc"}, "Enter an amount such as 1250.50."),
        ({"organization": "Nowhere"}, "There is no organization of this name."),
        ({"kind": "none"}, "Not a valid choice"),
        ({"text": "x" * 2001}, "That is too long."),
    ],
)
def test_trying_with_bad_facts(ada: Browser, facts: dict[str, str], says: str) -> None:
    page = try_it(ada, 422, **facts)
    assert says in page
    assert "It would go" not in page


def test_without_a_front_desk_the_page_says_so(ada: Browser, cast: Cast) -> None:
    with cast.acting():
        db.session.execute(update(Department).where(Department.code == "front-desk").values(code="gone"))
    assert "There is no front desk" in try_it(ada)


def test_a_rule_for_everything_is_marked(ada: Browser, cast: Cast, ids: Ids) -> None:
    empty = {"kind": "", "words": "", "organization": "", "relation": "", "language": "", "amount_from": ""}
    ada.post(NEW, filled(cast, **empty, priority=""))
    assert "Whatever gets this far goes to Finance." in ada.get(LIST)
    page = ada.get(ada.post(f"{LIST}{ids(Rule, 'Money')}/move/up").location)
    assert "takes everything: rules below never decide" in page


def test_no_rule_at_all(ada: Browser, cast: Cast) -> None:
    with cast.acting():
        for rule in editing.in_order():
            editing.remove(rule)
    assert "No rule yet: everything goes to the front desk" in ada.get(LIST)


def test_the_list_asks_a_fixed_number_of_questions(ada: Browser, cast: Cast, ids: Ids) -> None:
    key, finance = ids(Organization, "Northwind"), cast.department("finance").id
    with cast.acting():
        db.session.add(Product(code="P", name="Product"))
        db.session.flush()
        editing.create(RuleDetails("One", finance, organization_id=key, product_id=1))
    ada.get(LIST)
    with statements(cast.app) as few:
        ada.get(LIST)
    with cast.acting():
        for number in range(40):
            editing.create(
                RuleDetails(f"Rule {number}", finance, organization_id=number % 6 + 1, product_id=1)
            )
    with statements(cast.app) as many:
        ada.get(LIST)
    assert len(few) == len(many) <= 7


def test_words_are_lines_each_once() -> None:
    assert editing.lines(" Račun \n\nracun\nfaktura\n") == ("Račun", "faktura")
    assert editing.lines("") == ()
    with pytest.raises(WordNeverMatches):
        editing.lines("fine\n🦊")
