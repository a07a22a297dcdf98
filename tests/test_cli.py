"""The `portal` command, as somebody at a shell or a script meets it; and the worker."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import cli, worker
from portal.app import assemble
from portal.extensions import db
from portal.identity import links, news, passwords
from portal.identity.models import Department, DepartmentMember, Membership, Organization, Person
from portal.identity.people import find
from portal.identity.viewer import is_in_force
from portal.routing.models import Rule
from tests.conftest import make, settings

pytestmark = pytest.mark.own_database

PASSWORD = "a long horse 12"
EVERY = [
    "serve",
    "worker",
    "demo",
    "migrate",
    "init",
    "doctor",
    "person create",
    "person deactivate",
    "route explain",
    "export",
    "seed",
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder with the settings of an installation that was never started."""
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)
    for name, value in settings(f"sqlite:///{tmp_path / 'portal.db'}", tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(news, "_listeners", list(news._listeners))
    made: list[Flask] = []
    monkeypatch.setattr("portal.app.assemble", lambda chosen: made.append(assemble(chosen)) or made[-1])
    yield tmp_path
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


class Ran:
    """What one run of the command did."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def portal(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Runs the command: portal("person", "create", …, stdin="…")."""

    def run(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        try:
            status = cli.main(list(arguments))
        except SystemExit as ended:
            status = int(ended.code or 0)
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return run


@pytest.fixture
def started(portal: Callable[..., Ran]) -> Callable[..., Ran]:
    """The same, on an installation with Ada as its administrator."""
    name = ("--email", "ada@meridian.example", "--name", "Ada Lind", "--organization", "Meridian Tools")
    assert portal("init", *name, stdin=PASSWORD + "\n").status == 0
    return portal


def inside(here: Path) -> Any:
    """An app context to look at what a command left."""
    return make(f"sqlite:///{here / 'portal.db'}", here).app_context()


def refused(ran: Ran, *parts: str, status: int = 1) -> None:
    """It failed with one clear line."""
    assert ran.status == status
    assert ran.err.startswith("portal: ")
    assert ran.err.count("\n") == 1
    assert ran.out == ""
    for part in parts:
        assert part in ran.err


# ── the command itself ──────────────────────────────────────────────────────────────────────────────────


def test_help_imports_nothing_slow() -> None:
    program = "import sys, portal.cli\ntry: portal.cli.main(['--help'])\nexcept SystemExit: pass\n"
    program += "print('SLOW', {'flask', 'sqlalchemy', 'gunicorn', 'alembic'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "SLOW set()" in ran.stdout
    for name in ("serve", "worker", "migrate", "init", "demo", "doctor", "person", "route"):
        assert f"    {name}" in ran.stdout


@pytest.mark.parametrize("name", EVERY)
def test_every_command_explains_itself(portal: Callable[..., Ran], name: str) -> None:
    ran = portal(*name.split(), "--help")
    assert ran.status == 0
    assert f"usage: portal {name}" in ran.out
    assert len(ran.out.splitlines()) > 4


def test_wrong_use_is_one_line(portal: Callable[..., Ran]) -> None:
    refused(portal(), "which command", status=2)
    refused(portal("bake"), "invalid choice: 'bake'", status=2)
    refused(portal("init", "--email", "x"), "--name", "portal init --help", status=2)


def test_an_unknown_setting_stops_every_command(
    portal: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_COLOUR", "blue")
    for command in ("migrate", "worker", "serve"):
        refused(portal(command), "PORTAL_COLOUR", status=2)


# ── beginning ───────────────────────────────────────────────────────────────────────────────────────────


def test_migrate_makes_departments_and_a_rule_for_each_kind(portal: Callable[..., Ran], here: Path) -> None:
    assert portal("migrate").status == 0
    assert portal("migrate").status == 0
    with inside(here):
        codes = db.session.scalars(select(Department.code).order_by(Department.position)).all()
        assert codes == ["front-desk", "sales", "finance", "service", "marketing"]
        kinds = db.session.scalars(select(Rule.kind)).all()
        assert len(kinds) == len(set(kinds)) == 6


def test_an_unmigrated_database_says_what_to_do(portal: Callable[..., Ran]) -> None:
    refused(portal("person", "deactivate", "--email", "a@b.example"), "run `portal migrate`")


def test_init_makes_the_first_administrator(started: Callable[..., Ran], here: Path) -> None:
    with inside(here):
        ada = find("ada@meridian.example")
        assert ada is not None
        assert ada.administrator
        assert passwords.matches(ada.password_hash, PASSWORD)
        membership = db.session.scalars(select(Membership).where(Membership.person_id == ada.id)).one()
        company = db.session.get_one(Organization, membership.organization_id)
        assert company.ours
        assert company.name == "Meridian Tools"
        assert db.session.scalar(select(func.count()).select_from(Department)) == 5


def test_init_refuses_a_second_administrator(started: Callable[..., Ran], here: Path) -> None:
    name = ("--email", "eve@meridian.example", "--name", "Eve", "--organization", "Elsewhere")
    refused(started("init", *name, stdin="another long one\n"), "ada@meridian.example", "already")
    with inside(here):
        assert find("eve@meridian.example") is None
        assert db.session.scalar(select(func.count()).select_from(Organization)) == 1


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("ada@meridian.example", "short", "too weak (short)"),
        ("ada@meridian.example", "", "too weak (short)"),
        ("ada@meridian.example", "Ada@Meridian.example", "too weak (yours)"),
        ("ada at meridian", PASSWORD, "no e-mail address"),
    ],
)
def test_init_refuses_what_would_not_work(
    portal: Callable[..., Ran], here: Path, email: str, password: str, said: str
) -> None:
    ran = portal("init", "--email", email, "--name", "Ada", "--organization", "M", stdin=password + "\n")
    refused(ran, said)
    with inside(here):
        assert db.session.scalar(select(func.count()).select_from(Person)) == 0


# ── people ──────────────────────────────────────────────────────────────────────────────────────────────


def create(portal: Callable[..., Ran], *more: str, organization: str = "Meridian Tools") -> Ran:
    who = ("--email", "Sue@Meridian.example", "--name", "Sue Keller", "--organization", organization)
    return portal("person", "create", *who, *more)


def test_a_created_person_gets_a_link_that_works(started: Callable[..., Ran], here: Path) -> None:
    ran = create(started, "--department", "service", "--json")
    assert ran.status == 0
    assert ran.json["person"] == "sue@meridian.example"
    address, _, token = ran.json["link"].rpartition("/")
    assert address == "http://localhost/links"
    with inside(here):
        link, person = links.open_link(token)
        assert (link.purpose, person.name, person.administrator) == ("invitation", "Sue Keller", False)
        member = db.session.scalars(select(DepartmentMember)).one()
        assert db.session.get_one(Membership, member.membership_id).person_id == person.id
        assert db.session.get_one(Department, member.department_id).code == "service"


def test_a_person_can_be_made_administrator_and_manager(started: Callable[..., Ran], here: Path) -> None:
    ran = create(started, "--administrator", "--manager", organization="meridian tools")
    assert "http://localhost/links/" in ran.out
    with inside(here):
        sue = find("sue@meridian.example")
        assert sue is not None
        assert sue.administrator
        assert db.session.scalars(select(Membership.manager).where(Membership.person_id == sue.id)).one()


def test_a_person_is_not_created_where_it_makes_no_sense(started: Callable[..., Ran], here: Path) -> None:
    with inside(here):
        db.session.add(Organization(name="Northwind", customer=True))
        db.session.commit()
    refused(create(started, organization="Nowhere"), "no organization called Nowhere")
    refused(create(started, "--department", "kitchen"), "no department kitchen", "service")
    refused(create(started, "--administrator", organization="Northwind"), "not our own company")
    refused(create(started, "--department", "service", organization="Northwind"), "not our own company")
    with inside(here):
        assert find("sue@meridian.example") is None
    assert create(started).status == 0
    refused(create(started), "already")
    assert "sue@meridian.example" in create(started, "--json", organization="Northwind").out


def test_deactivating_closes_the_access(started: Callable[..., Ran], here: Path) -> None:
    token = create(started, "--json").json["link"].rpartition("/")[2]
    assert started("person", "deactivate", "--email", "sue@meridian.example").status == 0
    with inside(here):
        sue = find("sue@meridian.example")
        assert sue is not None
        assert not is_in_force(sue)
        with pytest.raises(links.LinkUnknown):
            links.open_link(token)
    refused(started("person", "deactivate", "--email", "sue@meridian.example"), "closed already")
    refused(create(started, organization="Meridian Tools"), "was closed")


def test_the_only_administrator_stays(started: Callable[..., Ran], here: Path) -> None:
    refused(started("person", "deactivate", "--email", "ada@meridian.example"), "only administrator")
    refused(started("person", "deactivate", "--email", "who@meridian.example"), "nobody")
    token = create(started, "--administrator", "--json").json["link"].rpartition("/")[2]
    refused(started("person", "deactivate", "--email", "ada@meridian.example"), "who can sign in")
    with inside(here):
        links.redeem(token, passwords.hashed(PASSWORD))
        db.session.commit()
    assert started("person", "deactivate", "--email", "ada@meridian.example").status == 0


# ── routing ─────────────────────────────────────────────────────────────────────────────────────────────


def test_route_explain_tells_rule_by_rule(started: Callable[..., Ran], here: Path) -> None:
    asked = here / "asked.json"
    asked.write_text(json.dumps({"kind": "invoice_question", "subject": "Charged twice", "body": "€ 20"}))
    found = started("route", "explain", str(asked), "--json").json
    assert found["department"] == "finance"
    assert found["matched"] == {"kind": "invoice_question"}
    assert [rule["failed"] for rule in found["passed"]] == ["kind"] * 4
    assert "Invoice question" in found["why"]
    lines = started("route", "explain", str(asked)).out.splitlines()
    assert lines[0] == "Finance"
    assert sum("passed over" in line for line in lines) == 4


def test_route_explain_knows_words_amounts_and_relations(started: Callable[..., Ran], here: Path) -> None:
    with inside(here):
        ids = {d.code: d.id for d in db.session.scalars(select(Department))}
        db.session.add_all(
            [
                Rule(position=1, name="Print", words=["brochure"], department_id=ids["marketing"]),
                Rule(position=2, name="Large", words=[], amount_from=1500, department_id=ids["finance"]),
                Rule(position=3, name="Supply", words=[], relation="supplier", department_id=ids["sales"]),
                Organization(name="Ferrum", supplier=True),
            ]
        )
        db.session.commit()

    def goes(**asked: Any) -> str:
        return str(started("route", "explain", "-", "--json", stdin=json.dumps(asked)).json["department"])

    assert goes(kind="complaint", text="A brochure, please.") == "marketing"
    assert goes(kind="complaint", text="Bro chure", amount="1500") == "finance"
    assert goes(kind="complaint", amount=1499.99) == "service"
    assert goes(kind="complaint", organization="ferrum") == "sales"
    assert goes(kind="complaint", relations=["customer", "supplier"]) == "sales"
    assert goes(kind="complaint", relation="customer", organization="ferrum") == "service"
    assert goes(text="Hello") == "front-desk"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "holds no JSON"),
        ("[1]", "no JSON object"),
        ('{"kid": "x"}', "the key kid"),
        ('{"kind": "x"}', "no kind x"),
        ('{"product": "MD-99"}', "no product MD-99"),
        ('{"organization": "Nowhere"}', "no organization called Nowhere"),
        ('{"amount": "much"}', "no number"),
        ('{"amount": "NaN"}', "no number"),
    ],
)
def test_route_explain_says_what_is_wrong(started: Callable[..., Ran], content: str, said: str) -> None:
    refused(started("route", "explain", "-", stdin=content), said)


def test_route_explain_needs_its_file(started: Callable[..., Ran]) -> None:
    refused(started("route", "explain", "nothing.json"), "nothing.json")


# ── doctor ──────────────────────────────────────────────────────────────────────────────────────────────


def states(ran: Ran) -> dict[str, str]:
    return {finding["what"]: finding["state"] for finding in ran.json}


def test_doctor_finds_an_unmigrated_database(portal: Callable[..., Ran], monkeypatch: Any) -> None:
    monkeypatch.setenv("PORTAL_SECRET_KEY", "x" * 40)
    ran = portal("doctor", "--json")
    assert ran.status == 1
    assert states(ran)["migrations"] == "broken"
    assert next(f for f in ran.json if f["what"] == "migrations")["mend"] == "run `portal migrate`"
    assert "administrators" not in states(ran)


def test_doctor_is_content_with_a_good_installation(
    started: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PORTAL_SECRET_KEY")
    assert started("worker", "--once").status == 0
    ran = started("doctor", "--json")
    assert ran.status == 0
    assert set(states(ran).values()) == {"fine"}
    assert {"settings", "address", "secret key", "database", "migrations", "administrators"} <= set(
        states(ran)
    )
    assert started("doctor").out.startswith("fine ")


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("PORTAL_DATABASE_URL", "sqlite:////proc/none/portal.db", "database"),
        ("PORTAL_STORAGE_URL", "file:///proc/none", "storage"),
        ("PORTAL_SECRET_KEY", "short", "secret key"),
        ("PORTAL_PORT", "1", "settings"),
    ],
)
def test_doctor_finds_what_is_broken(
    started: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, name: str, value: str, what: str
) -> None:
    monkeypatch.setenv("PORTAL_SECRET_KEY", "x" * 40)
    monkeypatch.setenv(name, value)
    ran = started("doctor", "--json")
    assert ran.status == 1
    assert [key for key, state in states(ran).items() if state == "broken"] == [what]
    assert next(finding for finding in ran.json if finding["what"] == what)["mend"]


def test_doctor_finds_a_secret_others_can_read(
    started: Callable[..., Ran], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PORTAL_SECRET_KEY")
    assert started("doctor").status == 0
    (here / "secret-key").chmod(0o640)
    ran = started("doctor")
    assert ran.status == 1
    assert f"chmod 600 {here / 'secret-key'}" in ran.out


def test_doctor_minds_the_address_of_a_real_installation(
    started: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_SECRET_KEY", "x" * 40)
    monkeypatch.setenv("PORTAL_ENV", "production")
    assert states(started("doctor", "--json"))["address"] == "odd"
    monkeypatch.setenv("PORTAL_BASE_URL", "http://portal.meridian.example")
    assert states(started("doctor", "--json"))["address"] == "odd"
    monkeypatch.setenv("PORTAL_BASE_URL", "https://portal.meridian.example")
    assert states(started("doctor", "--json"))["address"] == "fine"


# ── running ─────────────────────────────────────────────────────────────────────────────────────────────


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken(portal: Callable[..., Ran], monkeypatch: Any, command: str) -> None:
    monkeypatch.setenv("PORTAL_ENV", "demo")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        refused(portal(command, "--port", port), f"port {port} is taken", "--port")


def start(here: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "portal.cli", *arguments], cwd=here, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_serve_answers_and_stops_when_told(started: Callable[..., Ran], here: Path) -> None:
    port = free_port()
    process = start(here, "serve", "--port", str(port))
    try:
        status = None
        for _ in range(150):
            assert process.poll() is None, process.communicate()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in") as answer:
                    status = answer.status
                break
            except OSError:
                time.sleep(0.2)
        assert status == 200
    finally:
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=40)
    assert process.returncode == 0
    assert "GET /sign-in" not in err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_stops_when_told(started: Callable[..., Ran], here: Path, number: int) -> None:
    process = start(here, "worker")
    assert process.stderr is not None
    assert "worker begins" in process.stderr.readline()
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "worker ends" in err
    assert "Traceback" not in err


def test_the_worker_ends_with_its_parent(app: Flask) -> None:
    rounds: list[int] = []
    job = worker.Job("count", lambda: rounds.append(1) or 0, timedelta(0))
    worker.run(app, parent=os.getppid() + 1_000_000, todo=[job])
    assert rounds == [1]


def test_worker_once_does_every_job(started: Callable[..., Ran]) -> None:
    ran = started("worker", "--once")
    assert ran.status == 0


def test_a_job_that_fails_stops_no_other(app: Flask) -> None:
    def fails() -> int:
        db.session.add(Organization(name="Half done"))
        db.session.flush()
        raise RuntimeError("no luck")

    def works() -> int:
        db.session.add(Organization(name="Done"))
        db.session.flush()
        return 1

    todo = [worker.Job("a", fails, timedelta(hours=1)), worker.Job("b", works, timedelta(hours=1))]
    assert worker.run(app, once=True, todo=todo) == 1
    assert [job.failures for job in todo] == [1, 0]
    with app.app_context():
        names = db.session.scalars(select(Organization.name).where(Organization.name.like("%one"))).all()
        assert names == ["Done"]


def test_failures_wait_longer_and_success_forgets_them() -> None:
    job = worker.Job("letters", lambda: 0, timedelta(seconds=5))
    waits = []
    for job.failures in range(6):
        waits.append(job.pause().total_seconds())
    assert waits == [5, 15, 30, 60, 120, 240]
    job.failures = 50
    assert job.pause() == worker.LAST_RETRY


def test_a_full_batch_is_followed_by_another_at_once(app: Flask) -> None:
    left = [100, 100, 3]
    job = worker.Job("sweep", lambda: left.pop(0), timedelta(days=1), batch=100)
    worker.tick(app, job)
    assert left == []
    assert job.due > time.monotonic() + 80_000


def test_the_jobs_of_the_worker() -> None:
    paces = {job.name: job.every for job in worker.jobs()}
    assert paces["letters"] <= timedelta(seconds=30)
    assert paces["close answered cases"] == timedelta(hours=1)
    assert paces["sweep files"] == paces["sweep sign-in tries"] == timedelta(days=1)
