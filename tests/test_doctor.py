"""`portal doctor` on what is around the database and in it: a copy broken by hand is named."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from portal import clock, pulse
from portal.cases import conversation, tasks
from portal.cases.models import Case, Grant, Holding, Lane, Message, Participant, Party
from portal.cases.recount import LISTED, recount
from portal.channels.checking import outliving
from portal.channels.models import Notice
from portal.cli import main
from portal.commands import surroundings
from portal.config import read
from portal.extensions import db
from portal.identity.models import Organization
from tests.cast import Cast
from tests.conftest import settings
from tests.laws.world import asked
from tests.mail_server import MailServer

Doctor = Callable[..., dict[str, dict[str, Any]]]


@pytest.fixture
def doctor(
    closed_afterwards: None,
    cast: Cast,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Doctor:
    """What it finds on the test's database, by what it is about; with other settings if told."""
    monkeypatch.chdir(tmp_path)
    url = cast.app.config["SETTINGS"].database_url

    def examined(**more: str) -> dict[str, dict[str, Any]]:
        for name, value in settings(url, tmp_path, PORTAL_SECRET_KEY="x" * 40, **more).items():
            monkeypatch.setenv(name, value)
        (tmp_path / "portal.db").chmod(0o600) if (tmp_path / "portal.db").exists() else None
        capsys.readouterr()
        status = main(["doctor", "--json"])
        found = json.loads(capsys.readouterr().out)
        assert status == int(any(finding["state"] == "broken" for finding in found))
        assert all(finding["mend"] for finding in found if finding["state"] != "fine")
        return {finding["what"]: finding for finding in found}

    return examined


@pytest.fixture
def number(cast: Cast) -> str:
    """A case of Ana's in which a supplier was asked and answered, and finance owes a task."""
    number = cast.asks("ana")
    case_id, sue, sofia = cast.case_id(number), cast.viewer("sue"), cast.viewer("sofia")
    lane, finance = asked(cast, number, "Ferrum", ["sofia"]), cast.department("finance").id
    with cast.acting():
        conversation.reply(sofia, case_id, "Lot B.", lane_id=lane)
        conversation.reply(sue, case_id, "And the lot before?", lane_id=lane)
        tasks.open_task(sue, case_id, tasks.Wanted(finance, "Check it"))
    return number


def test_a_good_installation_is_fine(doctor: Doctor, number: str, cast: Cast, tmp_path: Path) -> None:
    pulse.beat(tmp_path, {})
    found = doctor()
    assert {what for what, finding in found.items() if finding["state"] != "fine"} == set()
    assert {"clock", "indexes", "permissions", "disk", "mail", "worker", "copies"} <= set(found)
    assert "1 case recounted" in found["copies"]["said"]


# ── copies ──────────────────────────────────────────────────────────────────────────────────────────────

SUPPLIER = (Party, Party.role == "supplier")
OWNER = (Party, Party.role == "owner")
REQUESTER = (Party, Party.role == "requester")
EVERY = Case.id > 0
BROKEN = {
    # what is broken by hand → (model, which rows, what they say then, what the doctor names)
    "the case's ball": (Case, EVERY, {"ball": "requester"}, ("case", "ball")),
    "the case's department": (Case, EVERY, {"ball_department_id": 1}, ("case", "ball_department_id")),
    "the case's date": (Case, EVERY, {"due_at": clock.NEVER - timedelta(days=1)}, ("case", "due_at")),
    "the case's activity": (
        Case,
        EVERY,
        {"activity_at": clock.now() - timedelta(hours=1)},
        ("case", "activity_at"),
    ),
    "a supplier's state": (*SUPPLIER, {"status": "closed"}, ("supplier", "status")),
    "a supplier's ball": (*SUPPLIER, {"ball": "us"}, ("supplier", "ball")),
    "a supplier's subject": (*SUPPLIER, {"subject": "Something else"}, ("supplier", "subject")),
    "a supplier's activity": (
        *SUPPLIER,
        {"activity_at": clock.now() - timedelta(hours=1)},
        ("supplier", "activity_at"),
    ),
    "whether it is listed": (*SUPPLIER, {"listed": False}, ("supplier", "listed")),
    "a requester's state": (*REQUESTER, {"status": "closed"}, ("requester", "status")),
    "a requester's date": (*REQUESTER, {"due_at": clock.NEVER - timedelta(days=1)}, ("requester", "due_at")),
    "an owner's ball": (*OWNER, {"ball": "requester"}, ("owner", "ball")),
    "an owner's subject": (*OWNER, {"subject": "Something else"}, ("owner", "subject")),
    "a participant's activity": (
        Participant,
        Participant.id > 0,
        {"activity_at": clock.now() - timedelta(days=9)},
        ("participant of requester", "activity_at"),
    ),
    "an interval of ours": (
        Holding,
        (Holding.party_id.is_(None)) & (Holding.lane_id.is_(None)),
        {"ended_at": clock.now()},
        ("case", "interval"),
    ),
    "an interval of theirs": (
        Holding,
        Holding.party_id.is_not(None),
        {"holder": "agent"},
        ("requester", "interval"),
    ),
    "how long a lane is waited for": (
        Holding,
        Holding.lane_id.is_not(None),
        {"began_at": clock.now() - timedelta(days=9)},
        ("lane with the supplier", "interval"),
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_copy_broken_by_hand_is_named(cast: Cast, number: str, what: str) -> None:
    model, which, values, named = BROKEN[what]
    with cast.acting():
        assert recount().found == []
        db.session.execute(update(model).where(which).values(**values))
    with cast.app.app_context():
        found = recount()
    assert found.wrong >= 1
    assert {wrong.number for wrong in found.found} == {number}
    assert named in {(wrong.whose, wrong.what) for wrong in found.found}


def test_the_doctor_tells_the_case_and_what_to_do(doctor: Doctor, cast: Cast, number: str) -> None:
    with cast.acting():
        db.session.execute(update(Party).where(SUPPLIER[1]).values(status="closed"))
    found = doctor()
    assert found["copies"]["state"] == "broken"
    assert "1 case recounted, 1 copies are wrong" in found["copies"]["said"]
    assert found["copies: supplier"]["cases"] == [number]
    assert "says “closed”, should say “open”" in found["copies: supplier"]["said"]


def test_a_note_brings_a_case_up_to_date_as_the_doctor_says(cast: Cast, number: str) -> None:
    case_id, sue = cast.case_id(number), cast.viewer("sue")
    with cast.acting():
        db.session.execute(update(Party).where(OWNER[1]).values(status="closed", subject="Another"))
    with cast.acting():
        assert recount().wrong == 2
        conversation.note(sue, case_id, "As the doctor says.")
    with cast.app.app_context():
        assert recount().found == []


def test_only_the_first_findings_are_listed_and_all_counted(cast: Cast) -> None:
    for _ in range(2):
        cast.asks("ana")
    with cast.acting():
        db.session.execute(update(Case).values(ball="requester"))
    with cast.app.app_context():
        found = recount()
        assert found.cases == 2
        assert 2 < found.wrong == len(found.found) < LISTED


def test_the_list_is_capped(cast: Cast, monkeypatch: pytest.MonkeyPatch, doctor: Doctor) -> None:
    monkeypatch.setattr("portal.cases.recount.LISTED", 2)
    monkeypatch.setattr("portal.cases.recount.BATCH", 2)
    for _ in range(5):
        cast.asks("ana")
    with cast.acting():
        db.session.execute(update(Case).values(priority=0, due_at=clock.NEVER - timedelta(days=1)))
    with cast.app.app_context():
        found = recount()
    assert (found.cases, len(found.found)) == (5, 2)
    assert found.wrong >= 5


def test_what_is_about_to_happen_is_not_wrong_yet(cast: Cast, number: str) -> None:
    sue = cast.viewer("sue")
    cast.app.config["SETTINGS"] = read(
        settings(
            cast.app.config["SETTINGS"].database_url,
            cast.app.config["SETTINGS"].instance,
            PORTAL_UNDO_SECONDS="15",
        )
    )
    with cast.acting():
        conversation.reply(sue, cast.case_id(number), "Not out yet.")
        assert db.session.scalars(select(Message.id).where(Message.follows.is_not(None))).all()
    with cast.app.app_context():
        assert recount().found == []
    with cast.acting():
        moment = clock.now() - timedelta(seconds=5)
        lanes = select(Lane.id).where(Lane.kind == "supplier")
        outside = select(Party.id).where(Party.role == "supplier")
        ended = update(Grant).where(Grant.lane_id.in_(lanes), Grant.party_id.in_(outside))
        db.session.execute(ended.values(ends_at=moment))
        db.session.execute(update(Message).values(follows=None))
    with cast.acting():
        assert [one for one in recount().found if one.whose == "supplier"] == [], (
            "the worker comes in a moment"
        )
        db.session.execute(ended.values(ends_at=clock.now() - timedelta(hours=1)))
    with cast.acting():
        assert ("supplier", "listed") in {(one.whose, one.what) for one in recount().found}


def test_a_notice_that_outlives_the_access_is_counted(doctor: Doctor, cast: Cast, number: str) -> None:
    with cast.app.app_context():
        assert outliving() == 0
    with cast.acting():
        outside = select(Party.id).where(Party.role == "supplier")
        ends = clock.now() + timedelta(days=1)
        db.session.execute(update(Grant).where(Grant.party_id.in_(outside)).values(ends_at=ends))
    sofia = cast.membership("sofia")
    with cast.app.app_context():
        told = db.session.scalars(select(Notice.id).where(Notice.membership_id == sofia)).all()
        assert outliving() == len(told) > 0
    assert doctor()["notices"]["state"] == "broken"


# ── around it ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_missing_index_is_named(doctor: Doctor, cast: Cast) -> None:
    with cast.app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_cases_all")
    assert doctor()["indexes"]["said"] == "missing: ix_cases_all"


def test_the_mail_server_is_asked_and_sent_nothing(doctor: Doctor) -> None:
    with MailServer() as server:
        assert doctor(PORTAL_SMTP_URL=server.url)["mail"]["state"] == "fine"
        assert list(server.mails) == []
    found = doctor(PORTAL_SMTP_URL=server.url)["mail"]
    assert found["state"] == "broken"
    assert "127.0.0.1 does not take mails" in found["said"] or "localhost" in found["said"]


def test_the_worker_is_looked_for(doctor: Doctor, tmp_path: Path) -> None:
    assert (doctor()["worker"]["state"], doctor()["worker"]["said"]) == ("odd", "was never seen here")
    with clock.at(clock.now() - timedelta(hours=3)):
        pulse.beat(tmp_path, {"mails": {"done": 1, "failed": 0, "failures": 0}})
    assert doctor()["worker"]["said"] == "was last seen 3 hours ago"
    pulse.beat(tmp_path, {"mails": {"done": 1, "failed": 2, "failures": 2}})
    assert "what failed last: mails" in doctor()["worker"]["said"]
    pulse.beat(tmp_path, {"mails": {"done": 1, "failed": 2, "failures": 0}})
    assert doctor()["worker"]["state"] == "fine"
    (tmp_path / "worker.json").write_text("{")
    assert doctor()["worker"]["state"] == "odd"


def test_files_that_others_can_read_are_named(doctor: Doctor, tmp_path: Path) -> None:
    assert doctor()["permissions"]["state"] == "fine"
    tmp_path.chmod(0o755)
    (tmp_path / ".env").write_text("PORTAL_FILES=10\n")
    (tmp_path / ".env").chmod(0o644)
    found = doctor()["permissions"]
    assert found["state"] == "broken"
    assert ".env" in found["said"]
    (tmp_path / ".env").chmod(0o600)
    assert doctor()["permissions"]["state"] == "fine"


@pytest.mark.parametrize(("free", "state"), [(10**6, "broken"), (10**9, "odd"), (10**11, "fine")])
def test_a_full_disk_is_told_before_it_is_full(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, free: int, state: str
) -> None:
    class Usage:
        def __init__(self) -> None:
            self.free, self.total = free, 10**12

    monkeypatch.setattr(surroundings.shutil, "disk_usage", lambda _: Usage())
    assert doctor()["disk"]["state"] == state


def test_clocks_that_disagree_are_told(
    doctor: Doctor, cast: Cast, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doctor()["clock"]["state"] == "fine"
    monkeypatch.setattr(surroundings, "now", lambda: clock.now() - timedelta(seconds=30))
    expected = "broken" if database == "postgresql" else "fine"
    assert doctor()["clock"]["state"] == expected


def test_it_looks_and_writes_nothing(doctor: Doctor, cast: Cast, number: str) -> None:
    def rows() -> list[Any]:
        with cast.app.app_context():
            found = list(db.session.execute(select(Case.__table__)).all())
            found += db.session.execute(select(Party.__table__)).all()
            db.session.remove()
        return found

    before = rows()
    doctor()
    assert rows() == before


def test_what_names_a_merged_organization_is_told(doctor: Doctor, cast: Cast) -> None:
    """A row that was written on another connection at the very moment of a merge."""
    assert doctor()["merges"]["state"] == "fine"
    cast.asks("carla")
    with cast.acting():
        alpina, northwind = (
            db.session.scalars(select(Organization).where(Organization.name == name)).one()
            for name in ("Alpina", "Northwind")
        )
        alpina.merged_into_id = northwind.id
    found = doctor()["merges"]
    assert found["state"] == "odd"
    assert "1 in cases.organization_id" in found["said"]
