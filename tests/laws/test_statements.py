"""How many statements a page takes: within quality.md's budgets, and the same for 10 and for 1,000 cases."""

from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select

from portal.cases import conversation, releasing, tasks
from portal.cases.models import (
    Attachment,
    Blob,
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
from portal.catalogue.models import Product
from portal.channels.models import Notice
from portal.clock import now
from portal.extensions import db
from tests.browser import statements
from tests.cast import Cast
from tests.laws.world import asked, form_with

FEW, MANY = 10, 1000
FAR = 1_000_000
"""Ids of copies begin here, where no sequence has come yet."""


@pytest.fixture(scope="module")
def number(house: Cast) -> str:
    """One of ten cases of Ana's with messages, a supplier's finding that was released, a task; a product."""
    with house.acting():
        db.session.add(Product(code="W-9-125", name="Angle grinder W 9-125"))
    numbers = [house.asks("ana", subject=f"Case {n}") for n in range(FEW)]
    house.asks("bruno")  # who sees his own only, has one too
    case, sue, rui = house.case_id(numbers[0]), house.viewer("sue"), house.viewer("rui")
    lane, finance = asked(house, numbers[0], "Ferrum", ["sofia"]), house.department("finance").id
    sofia, fin = house.viewer("sofia"), house.viewer("fin")
    with house.acting():
        conversation.reply(rui, case, "One more thing.")
        main = conversation.reply(sue, case, "Which lot?").lane_id
        found = conversation.reply(sofia, case, "Lot B.", lane_id=lane)
        releasing.release(sue, case, found.id, main, "It is lot B.", then="us")
        task = tasks.open_task(sue, case, tasks.Wanted(finance, "Check it"))
        tasks.finish(fin, case, task.id, "done", "Checked.")
        tasks.open_task(sue, case, tasks.Wanted(finance, "Check it again"))
    return numbers[0]


def table(model: Any) -> Table:
    found = model.__table__
    assert isinstance(found, Table)
    return found


def _rows(model: Any, *where: Any) -> list[dict[str, Any]]:
    """In the order they were written: what refers to another row comes after it."""
    found = db.session.execute(select(table(model)).where(*where).order_by(table(model).c.id))
    return [dict(row) for row in found.mappings()]


def grow(cast: Cast, number: str, times: int) -> None:
    """Copies of a case made by verbs, row by row with new ids: as if the verbs had run again."""
    with cast.acting():
        case = _rows(Case, Case.number == number)[0]
        key = case["id"]
        lanes = _rows(Lane, Lane.case_id == key)
        inside = [lane["id"] for lane in lanes]
        whole = [
            (Case, [case]),
            (Party, _rows(Party, Party.case_id == key)),
            (Lane, lanes),
            (Task, _rows(Task, Task.case_id == key)),
            (Grant, _rows(Grant, Grant.lane_id.in_(inside))),
            (Participant, _rows(Participant, Participant.case_id == key)),
            (Message, _rows(Message, Message.lane_id.in_(inside))),
            (Holding, _rows(Holding, Holding.case_id == key)),
            (Event, _rows(Event, Event.case_id == key)),
            (Notice, _rows(Notice, Notice.case_id == key)),
        ]
        for model, rows in whole:
            db.session.execute(
                insert(table(model)), [_copy(row, n) for n in range(1, times + 1) for row in rows]
            )


REFERS = ("id", "case_id", "lane_id", "party_id", "event_id", "task_id", "released_from_id")


def _copy(row: dict[str, Any], n: int) -> dict[str, Any]:
    moved = {name: row[name] + FAR * n for name in REFERS if row.get(name) is not None}
    numbered = {"number": f"9{n:07d}"} if "number" in row else {}
    return {**row, **moved, **numbered}


def talk(cast: Cast, number: str, upto: int) -> None:
    """Lengthen the conversation to so many messages, every fifth with a file."""
    with cast.acting():
        key = select(Lane.id).join(Case).where(Case.number == number, Lane.kind == "requester")
        lane = db.session.scalars(key).one()
        there = db.session.scalar(select(func.count()).where(Message.lane_id == lane)) or 0
        author = db.session.scalars(select(Message.author_id).where(Message.lane_id == lane)).first()
        blob = f"{lane}-{there}-{upto}"
        several = [Message(lane_id=lane, author_id=author, body=f"Message {n}") for n in range(there, upto)]
        db.session.add_all([*several, Blob(hash=blob, size=9)])
        db.session.flush()
        db.session.add_all(
            Attachment(message_id=said.id, lane_id=lane, name="a.txt", media_type="text/plain", blob=blob)
            for said in several[::5]
        )


def told(cast: Cast, name: str, url: str) -> list[str]:
    """The statements of one page, on the second visit: what an app keeps for itself is known by then."""
    browser = cast.browser(name)
    browser.get(url)
    with statements(cast.app) as done:
        answer = browser.client.get(url)
    assert answer.status_code == 200
    return list(done)


BUDGETS = {
    # a page → (who, statements at most)
    "A: the inbox": ("sue", "/desk/?tab=all", 4),
    "A: what waits for us, by date": ("sue", "/desk/?tab=us", 4),
    "B: a case for staff": ("sue", "/cases/{number}", 8),
    "B: a case for a customer": ("ana", "/cases/{number}", 8),
    "B: a case for a supplier": ("sofia", "/cases/{number}", 8),
    "C: a customer's own list": ("ana", "/cases/?state=all", 4),
    "C: a supplier's list": ("sofia", "/cases/?state=all", 4),
    "a department's tasks": ("fin", "/desk/?department=finance&tab=tasks", 4),
    "C: the list of somebody who sees their own": ("bruno", "/cases/?state=all", 4),
    "C: all cases, for staff": ("mia", "/cases/?state=all", 4),
    "home": ("ana", "/", 6),
    "a supplier's home": ("sofia", "/", 6),
    "notices": ("sue", "/notices/", 4),
    "why": ("sue", "/cases/{number}/why", 4),
    "who sees it": ("sue", "/cases/{number}/accesses", 8),
    "who of ours sees it": ("sofia", "/cases/{number}/accesses", 8),
}
SUBMITTED = {
    "without a product": ("service-wish", {}),
    "with a product": ("product-request", {"product": "W-9-125", "quantity": "3"}),
    "with words for a product": ("support-request", {"product": "the big one"}),
}


def measured(cast: Cast, number: str) -> dict[str, int]:
    found = {name: len(told(cast, who, url.format(number=number))) for name, (who, url, _) in BUDGETS.items()}
    return found | {f"E: submit {name}": len(submitted(cast, name)) for name in SUBMITTED}


def submitted(cast: Cast, name: str) -> list[str]:
    """The statements of sending one request."""
    address, more = SUBMITTED[name]
    ana = cast.browser("ana")
    form = form_with(ana.get(f"/requests/new/{address}"), "subject")
    form |= {"subject": f"Sent {name}", "body": "Please.", **more}
    with statements(cast.app) as done:
        answer = ana.client.post(f"/requests/new/{address}", data=form)
    assert answer.status_code == 303
    return list(done)


def test_pages_stay_within_their_budgets_and_do_not_grow(house: Cast, number: str) -> None:
    few = measured(house, number)
    over = {name: few[name] for name, (_, _, most) in BUDGETS.items() if few[name] > most}
    over |= {name: count for name, count in few.items() if name.startswith("E") and count > 16}
    assert not over, few
    grow(house, number, MANY - FEW)
    with house.app.app_context():
        assert (db.session.scalar(select(func.count(Case.id))) or 0) >= MANY
    assert measured(house, number) == few


def test_a_long_conversation_takes_no_more_statements(house: Cast, number: str) -> None:
    for name in ("sue", "ana"):
        few = told(house, name, f"/cases/{number}")
        for length in (60, 150):
            talk(house, number, length)
            assert told(house, name, f"/cases/{number}") == few
            assert len(told(house, name, f"/cases/{number}?all=1")) == len(few)


def widen(cast: Cast, number: str, lanes: list[str], duties: int) -> None:
    """Ask these organizations in a case, let them answer, and ask for so many pieces of work."""
    people = {"Ferrum": "sofia", "Borealis": "tomas", "Adriatic": "pavel", "Lumen": "petra"}
    case, sue, finance = cast.case_id(number), cast.viewer("sue"), cast.department("finance").id
    for name in lanes:
        lane, author = asked(cast, number, name, [people[name]]), cast.viewer(people[name])
        with cast.acting():
            conversation.reply(author, case, "That is how it is.", lane_id=lane)
    with cast.acting():
        for n in range(duties):
            tasks.open_task(sue, case, tasks.Wanted(finance, f"Check {n}"))


def test_many_lanes_and_tasks_take_no_more_statements(house: Cast) -> None:
    """Eight lanes and five tasks cost what one of each does: for staff, the customer, and a supplier."""
    number = house.asks("ana")
    widen(house, number, ["Ferrum"], 1)
    url = f"/cases/{number}"
    visits = [("sue", url), ("sue", f"{url}?lane=all"), ("ana", url), ("sofia", url), ("fin", url)]
    visits += [("sue", f"{url}/accesses"), ("sofia", f"{url}/accesses"), ("sue", f"{url}/why")]
    few = {visit: told(house, *visit) for visit in visits}
    assert max(len(done) for done in few.values()) <= 8
    widen(house, number, ["Ferrum", "Borealis", "Borealis", "Adriatic", "Adriatic", "Lumen", "Lumen"], 4)
    assert {visit: told(house, *visit) for visit in visits} == few


def test_counts_of_an_inbox_are_one_statement_for_all_its_lists(house: Cast, number: str) -> None:
    sue = house.browser("sue")
    with statements(house.app) as done:
        sue.client.get("/desk/counts?department=service", headers={"HX-Request": "true"})
    assert len(done) <= 3


def test_a_closed_door_takes_the_same_statements_for_every_number(house: Cast, number: str) -> None:
    foreign = house.asks("carla")
    with statements(house.app) as theirs:
        house.browser("ana").client.get(f"/cases/{foreign}")
    with statements(house.app) as nothing:
        house.browser("ana").client.get("/cases/0000-0000")
    assert list(theirs) == list(nothing)
    assert len(theirs) <= 4, now()
