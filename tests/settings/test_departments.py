"""Departments and who works in them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, update

from portal.cases import workload
from portal.cases.models import Case
from portal.clock import NEVER
from portal.extensions import db
from portal.identity import departments, staffing
from portal.identity.departments import CodeTaken
from portal.identity.models import Department, DepartmentMember, Membership
from portal.identity.staffing import NotStaff, UnknownDepartment
from portal.routing.models import Rule
from portal.settings import archiving
from portal.settings.archiving import FrontDeskStays, StillNeeded
from tests.browser import Browser, statements
from tests.cast import Cast

Ids = Callable[..., int]
Row = Callable[..., Any]
NEW = "/settings/departments/new"


def test_the_list_says_where_nobody_works(ada: Browser) -> None:
    page = ada.get("/settings/departments/")
    assert "Nobody works in Front desk" in page
    assert "Sue Keller" in page


def test_the_list_asks_a_fixed_number_of_questions(ada: Browser, cast: Cast) -> None:
    ada.get("/settings/departments/")
    with statements(cast.app) as few:
        ada.get("/settings/departments/")
    with cast.acting():
        for number in range(10):
            departments.create(f"team-{number}", f"Team {number}", "", number)
    with statements(cast.app) as many:
        ada.get("/settings/departments/")
    assert len(few) == len(many) <= 3


def test_a_new_department(ada: Browser, cast: Cast) -> None:
    answer = ada.post(
        NEW,
        {"name": "Spare parts 🔩", "code": "Spare-Parts", "email": "PARTS@Meridian.example", "position": "9"},
    )
    assert "Spare parts 🔩" in ada.get(answer.location)
    made = cast.department("spare-parts")
    assert (made.name, made.email, made.position) == ("Spare parts 🔩", "parts@meridian.example", 9)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": " "}, "Give it a name."),
        ({"name": "x" * 81}, "That is too long."),
        ({"code": ""}, "Give it a code."),
        ({"code": "a:b,c"}, "Small letters"),
        ({"code": "-parts"}, "Small letters"),
        ({"code": "šarage"}, "Small letters"),
        ({"code": "x" * 41}, "That is too long."),
        ({"code": "SALES"}, "Another department has this code."),
        ({"email": "nowhere"}, "That is no e-mail address."),
        ({"position": "abc"}, "Not a valid integer"),
        ({"position": "-1"}, "A whole number from 0 to 9999."),
        ({"position": "99999999999999999999"}, "A whole number from 0 to 9999."),
        ({"position": ""}, "Give a whole number."),
    ],
)
def test_bad_input_comes_back(ada: Browser, cast: Cast, typed: dict[str, str], says: str) -> None:
    page = ada.post(NEW, {"name": "Kept name", "code": "kept-code", "position": "7", **typed}, 422)
    assert says in page, page.text
    with cast.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Department)) == 5


def test_a_code_is_taken_once(cast: Cast) -> None:
    with cast.acting(), pytest.raises(CodeTaken):
        departments.create("sales", "Other", "", 0)


def test_the_code_stays(ada: Browser, cast: Cast) -> None:
    key = cast.department("sales").id
    url = f"/settings/departments/{key}/edit"
    form = ada.get(url).fields(url)
    assert "code" not in form
    ada.post(url, {**form, "name": "Selling", "code": "selling"})
    assert cast.department("sales").name == "Selling"
    assert "That is no e-mail address." in ada.post(url, {**form, "email": "x"}, 422)


def test_colleagues_come_lead_and_go(ada: Browser, cast: Cast) -> None:
    sales, sue = cast.department("sales").id, cast.membership("sue")
    page = ada.get(f"/settings/departments/{sales}/add")
    assert "Sue Keller" in page
    assert "Sal Marin" not in page
    assert "Ana Ferreira" not in page
    here = f"/settings/departments/{sales}/"
    page = ada.get(ada.post(f"{here}add", {"membership": str(sue)}).location)
    assert "Sue Keller works in Sales." in page
    for part, lead in (("lead", True), ("work", False)):
        ada.post(f"{here}colleagues/{sue}/{part}")
        assert lead_of(cast, sales, sue) is lead
    page = ada.get(ada.post(f"{here}colleagues/{sue}/leave").location)
    assert "Sue Keller no longer works in Sales." in page
    assert lead_of(cast, sales, sue) is None


def lead_of(cast: Cast, department: int, membership: int) -> bool | None:
    with cast.app.app_context():
        there = db.session.get(DepartmentMember, (department, membership))
        return there.lead if there else None


@pytest.mark.parametrize("membership", ["", "abc", "999", "99999999999999999999"])
def test_nobody_unknown_is_added(ada: Browser, cast: Cast, membership: str) -> None:
    sales = cast.department("sales").id
    ada.post(f"/settings/departments/{sales}/add", {"membership": membership}, 422)


def test_outsiders_do_not_work_here(ada: Browser, cast: Cast) -> None:
    sales, ana, sue = cast.department("sales").id, cast.membership("ana"), cast.membership("sue")
    ada.post(f"/settings/departments/{sales}/add", {"membership": str(ana)}, 422)
    page = ada.get(ada.post(f"/settings/departments/{sales}/colleagues/{ana}/lead").location)
    assert "Ana Ferreira is not one of us." in page
    with cast.acting():
        department = db.session.get_one(Department, sales)
        with pytest.raises(NotStaff):
            staffing.put_into(department, db.session.get_one(Membership, ana), False)
        department.archived_at = department.archived_at.replace(year=2000)
        with pytest.raises(UnknownDepartment):
            staffing.put_into(department, db.session.get_one(Membership, sue), False)


def test_a_department_with_open_cases_or_rules_stays(ada: Browser, cast: Cast, row: Row) -> None:
    cast.asks("ana")
    key = cast.department("service").id
    page = ada.get(ada.post(f"/settings/departments/{key}/archive").location)
    assert "Service is still needed." in page
    assert "It has 1 open case; hand it over first." in page
    assert "“Support request”" in page
    assert row(Department, key).archived_at == NEVER


def test_only_open_cases_count(cast: Cast) -> None:
    numbers = [cast.asks("ana") for _ in range(3)]
    key = cast.department("service").id
    with cast.acting():
        assert workload.open_in(key) == 3
        closed, merged = db.session.scalars(select(Case.id).where(Case.number.in_(numbers[:2]))).all()
        db.session.execute(update(Case).where(Case.id == closed).values(state="closed"))
        db.session.execute(update(Case).where(Case.id == merged).values(merged_into_id=closed))
        assert workload.open_in(key) == 1
        assert workload.open_in(999) == 0


def test_the_front_desk_stays(ada: Browser, cast: Cast) -> None:
    key = cast.department("front-desk").id
    assert "Archive it" not in ada.get(f"/settings/departments/{key}/")
    assert "The front desk stays." in ada.get(ada.post(f"/settings/departments/{key}/archive").location)
    with cast.acting(), pytest.raises(FrontDeskStays):
        archiving.archive(db.session.get_one(Department, key))


def test_a_department_nobody_needs_is_archived_and_comes_back(ada: Browser, cast: Cast, row: Row) -> None:
    key = cast.department("marketing").id
    page = ada.get(ada.post(f"/settings/departments/{key}/archive").location)
    assert "Marketing is archived." in page
    assert row(Department, key).archived_at < NEVER
    assert "archived" in ada.get("/settings/departments/")
    ada.post(f"/settings/departments/{key}/restore")
    assert row(Department, key).archived_at == NEVER


def test_rules_that_are_off_do_not_hold_a_department(cast: Cast) -> None:
    key = cast.department("finance").id
    with cast.acting():
        department = db.session.get_one(Department, key)
        with pytest.raises(StillNeeded) as needed:
            archiving.archive(department)
        assert (needed.value.cases, needed.value.rules) == (0, ("Invoice question",))
        db.session.execute(update(Rule).where(Rule.department_id == key).values(enabled=False))
        archiving.archive(department)
