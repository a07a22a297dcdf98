"""A rule is tried on one case, and on the cases of the last weeks, before it counts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from sqlalchemy import func, select, update

from portal.cases import secrecy, tasks
from portal.cases.models import Case, Event
from portal.clock import now
from portal.extensions import db
from portal.identity.models import DepartmentMember
from portal.routing.models import Rule
from tests.browser import Browser, statements
from tests.cast import Cast

Ids = Callable[..., int]
BATTERY: dict[str, Any] = {"subject": "Battery", "body": "It is swollen."}


def drafted(ada: Browser, cast: Cast, words: str = "swollen") -> str:
    """A rule that sends batteries to sales, saved switched off and put first: the address of its trial."""
    sales = str(cast.department("sales").id)
    typed = {"name": "Batteries", "words": words, "department": sales, "off": "1"}
    fields = ada.get("/settings/rules/new").fields("/settings/rules/new")
    address = ada.post("/settings/rules/new", {**fields, **typed}).location
    with cast.acting():
        db.session.execute(update(Rule).where(Rule.name == "Batteries").values(position=1))
    return address


def test_a_draft_says_which_cases_it_would_send_elsewhere(ada: Browser, cast: Cast) -> None:
    number = cast.asks("ana", **BATTERY)
    cast.asks("carla")
    with cast.app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Event))
    page = ada.get(drafted(ada, cast))
    assert "“Batteries” sends 1 case elsewhere" in page
    assert "2 cases were tried" in page
    assert number in page
    assert "Service Sales Service" in page
    with cast.app.app_context():
        rule = db.session.scalars(select(Rule).where(Rule.name == "Batteries")).one()
        assert not rule.enabled, "it does not count yet"
        assert db.session.scalar(select(func.count()).select_from(Event)) == before, "nothing was moved"
        assert db.session.scalar(select(func.count()).where(Case.department_id == rule.department_id)) == 0


def test_a_rule_that_is_on_is_compared_with_doing_without_it(ada: Browser, cast: Cast, ids: Ids) -> None:
    cast.asks("ana", "complaint")
    page = ada.get(f"/settings/rules/{ids(Rule, 'Complaint')}/trial")
    assert "Front desk Service Service" in page


def test_older_cases_and_those_one_may_not_read_are_left_out(ada: Browser, cast: Cast) -> None:
    with time_machine.travel(now() - timedelta(days=31)):
        cast.asks("ana", **BATTERY)
    sealed = cast.asks("ana", **BATTERY)
    with cast.acting():
        db.session.execute(update(Case).where(Case.number == sealed).values(confidential=True))
    page = ada.get(drafted(ada, cast))
    assert "“Batteries” changes nothing for these cases" in page
    assert "0 cases were tried" in page


def test_one_case_is_tried_by_its_number(ada: Browser, cast: Cast) -> None:
    number = cast.asks("ana", "complaint", **BATTERY)
    page = ada.get(f"/settings/rules/?case={number.replace('-', '')}")
    assert "It would go to Service." in page
    page = ada.get("/settings/rules/?case=0000-0000", 422)
    assert "There is no case of this number, or you may not read it." in page
    with cast.acting():
        db.session.execute(update(Case).where(Case.number == number).values(confidential=True))
    page = ada.get(f"/settings/rules/?case={number}", 422)
    assert "There is no case of this number, or you may not read it." in page


def test_more_cases_cost_no_more_statements(ada: Browser, cast: Cast) -> None:
    cast.asks("ana", **BATTERY)
    address = drafted(ada, cast)
    ada.get(address)
    with statements(cast.app) as few:
        ada.get(address)
    for _ in range(5):
        cast.asks("ana", **BATTERY)
    with statements(cast.app) as many:
        ada.get(address)
    assert len(few) == len(many) <= 8


def test_words_one_may_not_read_are_not_tried(ada: Browser, cast: Cast) -> None:
    """A task of her department lets an administrator know that there is a case, not what was asked."""
    number = cast.asks("ana", "complaint", **BATTERY)
    with cast.acting():
        membership = cast.membership("ada")
        marketing = cast.department("marketing").id
        db.session.add(DepartmentMember(department_id=marketing, membership_id=membership))
        tasks.open_task(cast.viewer("sue"), cast.case_id(number), tasks.Wanted(marketing, "Look"))
    with cast.acting():
        secrecy.seal(cast.viewer("sue"), cast.case_id(number), True, "About a person")
    page = ada.get(f"/settings/rules/?case={number}", 422)
    assert "There is no case of this number, or you may not read it." in page
