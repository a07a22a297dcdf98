"""Data going out: what is in the file, who may take it, and that it is written down."""

import csv
import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select, update

from portal import clock
from portal.cases import secrecy
from portal.cases.lists import Wanted
from portal.catalogue.models import Product
from portal.cli import main
from portal.commands import importing
from portal.exchange import exports
from portal.exchange.exports import write
from portal.exchange.models import Export, ExternalId
from portal.exchange.taking import Load, load
from portal.extensions import db
from portal.identity.models import Membership, Organization, Person
from portal.seeding.filling import Wanted as Amount
from portal.seeding.filling import seed
from portal.showing import zone
from tests.browser import Browser
from tests.cast import Cast
from tests.conftest import make, settings
from tests.laws.world import asked

FORMULAS = ("=1+1", "+385 1 2345", "-5", "@SUM(A1)", "\tx", "\rx")


def table(data: bytes, separator: str = ",") -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "Excel needs it to know the encoding"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def take(browser: Browser, address: str, form: str = "csv", count: int | None = None) -> bytes:
    """What somebody gets who presses the button."""
    page = browser.get(address)
    if count is not None:
        assert f"Export {count} row" in page.text
    answer = browser.post(address, {**page.fields(address), "form": form})
    assert answer.location.endswith("/file")
    got = browser.client.get(answer.location)
    assert got.status_code == 200
    assert got.headers["Content-Disposition"].startswith("attachment; filename=")
    return got.data


def written(form: str, rows: list[tuple[Any, ...]], heads: tuple[str, ...] = ("text", "number")) -> bytes:
    file = io.BytesIO()
    what = Load("cases", heads, lambda _most: iter([rows]), lambda _most: len(rows))
    assert write(file, form, what, None, zone()) == len(rows)
    return file.getvalue()


# ── the file ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_spreadsheet_reckons_nothing_of_ours(cast: Cast) -> None:
    rows: list[tuple[Any, ...]] = [(text, -5) for text in FORMULAS]
    with cast.acting():
        plain, excel = written("csv", rows), written("xlsx", rows)
        lines = [json.loads(line) for line in written("jsonl", rows).splitlines()]
    cells = table(plain)
    assert [cell["text"] for cell in cells] == [f"'{text}" for text in FORMULAS]
    assert {cell["number"] for cell in cells} == {"-5"}, "a number that is a number stays one"
    sheet = openpyxl.load_workbook(io.BytesIO(excel)).active
    assert sheet is not None
    found = [(row[0].data_type, row[1].data_type, row[1].value) for row in sheet.iter_rows(min_row=2)]
    assert found == [("s", "n", -5)] * len(FORMULAS)
    assert [(line["text"], line["number"]) for line in lines] == rows


def test_dates_and_what_is_missing_are_written_as_people_do(cast: Cast) -> None:
    row = (clock.NEVER, None), (clock.now().replace(2026, 7, 1, 10, 0), "ž, “ć”\nx")
    with cast.acting():
        cells, [first, second] = table(written("csv", list(row))), written("jsonl", list(row)).splitlines()
    assert cells[0] == {"text": "", "number": ""}
    assert cells[1] == {"text": "2026-07-01 12:00", "number": "ž, “ć”\nx"}
    assert json.loads(first) == {"text": None, "number": None}
    assert json.loads(second)["text"].startswith("2026-07-01T10:00")


def test_where_numbers_have_a_comma_a_semicolon_is_between_cells(cast: Cast) -> None:
    with cast.acting():
        file = io.BytesIO()
        write(
            file,
            "csv",
            Load("x", ("a", "b"), lambda _: iter([[("1", "2")]]), lambda _: 1),
            None,
            zone(),
            "pt_BR",
        )
    assert table(file.getvalue(), ";") == [{"a": "1", "b": "2"}]


# ── through the viewer ──────────────────────────────────────────────────────────────────────────────────


def numbers(data: bytes) -> set[str]:
    return {row["number"] for row in table(data)}


def test_staff_take_what_their_list_shows(cast: Cast) -> None:
    first, second = cast.asks("ana"), cast.asks("carla", kind="invoice_question")
    sealed = cast.asks("ana", subject="A sealed one")
    sue, fin = cast.viewer("sue"), cast.browser("fin")
    with cast.acting():
        secrecy.seal(sue, cast.case_id(sealed), True, "It is private.")
    assert numbers(take(fin, "/exports/new?what=cases", count=2)) == {first, second}
    assert numbers(take(cast.browser("sue"), "/exports/new?what=cases", count=3)) == {first, second, sealed}
    only = "/exports/new?what=cases&state=unfinished&kind=invoice_question"
    [row] = table(take(fin, only, count=1))
    assert (row["number"], row["organization"], row["department"]) == (second, "Alpina", "Finance")
    assert "kind=invoice_question" in "".join(
        fin.get("/cases/?state=unfinished&kind=invoice_question").links()
    )


def test_outsiders_take_their_own_list_in_their_own_reading(cast: Cast) -> None:
    hers, his = cast.asks("ana", subject="Hinges"), cast.asks("bruno")
    cast.asks("carla")
    lane = asked(cast, hers, "Ferrum", ["sofia"])
    assert lane
    rows = table(take(cast.browser("ana"), "/exports/new?what=cases", count=2))
    assert {row["number"] for row in rows} == {hers, his}
    assert set(rows[0]) == {"number", "subject", "status", "opened_at", "due_at", "activity_at"}
    assert numbers(take(cast.browser("bruno"), "/exports/new", count=1)) == {his}
    [row] = table(take(cast.browser("sofia"), "/exports/new", count=1))
    assert row["number"] == hers
    assert "Hinges" not in row["subject"]
    cast.browser("tomas").get("/exports/new")
    with cast.acting():
        assert set(db.session.scalars(select(Export.what))) == {"cases"}


def test_outsiders_get_no_other_format_and_no_segment(cast: Cast) -> None:
    cast.asks("ana")
    ana = cast.browser("ana")
    page = ana.get("/exports/new?segment=1")
    ana.post("/exports/new?segment=1", {**page.fields("/exports/new?segment=1"), "form": "xlsx"}, 422)
    assert numbers(take(ana, "/exports/new?segment=1", count=1))


@pytest.mark.parametrize("what", ["organizations", "people", "products", "secrets"])
def test_lists_of_the_company_are_for_administrators(cast: Cast, what: str) -> None:
    for name in ("ana", "sue"):
        cast.browser(name).get(f"/exports/new?what={what}", 404)
        cast.browser(name).post(f"/exports/new?what={what}", {"form": "csv"}, 404)
    if what != "secrets":
        cast.browser("ada").get(f"/exports/new?what={what}")


def test_a_limit_is_said_in_words(cast: Cast) -> None:
    app = make(
        cast.app.config["SETTINGS"].database_url, cast.app.config["SETTINGS"].instance, PORTAL_EXPORT_ROWS="2"
    )
    for _ in range(3):
        cast.asks("ana")
    sue = Cast(app).browser("sue")
    assert "There are more. At most 2 can be taken at once" in sue.get("/exports/new").text
    assert len(table(take(sue, "/exports/new", count=2))) == 2
    with app.app_context():
        assert db.session.scalars(select(Export.rows)).all() == [2]
        db.session.remove()
        db.engine.dispose()


def test_an_empty_list_is_not_exported(cast: Cast) -> None:
    ana = cast.browser("ana")
    assert "There is nothing to export" in ana.get("/exports/new").text
    ana.post("/exports/new", {"form": "csv"}, 422)
    with cast.acting():
        assert db.session.scalar(select(func.count()).select_from(Export)) == 0


# ── who took what ───────────────────────────────────────────────────────────────────────────────────────


def test_it_is_written_down_once_before_anything_is_taken(cast: Cast) -> None:
    cast.asks("ana")
    sue = cast.browser("sue")
    page = sue.get("/exports/new?state=unfinished")
    form = {**page.fields("/exports/new?state=unfinished"), "form": "xlsx"}
    answers = {sue.post("/exports/new?state=unfinished", form).location for _ in range(3)}
    assert len(answers) == 1
    with cast.acting():
        [kept] = db.session.scalars(select(Export)).all()
    assert (kept.membership_id, kept.what, kept.format, kept.rows) == (
        cast.membership("sue"),
        "cases",
        "xlsx",
        1,
    )
    assert kept.filters == {"state": "unfinished"}


def test_a_file_is_for_whoever_asked_and_for_an_hour(cast: Cast) -> None:
    cast.asks("ana")
    sue = cast.browser("sue")
    take(sue, "/exports/new")
    for name in ("ada", "fin", "ana"):
        cast.browser(name).get("/exports/1/file", 404)
    cast.browser().get("/exports/1/file", 303)
    with cast.acting():
        db.session.execute(update(Export).values(at=clock.now() - timedelta(minutes=61)))
    sue.get("/exports/1/file", 404)


def test_what_somebody_may_no_longer_see_is_no_longer_in_the_file(cast: Cast) -> None:
    number = cast.asks("ana")
    cast.asks("carla")
    fin = cast.browser("fin")
    page = fin.get("/exports/new")
    location = fin.post("/exports/new", {**page.fields("/exports/new"), "form": "csv"}).location
    sue = cast.viewer("sue")
    with cast.acting():
        secrecy.seal(sue, cast.case_id(number), True, "It is private.")
    assert number not in numbers(fin.client.get(location).data)


def test_leads_see_what_their_people_took_and_administrators_see_all(cast: Cast) -> None:
    cast.asks("ana")
    for name in ("sue", "fin", "ana"):
        take(cast.browser(name), "/exports/new")
    everybody = cast.browser("ada").get("/settings/exports/").text
    assert all(name in everybody for name in ("Sue Keller", "Fin Okafor", "Ana Ferreira"))
    fins = cast.browser("fin").get("/exports/").text
    assert "Fin Okafor" in fins
    assert "Sue Keller" not in fins
    assert "Ana Ferreira" not in fins
    cast.browser("fin").get("/settings/exports/", 404)
    with cast.acting():
        department = cast.department("service").id
        from portal.identity.models import DepartmentMember  # noqa: PLC0415 - here only

        db.session.add(DepartmentMember(department_id=department, membership_id=cast.membership("fin")))
    assert "Fin Okafor" in cast.browser("sue").get("/exports/").text, "sue leads service, where he works now"


# ── the shell, and back again ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def shell(closed_afterwards: None, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs `portal` on the test's database: its status."""
    url = cast.app.config["SETTINGS"].database_url
    for name, value in settings(url, tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: main(list(arguments))


def fill(cast: Cast) -> None:
    with cast.acting():
        place = db.session.scalars(select(Organization).where(Organization.name == "Alpina")).one()
        place.phone, place.street, place.vat, place.spend = "+385 1 2345", '=Main; 5, "x"', "HR 123", "A"
        place.country, place.domain = "HR", "alpina.example"
        person = db.session.scalars(select(Person).where(Person.name == "Carla Steiner")).one()
        person.phone, person.language = "+43 1 99", "hr"
        db.session.add(Product(code="-W9", name="@Grinder, “large”", list_price=1250.5, currency="EUR"))
        db.session.add(ExternalId(what="organizations", external_id="C-7", row_id=place.id))
        db.session.execute(
            update(Membership).where(Membership.person_id == person.id).values(title="Head, buying")
        )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["organizations", "people", "products"])
def test_what_was_exported_and_comes_back_changes_nothing(
    cast: Cast, shell: Any, capsys: pytest.CaptureFixture[str], what: str, form: str
) -> None:
    fill(cast)
    assert shell("export", what, "--to", f"out.{form}", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["rows"] == {"organizations": 6, "people": 10, "products": 1}[what]
    assert shell("import", what, f"out.{form}", "--json") == 0
    back = json.loads(capsys.readouterr().out)
    assert (back["same"], back["made"], back["changed"], back["wrong"]) == (said["rows"], 0, 0, 0)
    assert back["ignored"] == []
    assert importing


def test_the_shell_takes_everything_and_it_is_written_down(cast: Cast, shell: Any, tmp_path: Path) -> None:
    sealed = cast.asks("ana")
    sue = cast.viewer("sue")
    with cast.acting():
        secrecy.seal(sue, cast.case_id(sealed), True, "It is private.")
    cast.asks("carla")
    assert shell("export", "cases", "--to", "cases.jsonl") == 0
    assert len((tmp_path / "cases.jsonl").read_bytes().splitlines()) == 2
    assert shell("export", "cases", "--to", "one.csv", "--limit", "1") == 0
    assert len(table((tmp_path / "one.csv").read_bytes())) == 1
    with cast.acting():
        kept = db.session.execute(
            select(Export.membership_id, Export.rows, Export.filters).order_by(Export.id)
        )
        assert [tuple(row) for row in kept] == [(None, 2, {}), (None, 1, {"limit": 1})]
    assert (tmp_path / "one.csv").stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob(".one*"))


@pytest.mark.parametrize(
    "arguments", [("--to", "cases.pdf"), ("--to", "no/where.csv"), ("--to", "a.csv", "--limit", "0")]
)
def test_the_shell_says_what_is_wrong(
    shell: Any, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert shell("export", "cases", *arguments) == 1
    assert capsys.readouterr().err.startswith("portal: ")


def test_rows_come_in_batches_and_each_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.cases.exporting.BATCH", 3)
    there = {cast.asks("ana") for _ in range(7)}
    with cast.acting():
        for viewer in (None, cast.viewer("sue"), cast.viewer("ana")):
            for most, sizes in ((None, [3, 3, 1]), (5, [3, 2]), (3, [3])):
                batches = list(load("cases", viewer).rows(most))
                assert [len(batch) for batch in batches] == sizes
                found = [row[0] for batch in batches for row in batch]
                assert len(set(found)) == len(found)
                assert most is not None or set(found) == there
    assert Wanted().state is None


@pytest.mark.slow
@pytest.mark.own_database
def test_a_long_export_needs_little_memory(tmp_path: Path) -> None:
    """Many cases take little more than a few do."""
    surroundings = settings(f"sqlite:///{tmp_path / 'portal.db'}", tmp_path)
    app = make(surroundings["PORTAL_DATABASE_URL"], tmp_path)
    with app.app_context():
        db.create_all()
    seed(app, Amount(10, 30, 10_000))

    def peak(form: str, limit: str) -> int:
        """Kilobytes at most; what the system says of a process's children counts us as well."""
        program = "import sys; from pathlib import Path; from portal.cli import main; main(sys.argv[1:]);"
        program += "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
        arguments = ["export", "cases", "--to", f"out.{form}", "--limit", limit, "--json"]
        run = [sys.executable, "-c", program, *arguments]
        done = subprocess.run(run, env=surroundings, cwd=tmp_path, capture_output=True, text=True, check=True)
        said, kilobytes = done.stdout.splitlines()
        assert json.loads(said)["rows"] == int(limit)
        return int(kilobytes)

    for form in ("csv", "xlsx", "jsonl"):
        few, many = peak(form, "100"), peak(form, "10000")
        assert many - few < 20_000, form
        assert many < 150_000, form


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("Hello;=cmd|' /C calc'!A0", "Hello;'=cmd|' /C calc'!A0"),
        ("a, -5 pieces", "a, '-5 pieces"),
        ("tab\t@SUM(A1)", "tab\t'@SUM(A1)"),
        ("one - two = three", "one - two = three"),
        ("e-mail: ana@northwind.example", "e-mail: ana@northwind.example"),
    ],
)
def test_no_cell_becomes_a_formula_wherever_it_is_opened(typed: str, kept: str) -> None:
    """Which sign ends a cell depends on the machine that opens the file."""
    assert exports._guarded(typed) == kept
