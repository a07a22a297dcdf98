"""What a monitor meets: does it answer, is it ready, its figures; and the line each request leaves."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from portal import clock, pulse, worker
from portal.cases.models import Case
from portal.channels.models import Notice
from portal.config import SettingError, read
from portal.extensions import db
from tests.browser import statements
from tests.cast import Cast
from tests.conftest import make, settings

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}
TOKEN = "a token of some length"

Fresh = Callable[..., Flask]


@pytest.fixture
def fresh(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Fresh:
    """Another app on the same database, with other settings."""

    def made(**more: str) -> Flask:
        app = make(url, tmp_path, **more)

        def close() -> None:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()

        request.addfinalizer(close)
        return app

    return made


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was logged, line by line."""
    return [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]


# ── does it answer, is it ready ─────────────────────────────────────────────────────────────────────────


def test_a_process_that_answers_asks_no_database(app: Flask) -> None:
    with statements(app) as done:
        answer = app.test_client().get("/healthz", environ_base=ELSEWHERE)
    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    assert list(done) == []


def test_it_is_ready_with_its_tables_its_files_and_says_when_the_worker_is_away(
    app: Flask, tmp_path: Path
) -> None:
    client = app.test_client()
    first = client.get("/readyz", environ_base=ELSEWHERE)
    assert (first.status_code, first.json) == (
        200,
        {"ready": True, "database": "fine", "storage": "fine", "worker": "not seen"},
    )
    assert list((tmp_path / "files").rglob("*.*")) == [], "nothing is left of the try"
    assert worker.run(app, once=True, todo=[worker.Job("nothing", lambda: 0, timedelta(days=1))]) == 0
    assert client.get("/readyz").json["worker"] == "fine"
    with clock.at(clock.now() + timedelta(minutes=6)):
        late = client.get("/readyz")
    assert (late.status_code, late.json["worker"]) == (200, "not seen")


def test_it_is_not_ready_on_a_database_that_is_not_migrated(app: Flask, fresh: Fresh) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json["database"]) == (503, "not migrated")


def test_it_is_not_ready_without_database_or_storage(app: Flask, fresh: Fresh, tmp_path: Path) -> None:
    away = make("sqlite:////proc/none/portal.db", tmp_path).test_client().get("/readyz")
    assert (away.status_code, away.json["database"], away.json["ready"]) == (503, "no answer", False)
    assert "/proc" not in away.text
    full = fresh(PORTAL_STORAGE_URL="file:///proc/none").test_client().get("/readyz")
    assert (full.status_code, full.json["storage"]) == (503, "no answer")


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────────


def figures(answer: Any) -> dict[str, float]:
    assert answer.status_code == 200
    found = {}
    for line in answer.text.splitlines():
        if not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            found[name] = float(value)
    return found


def test_figures_count_requests_jobs_and_what_waits(cast: Cast) -> None:
    cast.asks("ana")
    cast.asks("carla", kind="invoice_question")
    with cast.acting():
        db.session.execute(update(Case).values(confidential=True))  # they count, too
        waiting = db.session.query(Notice).filter(Notice.mail_at.is_not(None)).count()
    fails = worker.Job("fails", lambda: 1 // 0, timedelta(days=1))
    worker.run(cast.app, once=True, todo=[worker.Job("works", lambda: 1, timedelta(days=1)), fails])
    ana = cast.browser("ana")
    ana.get("/")
    ana.get("/cases/0000-0000", 404)
    found = figures(ana.client.get("/metrics"))
    assert found['portal_requests_total{endpoint="home",status="200"}'] == 1
    assert found['portal_requests_total{endpoint="cases.case",status="404"}'] == 1
    assert found['portal_request_seconds_count{endpoint="home"}'] == 1
    assert found['portal_open_cases{department="service"}'] == 1
    assert found['portal_open_cases{department="finance"}'] == 1
    assert found['portal_open_cases{department="sales"}'] == 0
    assert found['portal_waiting{what="mails"}'] == waiting > 0
    assert found['portal_waiting{what="messages"}'] == found['portal_waiting{what="imports"}'] == 0
    assert found['portal_jobs_total{how="done",job="works"}'] == 1
    assert found['portal_jobs_total{how="failed",job="fails"}'] == 1
    assert found["portal_worker_age_seconds"] < 60


def test_counts_are_kept_for_a_minute(cast: Cast) -> None:
    client = cast.app.test_client()
    client.get("/metrics")
    cast.asks("ana")
    with statements(cast.app) as done:
        found = figures(client.get("/metrics"))
    assert list(done) == []
    assert found['portal_open_cases{department="service"}'] == 0


def test_figures_name_nobody(cast: Cast) -> None:
    number = cast.asks("ana", subject="Hinges")
    cast.browser("ana").get(f"/cases/{number}")
    said = cast.app.test_client().get("/metrics").text
    assert not re.search(rf"{number}|Hinges|Ana|northwind", said, re.IGNORECASE)


FORWARDED = {"X-Forwarded-For": "203.0.113.9"}


@pytest.mark.parametrize(
    ("proxies", "peer", "headers", "status"),
    [
        ("0", "127.0.0.1", {}, 200),
        ("0", "::1", {}, 200),
        ("0", "203.0.113.9", {}, 404),
        ("0", "203.0.113.9", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("0", "127.0.0.1", FORWARDED, 404),  # a proxy on this machine that we were not told of
        ("0", "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("1", "127.0.0.1", FORWARDED, 404),
        ("1", "127.0.0.1", {"X-Forwarded-For": "127.0.0.1, 203.0.113.9"}, 404),
        ("1", "10.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 200),
        ("1", "127.0.0.1", {}, 200),
        ("2", "127.0.0.1", FORWARDED, 404),  # one hop fewer than there should be
        ("0", "203.0.113.9", {"Authorization": f"Bearer {TOKEN}"}, 200),
        ("0", "203.0.113.9", {"Authorization": f"Bearer {TOKEN}x"}, 404),
        ("0", "203.0.113.9", {"Authorization": TOKEN}, 404),
        ("0", "203.0.113.9", {"Authorization": "Bearer "}, 404),
        ("0", "203.0.113.9", {"Authorization": "Bearer \xe4"}, 404),
    ],
)
def test_figures_are_for_this_machine_or_the_token(
    fresh: Fresh, proxies: str, peer: str, headers: dict[str, str], status: int
) -> None:
    app = fresh(PORTAL_METRICS_TOKEN=TOKEN, PORTAL_TRUSTED_PROXIES=proxies)
    answer = app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": peer}, headers=headers)
    assert answer.status_code == status
    assert ("portal_info" in answer.text) == (status == 200)


def test_without_a_token_none_is_right(fresh: Fresh) -> None:
    for given in ("Bearer ", "Bearer", "Bearer None"):
        headers = {"Authorization": given}
        assert (
            fresh().test_client().get("/metrics", environ_base=ELSEWHERE, headers=headers).status_code == 404
        )


def test_a_short_token_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="PORTAL_METRICS_TOKEN is at least 16"):
        read(settings("", tmp_path, PORTAL_METRICS_TOKEN="short"))


# ── the line of a request ───────────────────────────────────────────────────────────────────────────────


def test_a_request_leaves_one_line_with_who_where_how_and_what_it_cost(
    cast: Cast, capfd: pytest.CaptureFixture[str]
) -> None:
    app = make(cast.app.config["SETTINGS"].database_url, cast.app.config["SETTINGS"].instance)
    number, ana = cast.asks("ana", subject="Hinges"), Cast(app).browser("ana")
    capfd.readouterr()
    page = ana.get(f"/cases/{number}?all=Secret")
    [line] = lines(capfd)
    wanted = {"event": "request", "method": "GET", "path": f"/cases/{number}", "endpoint": "cases.case"}
    assert {name: line[name] for name in wanted} == wanted
    assert (line["status"], line["membership"]) == (200, cast.membership("ana"))
    assert 3 < line["statements"] <= 10
    assert line["ms"] > 0
    assert line["reference"] == page.response.headers["X-Request-Reference"]
    assert not re.search("Hinges|Ana|northwind|Secret", json.dumps(line))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_page_that_breaks_shows_the_reference_that_is_in_the_log(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: Any, **__: Any) -> Any:
        raise OperationalError("SELECT", {}, Exception("it went away"))

    app = fresh(PORTAL_ENV="production")
    monkeypatch.setitem(app.view_functions, "selfservice.requests", breaks)
    page = Cast(app).browser("ana").client.get("/requests/")
    assert page.status_code == 500
    reference = page.headers["X-Request-Reference"]
    assert reference in page.text
    told = [line for line in lines(capfd) if line.get("reference") == reference]
    assert {line["event"] for line in told} == {"unexpected", "refused", "request"}
    assert next(line for line in told if line["event"] == "unexpected")["exception"].startswith("Traceback")
    assert next(line for line in told if line["event"] == "request")["status"] == 500


@pytest.mark.parametrize(
    ("proxies", "given", "kept"),
    [
        ("1", "abc-123.DEF_4", True),
        ("0", "abc-123.DEF_4", False),
        ("1", "two words", False),
        ("1", "x" * 65, False),
        ("1", '"}{', False),
    ],
)
def test_a_proxys_own_reference_is_kept_when_it_is_plain(
    fresh: Fresh, proxies: str, given: str, kept: bool
) -> None:
    client = fresh(PORTAL_TRUSTED_PROXIES=proxies).test_client()
    shown = client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-Reference"]
    assert (shown == given) is kept
    assert re.fullmatch(r"[\w.-]+", shown)


def test_a_link_that_lets_somebody_in_is_not_logged(fresh: Fresh, capfd: pytest.CaptureFixture[str]) -> None:
    fresh().test_client().get("/links/the-secret-part")
    assert [line["path"] for line in lines(capfd)] == ["/links/…"]


def test_each_job_has_a_reference_of_its_own(fresh: Fresh, capfd: pytest.CaptureFixture[str]) -> None:
    def fails() -> int:
        raise RuntimeError("no luck")

    several = [worker.Job(name, work, timedelta(days=1)) for name, work in (("a", fails), ("b", lambda: 2))]
    app = fresh()
    capfd.readouterr()
    worker.run(app, once=True, todo=several)
    told = {line["job"]: line for line in lines(capfd) if "job" in line}
    assert (told["a"]["event"], told["b"]["event"], told["b"]["did"]) == ("job failed", "job done", 2)
    assert told["a"]["reference"] != told["b"]["reference"]
    beat = pulse.last(app.config["SETTINGS"].instance)
    assert beat is not None
    assert beat.failing() == ["a"]
