"""Cases out of files: real ones, as if each had been sent through the form, and nobody is told."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.cases.models import (
    Case,
    Event,
    Grant,
    Holding,
    Lane,
    Message,
    Participant,
    Party,
    Task,
)
from portal.cases.opening import Request
from portal.catalogue.models import Product
from portal.channels.models import Letter, Notice
from portal.clock import at
from portal.exchange import finding
from portal.exchange.wrong import Unreadable
from portal.extensions import Model, db
from portal.identity.models import Department, Organization
from portal.routing.intake import Sent, submit, submit_many
from portal.routing.models import Rule
from tests.browser import statements
from tests.cast import Cast
from tests.exchange.conftest import Desk
from tests.laws.reckoning import hold

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
OF_A_CASE = {
    Case: lambda key: Case.id == key,
    Party: lambda key: Party.case_id == key,
    Lane: lambda key: Lane.case_id == key,
    Task: lambda key: Task.case_id == key,
    Grant: lambda key: Grant.lane_id.in_(select(Lane.id).where(Lane.case_id == key)),
    Message: lambda key: Message.lane_id.in_(select(Lane.id).where(Lane.case_id == key)),
    Participant: lambda key: Participant.case_id == key,
    Holding: lambda key: Holding.case_id == key,
    Event: lambda key: Event.case_id == key,
}


def rows_of(case_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row of a case, with names in the place of ids that differ from case to case."""
    names: dict[Any, str] = {}
    found: dict[str, list[dict[str, Any]]] = {}
    for model, condition in OF_A_CASE.items():
        table: Any = model.__table__
        rows = db.session.execute(select(table).where(condition(case_id)).order_by(table.c.id)).mappings()
        for place, row in enumerate(rows):
            names[table.name, row["id"]] = f"{table.name} {place}"
            said = {column.name: _said(column, row[column.name], names) for column in table.columns}
            found.setdefault(table.name, []).append(said | {"number": ""})
    return found


def _said(column: Any, value: Any, names: dict[Any, str]) -> Any:
    if column.name == "id":
        return ""
    for key in column.foreign_keys:
        value = names.get((key.column.table.name, value), value)
    if column.name == "facts":
        about = {"message": "messages", "task": "tasks"}
        return {name: names.get((about.get(name, ""), fact), fact) for name, fact in value.items()}
    return value


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("support_request", {"product": "Grinder"}),
        ("complaint", {"amount": "900.00", "currency": "EUR"}),  # brings a task for finance
    ],
)
def test_one_of_many_has_the_same_rows_as_one_alone(cast: Cast, kind: str, answers: dict[str, Any]) -> None:
    ana = cast.viewer("ana")
    with cast.acting():
        product = Product(code="W-9", name="Grinder")
        db.session.add(product)
        db.session.flush()
        asked = Request(kind, "It stops", "After a minute.", product.id, answers, language="en")
        private = Request(kind, "Between us", "Quietly.", only_managers=True)
        with at(MONDAY):
            single = [submit(ana, each).id for each in (asked, private)]
            others = [Sent(ana, Request(kind, f"Other {n}", "Words")) for n in range(3)]
            bulk = submit_many([others[0], Sent(ana, asked), others[1], Sent(ana, private), others[2]])
        many = [bulk[1].case.id, bulk[3].case.id]
        for one, other in zip(single, many, strict=True):
            assert rows_of(one) == rows_of(other)
        assert set(rows_of(single[0])) >= {model.__tablename__ for model in OF_A_CASE if model is not Task}
        if kind == "complaint":
            assert rows_of(single[0])["tasks"]


def test_the_copies_of_an_imported_case_are_true(cast: Cast) -> None:
    """What the laws ask of every case, of old ones with a task as well."""
    ana = cast.viewer("ana")
    claim = Request("complaint", "Too dear", "Much.", answers={"amount": "900.00", "currency": "EUR"})
    with cast.acting():
        several = [Sent(ana, claim, MONDAY), Sent(ana, Request("support_request", "It stops", "Words"))]
        for opened in submit_many(several):
            db.session.flush()
            hold(opened.case.id)


def test_a_moment_in_the_file_is_when_it_happened(cast: Cast) -> None:
    """A case that is imported with a date has the rows of one that was sent then."""
    ana = cast.viewer("ana")
    with cast.acting():
        asked = Request(
            "complaint", "It stops", "After a minute.", answers={"amount": "5.00", "currency": "EUR"}
        )
        with at(MONDAY):
            single = submit(ana, asked).id
        bulk = submit_many([Sent(ana, asked, MONDAY)])[0].case.id
        assert rows_of(single) == rows_of(bulk)


def test_statements_do_not_grow_with_the_number_of_cases(cast: Cast) -> None:
    ana = cast.viewer("ana")
    counts = []
    for many in (2, 200):
        with cast.acting(), statements(cast.app) as done:
            submit_many([Sent(ana, Request("support_request", f"No. {n}", "Words")) for n in range(many)])
        counts.append(len(done))
    assert counts[0] == counts[1] <= 14


def test_after_many_at_once_the_next_one_alone_has_a_free_id(cast: Cast) -> None:
    ana = cast.viewer("ana")
    with cast.acting():
        submit_many([Sent(ana, Request("support_request", f"No. {n}", "Words")) for n in range(30)])
    assert cast.asks("ana")
    assert cast.asks("carla", kind="complaint", answers={"amount": "5.00", "currency": "EUR"})


def count(cast: Cast, model: type[Model]) -> int:
    with cast.app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_nobody_is_told(cast: Cast, desk: Desk) -> None:
    """While the very same request through the form is told to the department."""
    desk.bring("cases", "text,organization\nIt is broken,Northwind\nWhere is it?,Northwind\n")
    assert (count(cast, Case), count(cast, Notice), count(cast, Letter)) == (2, 0, 0)
    cast.asks("ana")
    assert count(cast, Notice) > 0


def test_rules_decide_and_the_department_in_the_file_is_only_compared(cast: Cast, desk: Desk) -> None:
    marketing = cast.department("marketing").id
    with cast.acting():
        db.session.add(Rule(position=1, name="News", words=["newsletter"], department_id=marketing))
    outcome = desk.bring(
        "cases",
        "text,department,organization\n"
        "The newsletter please,Marketing,Northwind\nIt is broken,sales,Northwind\nMy card,cards,Northwind\n",
    )
    assert dict(outcome.went) == {"marketing": 1, "service": 2}
    assert (outcome.compared, outcome.agreed) == (2, 1)
    with cast.app.app_context():
        found = db.session.execute(
            select(Case.subject, Department.code, Case.routing).join(
                Department, Department.id == Case.department_id
            )
        ).all()
    by_subject = {subject: (code, routing) for subject, code, routing in found}
    code, routing = by_subject["The newsletter please"]
    assert (code, routing["name"], routing["matched"]) == ("marketing", "News", {"words": "newsletter"})


def test_a_case_takes_over_what_its_row_says(cast: Cast, desk: Desk) -> None:
    with cast.acting():
        db.session.add(Product(code="W-9", name="Grinder"))
    desk.bring(
        "cases",
        "id,subject,body,type,e-mail,product,date,language,amount\n"
        'T1,Too dear,"One\ntwo",Complaint,rui@northwind.example,w-9,02.03.2026 10:30,PT,"19,5"\n',
    )
    with cast.app.app_context():
        case = db.session.scalars(select(Case)).one()
        message = db.session.scalars(select(Message)).one()
        product = db.session.get(Product, case.product_id)
    assert (case.subject, case.kind, case.opened_at) == ("Too dear", "complaint", MONDAY)
    assert (message.body, message.language, message.author_id) == ("One\ntwo", "pt", cast.membership("rui"))
    assert product is not None
    assert (product.code, case.answers["amount"]) == ("W-9", "19.50")
    assert case.due_at < datetime(2026, 3, 12, tzinfo=UTC)


def test_the_same_row_is_the_same_request(cast: Cast, desk: Desk) -> None:
    rows = "text,organization\nIt is broken,Northwind\nIt is broken,Northwind\nIt is broken,Alpina\n"
    first = desk.bring("cases", rows)
    assert (first.made, first.same) == (2, 1)
    again = desk.bring("cases", rows)
    assert (again.made, again.same) == (0, 3)
    with_id = desk.bring("cases", "id,text,organization\n1,It is broken,Northwind\n")
    assert with_id.made == 1
    assert count(cast, Case) == 3


def test_without_an_owner_requests_are_shared_out_among_imported_customers(cast: Cast, desk: Desk) -> None:
    with pytest.raises(Unreadable) as error:
        desk.look("cases", "text\nHello\n")
    assert error.value.code == "no_customers"
    desk.bring("organizations", "id,name\nB,Beta\nA,Alfa\nN,Nobody\n")
    with pytest.raises(Unreadable):
        desk.look("cases", "text\nHello\n")
    desk.bring("people", "id,name,company\n1,Bea,Beta\n2,Adam,Alfa\n3,Bob,Beta\n")
    desk.bring("cases", "text\nOne\nTwo\nThree\n")
    with cast.app.app_context():
        whose = db.session.execute(select(Case.subject, Case.organization_id).order_by(Case.id)).all()
    ids = [key for _subject, key in sorted(whose, key=lambda row: ["One", "Two", "Three"].index(row[0]))]
    assert ids[0] == ids[2] != ids[1]


def test_one_organization_for_all(cast: Cast, desk: Desk) -> None:
    alpina = cast.viewer("carla").organization_id
    desk.bring("cases", "text\nOne\nTwo\n", organization_id=alpina)
    with cast.app.app_context():
        assert set(db.session.scalars(select(Case.organization_id))) == {alpina}


def test_what_is_wrong_with_cases(cast: Cast, desk: Desk) -> None:
    bad = (
        "id,text,kind,organization,email,product,opened_at\n"
        "1,,support_request,Northwind,,,\n"
        "2,Hello,nonsense,Northwind,,,\n"
        "3,Hello,,Nowhere,,,\n"
        "4,Hello,,,nobody@x.example,,\n"
        "5,Hello,,Alpina,ana@northwind.example,,\n"
        "6,Hello,,Northwind,,Unknown,\n"
        "7,Hello,,Northwind,,,04/03/2026\n"
        "8,Hello,,Northwind,,,2999-01-01\n"
        "1,Hello,,Northwind,,,\n"
        "9,Hello,,Meridian Tools,,,\n"
        f"10,{'x' * 50_001},,Northwind,,,\n"
        "11,Hello,,,,,\n"
    )
    assert sorted(desk.problems("cases", bad)) == [
        (2, "text", "missing"),
        (3, "kind", "kind"),
        (4, "organization", "unknown_organization"),
        (5, "email", "unknown_person"),
        (6, "email", "other_person"),
        (7, "product", "unknown_product"),
        (8, "opened_at", "which_date"),
        (9, "opened_at", "future"),
        (11, "organization", "ours"),
        (12, "text", "too_long"),
        (13, "organization", "missing"),
    ]
    assert count(cast, Case) == 0


def test_more_customers_than_fit_into_one_statement(
    cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "SOME", 2)
    with cast.app.app_context():
        several = list(db.session.scalars(select(Organization.id).order_by(Organization.id)))
        found = finding.first_contacts(several)
    monkeypatch.undo()
    with cast.app.app_context():
        assert found == finding.first_contacts(several)
    assert len(found) > 4
