"""Importing in the browser: upload, columns, check, import, undo, with the worker in between."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from portal import worker
from portal.cases import conversation
from portal.cases.models import Blob, Case, Event, Grant, Note, Party
from portal.catalogue.models import Product
from portal.clock import NEVER, now
from portal.exchange import imports, running
from portal.exchange.models import ExternalId, Import
from portal.extensions import db
from portal.identity.models import Membership, Organization, Person
from tests.browser import Browser, Page, statements
from tests.cast import Cast
from tests.laws.reckoning import hold

COMPANIES = "id;firma;država;mjesto\n1;Čavao d.o.o.;Hrvatska;Zagreb\n2;Luz Lda;Portugal;Évora\n"


def work(cast: Cast, upto: int = 5) -> None:
    """What the worker does until there is nothing to do."""
    with cast.app.app_context():
        for _ in range(upto):
            if not imports.work_due():
                db.session.rollback()
                return
        raise AssertionError("the worker does not come to an end")


def upload(ada: Browser, what: str, content: str | bytes, name: str = "rows.csv", expect: int = 303) -> Page:
    data = content.encode() if isinstance(content, str) else content
    fields = ada.get("/settings/imports/new").fields("/settings/imports/new")
    return ada.post(
        "/settings/imports/new", {**fields, "what": what, "file": (io.BytesIO(data), name)}, expect
    )


def checked(cast: Cast, ada: Browser, what: str, content: str | bytes, **more: str) -> str:
    """The address of an import that was uploaded, mapped and checked."""
    url = upload(ada, what, content).location
    ada.post(f"{url}columns", {**ada.get(url).fields(f"{url}columns"), **more})
    work(cast)
    return url


def imported(cast: Cast, ada: Browser, what: str, content: str | bytes, **more: str) -> str:
    url = checked(cast, ada, what, content, **more)
    ada.post(f"{url}run")
    work(cast)
    assert record(cast).state == "done"
    return url


def record(cast: Cast) -> Import:
    with cast.app.app_context():
        return db.session.scalars(select(Import).order_by(Import.id.desc()).limit(1)).one()


def count(cast: Cast, model: Any) -> int:
    with cast.app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_file_is_uploaded_checked_and_imported(cast: Cast, ada: Browser) -> None:
    assert "No file was imported yet" in ada.get("/settings/imports/")
    url = upload(ada, "organizations", COMPANIES.encode("cp1250"), "kupci.csv").location
    page = ada.get(url)
    assert "Which column of “kupci.csv” is what?" in page
    assert "Read as Windows-1250" in page
    assert "Čavao d.o.o." in page
    fields = page.fields(f"{url}columns")
    assert [fields[f"column_{name}"] for name in ("external_id", "name", "country", "city")] == [
        "0",
        "1",
        "2",
        "3",
    ]
    ada.post(f"{url}columns", fields)
    assert "is being checked" in ada.get(url)
    work(cast)
    page = ada.get(url)
    assert "All 2 rows of “kupci.csv” are right" in page
    assert "Import 2 rows" in page
    before = count(cast, Organization)
    ada.post(f"{url}run")
    assert "is imported in a moment" in ada.get(url)
    assert count(cast, Organization) == before
    work(cast)
    page = ada.get(url)
    assert "2 rows of “kupci.csv” are imported" in page
    assert "It can be undone until" in page
    assert count(cast, Organization) == before + 2
    assert "new: 2, changed: 0, the same: 0" in ada.get("/settings/imports/")
    assert "Ada Lind" in ada.get("/settings/imports/")


def test_the_same_form_sent_twice_is_one_import(cast: Cast, ada: Browser) -> None:
    fields = ada.get("/settings/imports/new").fields("/settings/imports/new")
    for _ in range(2):
        file = (io.BytesIO(COMPANIES.encode()), "rows.csv")
        ada.post("/settings/imports/new", {**fields, "what": "organizations", "file": file})
    assert count(cast, Import) == 1


def test_excel_files_come_the_same_way(cast: Cast, ada: Browser) -> None:
    book = openpyxl.Workbook()
    for row in (("Code", "Name", "Price"), ("A-1", "Čekić", 12.5)):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    url = imported(cast, ada, "products", kept.getvalue())
    assert "1 row of “rows.csv” is imported" in ada.get(url)
    with cast.app.app_context():
        assert (
            str(db.session.scalars(select(Product.list_price).where(Product.code == "A-1")).one()) == "12.50"
        )


def test_what_cannot_be_read_is_said_at_once_and_kept_nowhere(cast: Cast, ada: Browser) -> None:
    page = upload(ada, "products", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "old.xls", 422)
    assert "This is an old Excel file (.xls)." in page
    assert "There is nothing below the names of the columns." in upload(
        ada, "products", "name\n", "x.csv", 422
    )
    fields = ada.get("/settings/imports/new").fields("/settings/imports/new")
    assert "Choose a file." in ada.post("/settings/imports/new", {**fields, "what": "cases"}, 422)
    file = (io.BytesIO(b"a,b\n1,2\n"), "x.csv")
    ada.post("/settings/imports/new", {**fields, "what": "secrets", "file": file}, 422)
    assert (count(cast, Import), count(cast, Blob)) == (0, 0)


def test_columns_can_be_chosen_and_what_is_needed_is_asked_for(cast: Cast, ada: Browser) -> None:
    url = upload(ada, "organizations", "alpha,beta\nx,Luz\n").location
    page = ada.get(url)
    assert "None of the columns has a name we know." in page
    fields = page.fields(f"{url}columns")
    assert "None of the columns has a name we know" in ada.post(f"{url}columns", fields, 422)
    ada.post(f"{url}columns", {**fields, "column_name": "7"}, 422)
    ada.post(f"{url}columns", {**fields, "column_name": "1"})
    work(cast)
    assert record(cast).mapping == {"name": "beta"}
    assert (record(cast).state, record(cast).made) == ("checked", 1)


def test_wrong_rows_are_listed_and_another_choice_of_columns_helps(cast: Cast, ada: Browser) -> None:
    rows = 'name,country\n"Two\nlines",Atlantis\nLuz,PT\nSol,Lemuria\n'
    url = checked(cast, ada, "organizations", rows)
    page = ada.get(url)
    assert "2 things in “rows.csv” are wrong, so nothing is imported" in page
    cells = [" ".join("".join(cell.itertext()).split()) for cell in page.all("td") + page.all("th")]
    assert {"2", "5", "country", "Atlantis", "Lemuria"} <= set(cells)
    assert "A country's name, or its code of two letters such as PT." in cells
    ada.post(f"{url}run")
    assert "Nothing was done." in ada.get(url)
    fields = ada.get(f"{url}columns").fields(f"{url}columns")
    ada.post(f"{url}columns", {**fields, "column_country": ""})
    work(cast)
    assert "All 3 rows" in ada.get(url)


def test_only_the_first_problems_are_kept_and_all_are_counted(cast: Cast, ada: Browser) -> None:
    url = checked(
        cast, ada, "organizations", "name,country\n" + "".join(f"N{n},Lemuria\n" for n in range(750))
    )
    assert "750 things" in ada.get(url)
    assert "the first 200 are shown" in ada.get(url)
    assert len(record(cast).problems) == 200


def test_pages_take_no_more_statements_for_more_rows(cast: Cast, ada: Browser) -> None:
    counts = []
    for many in (2, 600):
        rows = "name,country\n" + "".join(f"N{many}-{n},Lemuria\n" for n in range(many))
        url = checked(cast, ada, "organizations", rows)
        with statements(cast.app) as done:
            ada.client.get(url)
            ada.client.get("/settings/imports/")
        counts.append(len(done))
    assert counts[0] == counts[1] <= 8


def test_while_it_is_worked_on_only_the_progress_is_asked_for(cast: Cast, ada: Browser) -> None:
    url = upload(ada, "organizations", COMPANIES).location
    ada.post(f"{url}columns", ada.get(url).fields(f"{url}columns"))
    page = ada.get(url)
    assert page.all("progress")
    part = ada.get(url, headers={"HX-Request": "true"})
    assert "HX-Refresh" not in part.response.headers
    assert not part.html.lower().startswith("<!doctype")
    assert f'hx-get="{url}"' in part.html
    work(cast)
    part = ada.get(url, headers={"HX-Request": "true"})
    assert part.response.headers["HX-Refresh"] == "true"
    assert "hx-get" not in part.html


def test_progress_is_committed_while_a_file_is_checked(
    cast: Cast, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    commit = imports._commit

    def keep(statement: Any) -> None:
        commit(statement)
        with db.engine.connect() as other:
            seen.append(other.execute(select(Import.done)).scalars().one())

    monkeypatch.setattr(imports, "_commit", keep)
    monkeypatch.setattr(imports, "monotonic", iter(range(1000)).__next__)
    rows = "name\n" + "".join(f"Company {n}\n" for n in range(1700))
    checked(cast, ada, "organizations", rows)
    assert seen == [500, 1000, 1500, 1700]
    assert record(cast).done == record(cast).rows == 1700


def test_progress_of_a_run_is_seen_from_outside_on_postgresql(
    cast: Cast, ada: Browser, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite the import holds the one lock there is, so nothing is written beside it."""
    told: list[int] = []
    beside = imports._beside

    def keep(statement: Any) -> None:
        beside(statement)
        with db.engine.connect() as other:
            told.append(other.execute(select(Import.done)).scalars().one())

    url = checked(cast, ada, "organizations", "name\n" + "".join(f"Company {n}\n" for n in range(700)))
    monkeypatch.setattr(imports, "_beside", keep)
    monkeypatch.setattr(imports, "monotonic", iter(range(1000)).__next__)
    ada.post(f"{url}run")
    work(cast)
    assert record(cast).state == "done"
    assert told == ([500, 700] if database == "postgresql" else [])


def test_a_worker_that_died_is_followed_by_another(cast: Cast, ada: Browser) -> None:
    url = checked(cast, ada, "organizations", COMPANIES)
    ada.post(f"{url}run")
    with cast.app.app_context():
        assert imports._leased() is not None
        assert imports._leased() is None, "it is somebody's"
    work(cast)
    assert record(cast).state == "running"
    with time_machine.travel(now() + imports.LEASE + timedelta(seconds=1)):
        work(cast)
    assert (record(cast).state, record(cast).made) == ("done", 2)


def test_a_run_that_breaks_leaves_nothing_and_says_so(
    cast: Cast, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = checked(cast, ada, "organizations", COMPANIES)
    before = count(cast, Organization)

    def broken(*_anything: Any) -> None:
        raise RuntimeError("a bug")

    ada.post(f"{url}run")
    with monkeypatch.context() as patched:
        patched.setattr(running, "take_note", broken)
        work(cast)
    assert (record(cast).state, count(cast, Organization)) == ("failed", before)
    page = ada.get(url)
    assert "could not be imported" in page
    assert "Something went wrong that is ours to mend" in page
    ada.post(f"{url}columns", ada.get(f"{url}columns").fields(f"{url}columns"))
    work(cast)
    ada.post(f"{url}run")
    work(cast)
    assert record(cast).state == "done"


def test_what_became_wrong_since_the_check_is_not_imported(cast: Cast, ada: Browser) -> None:
    url = checked(cast, ada, "people", "name,email,company\nX,x@y.example,Alpina\n")
    with cast.acting():
        db.session.scalars(select(Organization).where(Organization.name == "Alpina")).one().name = "Omega"
    ada.post(f"{url}run")
    work(cast)
    assert (record(cast).state, record(cast).wrong) == ("wrong", 1)
    assert count(cast, ExternalId) == 0
    assert "Alpina" in ada.get(url)


# ── undoing ──


@pytest.fixture
def take_back(cast: Cast, ada: Browser) -> Callable[[str], Page]:
    def undo(url: str) -> Page:
        ada.post(f"{url}undo")
        assert "is being undone" in ada.get(url)
        work(cast)
        page = ada.get(url)
        assert "is undone" in page
        return page

    return undo


def test_undoing_removes_what_nobody_has_used(
    cast: Cast, ada: Browser, take_back: Callable[[str], Page]
) -> None:
    before = [count(cast, model) for model in (Organization, Person, Membership, ExternalId)]
    companies = imported(cast, ada, "organizations", COMPANIES)
    people = imported(cast, ada, "people", "id,name,firma\n1,Iva,Čavao d.o.o.\n2,Rui,Luz Lda\n")
    with cast.acting():
        rui = db.session.scalars(select(Person).where(Person.name == "Rui")).one()
        rui.password_hash = "used"
    assert "1 row is removed." in (page := take_back(people))
    assert "1 row stays, because somebody has used it since." in page
    page = take_back(companies)
    assert "1 row is removed." in page
    after = [count(cast, model) for model in (Organization, Person, Membership, ExternalId)]
    assert [now_is - was for now_is, was in zip(after, before, strict=True)] == [1, 1, 1, 1 + 1]
    with cast.app.app_context():
        left = set(db.session.scalars(select(ExternalId.external_id)))
    assert left == {"2"}
    again = checked(cast, ada, "organizations", COMPANIES)
    assert (record(cast).made, record(cast).same) == (1, 1), again


def test_undoing_gives_back_what_was_changed_unless_it_changed_again(
    cast: Cast, ada: Browser, take_back: Callable[[str], Page]
) -> None:
    with cast.acting():
        northwind = db.session.scalars(select(Organization).where(Organization.name == "Northwind")).one()
        northwind.city, northwind.country = "Porto", "PT"
        db.session.add(Product(code="A", name="Old", archived_at=NEVER))
    imported(cast, ada, "products", "code,name,discontinued\nA,New,yes\n")
    assert "1 changed row is as it was before." in take_back(f"/settings/imports/{record(cast).id}/")
    with cast.app.app_context():
        product = db.session.scalars(select(Product).where(Product.code == "A")).one()
        assert (product.name, product.archived_at) == ("Old", NEVER)
    url = imported(cast, ada, "organizations", "id,name,city,phone\n9,Northwind,Lisbon,123\n")
    with cast.acting():
        db.session.get_one(Organization, northwind.id).city = "Faro"
    assert "1 changed row stays as it is" in take_back(url)
    with cast.app.app_context():
        kept = db.session.get_one(Organization, northwind.id)
        assert (kept.city, kept.phone, kept.country) == ("Faro", "", "PT")
        assert not db.session.scalars(select(ExternalId).where(ExternalId.what == "organizations")).all()


def test_undoing_closes_untouched_cases_and_leaves_the_others(
    cast: Cast, ada: Browser, take_back: Callable[[str], Page]
) -> None:
    rows = "id,text,organization\n1,Untouched,Northwind\n2,Answered,Northwind\n"
    url = imported(cast, ada, "cases", rows)
    page = ada.get(url)
    assert "Where they went" in page
    assert "Service" in page
    with cast.app.app_context():
        numbers = dict(db.session.execute(select(Case.subject, Case.number)).all())
    answered = cast.case_id(numbers["Answered"])
    with cast.app.app_context():
        sue = cast.viewer("sue")
    with cast.acting():
        conversation.reply(sue, answered, "Which lot?")
    page = take_back(url)
    assert "1 case is closed as withdrawn; nobody outside sees it any more." in page
    assert "1 row stays, because somebody has used it since." in page
    _untouched(cast, numbers["Untouched"])
    with cast.acting():
        hold(db.session.scalars(select(Case.id).where(Case.number == numbers["Untouched"])).one())
    cast.browser("ana").get(f"/cases/{numbers['Untouched']}", 404)
    assert "Untouched" not in cast.browser("ana").get("/cases/?state=all")
    cast.browser("ana").get(f"/cases/{numbers['Answered']}")
    assert "The import “rows.csv” was undone." in cast.browser("sue").get(
        f"/cases/{numbers['Untouched']}?all=1"
    )
    with cast.app.app_context():
        left = db.session.scalars(select(ExternalId.external_id).where(ExternalId.what == "cases")).all()
    assert left == ["2"]
    assert imported(cast, ada, "cases", rows.replace("Untouched", "Corrected"))
    assert (record(cast).made, record(cast).same) == (1, 1)


def _untouched(cast: Cast, number: str) -> None:
    with cast.app.app_context():
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        assert (case.state, case.outcome, case.ball) == ("closed", "withdrawn", "nobody")
        theirs = db.session.scalars(
            select(Party).where(Party.case_id == case.id, Party.role == "requester")
        ).one()
        assert (theirs.listed, theirs.status, theirs.ball) == (False, "closed", "nobody")
        assert all(
            end <= now()
            for end in db.session.scalars(select(Grant.ends_at).where(Grant.party_id == theirs.id))
        )
        verbs = list(
            db.session.scalars(select(Event.verb).where(Event.case_id == case.id).order_by(Event.id))
        )
        assert verbs == ["opened", "closed", "reasoned"]
        assert db.session.scalar(select(func.count(Note.id))) == 1


def test_after_a_day_nothing_is_undone_and_the_file_is_let_go(cast: Cast, ada: Browser) -> None:
    url = imported(cast, ada, "organizations", COMPANIES)
    with time_machine.travel(now() + timedelta(hours=25)):
        later = cast.browser("ada")
        assert "Undo the import" not in later.get(url)
        assert "This import can no longer be undone." in later.get(later.post(f"{url}undo").location)
        with cast.app.app_context():
            assert imports.let_go() == 1
            db.session.commit()
            assert imports.let_go() == 0
            db.session.rollback()
    assert (record(cast).state, record(cast).blob) == ("done", None)


def test_nothing_is_undone_twice(cast: Cast, ada: Browser, take_back: Callable[[str], Page]) -> None:
    url = imported(cast, ada, "organizations", COMPANIES)
    take_back(url)
    assert "This import can no longer be undone." in ada.get(ada.post(f"{url}undo").location)


# ── doors ──


def test_imports_are_for_administrators(cast: Cast, ada: Browser) -> None:
    url = upload(ada, "organizations", COMPANIES).location
    for name in ("sue", "ana"):
        other = cast.browser(name)
        for address in ("/settings/imports/", "/settings/imports/new", url, f"{url}columns"):
            other.get(address, 404)
        for address in (f"{url}columns", f"{url}run", f"{url}undo"):
            other.post(address, expect=404)
    for key in ("0", str(2**63), "9" * 30):
        ada.get(f"/settings/imports/{key}/", 404)


def test_the_worker_knows_the_job(app: Flask, cast: Cast, ada: Browser) -> None:
    url = upload(ada, "organizations", COMPANIES).location
    ada.post(f"{url}columns", ada.get(url).fields(f"{url}columns"))
    job = next(each for each in worker.jobs() if each.name == "imports")
    worker.tick(app, job)
    assert re.search("All 2 rows", ada.get(url).text)
