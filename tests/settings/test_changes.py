"""What administrators change is written down and can be taken back."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from portal.cases.models import Case
from portal.clock import now
from portal.extensions import db
from portal.identity import installation
from portal.identity.models import Department, DepartmentMember, Membership, Segment
from portal.routing.models import Rule
from portal.settings.models import Change
from tests.browser import Browser
from tests.cast import Cast

Ids = Callable[..., int]
Row = Callable[..., Any]


def newest(cast: Cast) -> Change:
    with cast.app.app_context():
        return db.session.scalars(select(Change).order_by(Change.id.desc())).first()  # type: ignore[return-value]


def undo(ada: Browser, change: Change) -> None:
    ada.post(f"/settings/changes/{change.id}/undo", {})


def test_a_choice_is_noted_and_taken_back(ada: Browser, cast: Cast) -> None:
    ada.post("/settings/limits/", {"file_mb": "5", "files": "3", "undo_seconds": "0"})
    page = ada.get("/settings/changes/")
    assert "Largest file, in megabytes" in page
    assert "Ada Lind" in page
    with cast.app.app_context():
        noted = {change.name: change for change in db.session.scalars(select(Change))}
    assert noted["file_mb"].after == {"file_mb": 5}
    undo(ada, noted["file_mb"])
    with cast.app.app_context():
        assert installation.chosen().file_mb == 25
        assert installation.chosen().files == 3, "only this one is taken back"
    assert "taken back" in ada.get("/settings/changes/")


def test_what_was_changed_again_is_not_undone_over(ada: Browser, cast: Cast) -> None:
    ada.post("/settings/company/", {"name": "Meridian Tools", "brand": "#0055aa"})
    first = newest(cast)
    ada.post("/settings/company/", {"name": "Meridian Tools", "brand": "#00753a"})
    undo(ada, first)
    assert "That was changed again since." in ada.get("/settings/changes/")
    with cast.app.app_context():
        assert installation.chosen().brand == "#00753a"


def test_undoing_twice_does_it_once(ada: Browser, cast: Cast) -> None:
    ada.post("/settings/company/", {"name": "Meridian Tools", "brand": "#0055aa"})
    first = newest(cast)
    undo(ada, first)
    undo(ada, first)
    with cast.app.app_context():
        assert installation.chosen().brand == ""
        assert db.session.scalar(select(func.count()).where(Change.undoes_id == first.id)) == 1


def test_undoing_an_undo_brings_it_again(ada: Browser, cast: Cast) -> None:
    ada.post("/settings/company/", {"name": "Meridian Tools", "brand": "#0055aa"})
    undo(ada, newest(cast))
    undo(ada, newest(cast))
    with cast.app.app_context():
        assert installation.chosen().brand == "#0055aa"


def test_a_rule_comes_back_as_it_was_with_a_new_version(ada: Browser, cast: Cast, ids: Ids, row: Row) -> None:
    rule = ids(Rule, "Complaint")
    address = f"/settings/rules/{rule}/"
    fields = ada.get(address).fields(address)
    ada.post(address, {**fields, "words": "invoice", "department": str(cast.department("finance").id)})
    assert row(Rule, rule).words == ["invoice"]
    undo(ada, newest(cast))
    found = row(Rule, rule)
    assert (found.words, found.version) == ([], 3)
    assert found.department_id == cast.department("service").id


def test_a_deleted_rule_is_there_again(ada: Browser, cast: Cast, ids: Ids, row: Row) -> None:
    rule = ids(Rule, "Complaint")
    before = {name: value for name, value in vars(row(Rule, rule)).items() if name[0] != "_"}
    ada.post(f"/settings/rules/{rule}/delete", {})
    assert row(Rule, rule) is None
    undo(ada, newest(cast))
    after = {name: value for name, value in vars(row(Rule, rule)).items() if name[0] != "_"}
    assert after == before


def test_a_new_department_goes_out_of_use_again(ada: Browser, cast: Cast) -> None:
    ada.post("/settings/departments/new", {"name": "Parts", "code": "parts", "email": "", "position": "9"})
    undo(ada, newest(cast))
    with cast.app.app_context():
        found = db.session.scalars(select(Department).where(Department.code == "parts")).one()
        assert found.archived_at.year < 9999


def test_who_works_where_is_noted_and_taken_back(ada: Browser, cast: Cast) -> None:
    finance, sue = cast.department("finance").id, cast.membership("sue")
    ada.post(f"/settings/departments/{finance}/add", {"membership": str(sue)})
    page = ada.get("/settings/changes/")
    assert "Who works in Finance" in page
    assert "Sue Keller" in page
    undo(ada, newest(cast))
    with cast.app.app_context():
        assert db.session.get(DepartmentMember, (finance, sue)) is None


def test_the_kind_that_was_changed_is_named(ada: Browser, cast: Cast) -> None:
    address = "/settings/kinds/complaint/"
    fields = {"opened_by": "customer", **ada.get(address).fields(address), "label_en": "Claim"}
    ada.post(address, fields)
    page = ada.get("/settings/changes/")
    assert "The kind Claim" in page
    undo(ada, newest(cast))
    assert "The kind Complaint" in ada.get("/settings/changes/")


def test_the_shell_and_the_beginning_leave_no_note(cast: Cast) -> None:
    with cast.acting():
        installation.choose(brand="#0055aa")
    with cast.app.app_context():
        assert not db.session.scalar(select(func.count()).select_from(Change))


def test_somebody_taken_out_of_a_department_is_noted_and_put_back(ada: Browser, cast: Cast) -> None:
    service, sue = cast.department("service").id, cast.membership("sue")
    ada.post(f"/settings/departments/{service}/colleagues/{sue}/leave", {})
    page = ada.get("/settings/changes/")
    assert "Who works in Service" in page
    undo(ada, newest(cast))
    with cast.app.app_context():
        assert db.session.get(DepartmentMember, (service, sue)) is not None


def test_who_left_us_is_not_put_back_to_work(ada: Browser, cast: Cast) -> None:
    service, sue = cast.department("service").id, cast.membership("sue")
    ada.post(f"/settings/departments/{service}/colleagues/{sue}/leave", {})
    with cast.acting():
        db.session.get_one(Membership, sue).until = now()
    undo(ada, newest(cast))
    with cast.app.app_context():
        assert db.session.get(DepartmentMember, (service, sue)) is None


def test_a_department_with_open_cases_does_not_go_out_of_use_by_undoing(ada: Browser, cast: Cast) -> None:
    service, marketing = cast.department("service"), cast.department("marketing").id
    address = f"/settings/departments/{marketing}"
    ada.post(f"{address}/archive", {})
    ada.post(f"{address}/restore", {})
    restored = newest(cast)
    number = cast.asks("ana", "complaint")
    with cast.acting():
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        assert case.department_id == service.id
        case.department_id = marketing
    undo(ada, restored)
    with cast.app.app_context():
        assert db.session.get_one(Department, marketing).archived_at > now()


def test_a_name_that_was_taken_meanwhile_is_said_so(ada: Browser, cast: Cast) -> None:
    fields = {"relations": "customer"}
    ada.post("/settings/segments/new", {**fields, "name": "Large"})
    with cast.app.app_context():
        first = db.session.scalars(select(Segment.id)).one()
    ada.post(f"/settings/segments/{first}/", {**fields, "name": "Larger"})
    renamed = newest(cast)
    ada.post("/settings/segments/new", {**fields, "name": "Large"})
    undo(ada, renamed)
    assert "That was changed again since." in ada.get("/settings/changes/")
