"""`portal import`, as somebody at a shell or a script meets it."""

import io
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import cli
from portal.app import assemble
from portal.exchange.models import ExternalId, Import
from portal.extensions import Model, db
from portal.identity import news
from portal.identity.models import Organization, Person
from tests.conftest import settings

pytestmark = pytest.mark.own_database

Run = Callable[..., tuple[int, str, str]]
PEOPLE = "id,name,company\n1,Ana,Čavao\n"
COMPANIES = "id,name,country\n1,Čavao,Croatia\n2,Luz,PT\n"


@pytest.fixture
def apps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Flask]]:
    """An installation of its own; the apps that were made for it, one for each run of the command."""
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)
    for name, value in settings(f"sqlite:///{tmp_path / 'portal.db'}", tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(news, "_listeners", list(news._listeners))
    made: list[Flask] = []
    monkeypatch.setattr("portal.app.assemble", lambda chosen: made.append(assemble(chosen)) or made[-1])
    monkeypatch.setattr("sys.stdin", io.StringIO("a long horse 12\n"))
    first = ["init", "--email", "ada@meridian.example", "--name", "Ada", "--organization", "Meridian"]
    assert cli.main(first) == 0
    yield made
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def run(apps: list[Flask], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """run("organizations", "id,name…", *options) → (status, out, err)."""
    capsys.readouterr()

    def importing(what: str, content: str | bytes, *options: str) -> tuple[int, str, str]:
        path = tmp_path / "rows.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        status = cli.main(["import", what, str(path), *options])
        said = capsys.readouterr()
        errors = "\n".join(line for line in said.err.splitlines() if not line.startswith("{"))
        return status, said.out, errors

    return importing


def count(apps: list[Flask], model: type[Model]) -> int:
    with apps[-1].app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_file_is_imported_and_a_second_time_changes_nothing(run: Run, apps: list[Flask]) -> None:
    assert run("organizations", COMPANIES)[:2] == (0, "Imported 2 rows: 2 new, 0 changed, 0 the same.\n")
    assert (count(apps, Organization), count(apps, Import)) == (3, 1)
    assert run("organizations", COMPANIES)[:2] == (0, "Nothing to change: all 2 rows are here already.\n")
    assert (count(apps, Organization), count(apps, Import)) == (3, 1)
    assert run("people", PEOPLE)[0] == 0
    status, out, _err = run("cases", "text,department\nHello,Sales\n")
    assert (status, out.splitlines()[0]) == (0, "Imported 1 rows: 1 new, 0 changed, 0 the same.")
    assert out.splitlines()[1:] == ["Went to service 1.", "0 of 1 went where the file expects them."]


def test_wrong_rows_are_named_on_standard_error_and_nothing_is_imported(run: Run, apps: list[Flask]) -> None:
    status, out, err = run("organizations", 'id,name,country\n1,"Two\nlines",PT\n2,Luz,Atlantis\n')
    assert status == 1
    assert out == "Nothing is imported: 1 problems in 2 rows.\n"
    assert "Line 4, country: “Atlantis”. A country's name, or its code of two letters" in err
    assert (count(apps, Organization), count(apps, ExternalId), count(apps, Import)) == (1, 0, 0)


def test_a_dry_run_only_looks(run: Run, apps: list[Flask]) -> None:
    status, out, _err = run("organizations", COMPANIES, "--dry-run")
    assert (status, out) == (0, "2 rows are right: 2 new, 0 changed, 0 the same. Nothing is imported yet.\n")
    assert (count(apps, Organization), count(apps, Import)) == (1, 0)


def test_a_script_reads_json(run: Run) -> None:
    status, out, _err = run("organizations", COMPANIES.encode("cp1250"), "--json")
    found: dict[str, Any] = json.loads(out)
    assert status == 0
    assert (found["rows"], found["made"], found["wrong"], found["encoding"]) == (2, 2, 0, "Windows-1250")
    assert found["columns"] == {"external_id": "id", "name": "name", "country": "country"}
    status, out, _err = run("organizations", "id,name,country\n1,X,Atlantis\n", "--json")
    found = json.loads(out)
    assert (status, found["made"], found["wrong"]) == (1, 0, 1)
    problem = found["problems"][0]
    assert (problem["line"], problem["column"], problem["code"]) == (2, "country", "country")


def test_columns_can_be_named(run: Run, apps: list[Flask]) -> None:
    status, _out, err = run("organizations", "a,b\n1,Luz\n")
    assert status == 1
    assert err.startswith("portal: rows.csv: None of the columns has a name we know")
    assert err.endswith("It says: a, b.")
    assert run("organizations", "a,b\n1,Luz\n", "--map", "name=b", "--map", "external_id=A")[0] == 0
    assert count(apps, ExternalId) == 1
    for wrong, says in {
        "name": "is not ours=theirs",
        "x=b": "“x” is nothing",
        "name=z": "no column “z”",
    }.items():
        status, _out, err = run("organizations", "a,b\n1,Luz\n", "--map", wrong)
        assert status == 1
        assert says in err


def test_one_organization_can_own_all_cases(run: Run, apps: list[Flask]) -> None:
    run("organizations", COMPANIES)
    assert "Nobody acts for Luz" in run("cases", "text\nHello\n", "--organization", "Luz")[2]
    run("people", PEOPLE)
    assert run("cases", "text\nHello\n", "--organization", "Čavao")[0] == 0
    assert "There is no organization called “Mar”." in run("cases", "text\nA\n", "--organization", "Mar")[2]
    assert "our own company" in run("cases", "text\nA\n", "--organization", "Meridian")[2]
    assert "for cases only" in run("people", PEOPLE, "--organization", "Luz")[2]


def test_what_is_no_file_is_said_in_one_line(
    run: Run, apps: list[Flask], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", "people", str(tmp_path / "nothing.csv")]) == 1
    assert "there is no file" in capsys.readouterr().err
    status, _out, err = run("people", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 90)
    assert (status, err) == (
        1,
        "portal: rows.csv: This is an old Excel file (.xls). Save it as .xlsx or .csv.",
    )
    assert count(apps, Person) == 1
