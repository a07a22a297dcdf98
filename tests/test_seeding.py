"""`portal seed`: how much of what it makes, always the same, and every copy right."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import clock
from portal.cases.models import Case, Lane, Message, Party, Task
from portal.cases.recount import recount
from portal.channels.checking import outliving
from portal.cli import main
from portal.commands.database import bring_up_to_date
from portal.extensions import Model, db
from portal.identity import passwords
from portal.identity.models import Membership, Organization, Person
from portal.seeding import company, filling, stories
from portal.seeding.filling import NotEmpty, Wanted, seed
from tests.browser import Browser
from tests.cast import Cast
from tests.conftest import _database, _on, make, settings

FIXED = datetime(2026, 6, 17, 9, tzinfo=UTC)
CASES = 400


@pytest.fixture
def empty(server: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., Flask]:
    """Makes apps on migrated databases with nothing in them."""
    made: list[Flask] = []

    def another(**more: str) -> Flask:
        name = f"seed_{tmp_path.name[-12:].lower()}_{len(made)}".replace("-", "_")
        url = f"sqlite:///{tmp_path / name}.db"
        if server:
            _on(server, f"CREATE DATABASE {name}")
            url = _database(server, name)
            request.addfinalizer(lambda: _on(server, f"DROP DATABASE {name} WITH (FORCE)"))
        made.append(make(url, tmp_path, **more))
        bring_up_to_date(made[-1])
        return made[-1]

    yield another
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def digest(app: Flask) -> dict[str, str]:
    """Of every table, what it holds."""
    found = {}
    with app.app_context():
        for table in Model.metadata.sorted_tables:
            rows = db.session.execute(select(table).order_by(*table.primary_key.columns)).all()
            found[table.name] = hashlib.sha256(repr(rows).encode()).hexdigest() if rows else ""
        db.session.remove()
    return found


@pytest.mark.slow
def test_it_makes_what_was_asked_for_and_the_same_again(empty: Callable[..., Flask]) -> None:
    wanted = Wanted(30, 80, CASES, 1250, seed=7, sign_in=True)
    with clock.at(FIXED):
        apps = [empty(), empty()]
        first, _second = (seed(app, wanted) for app in apps)
    assert digest(apps[0]) == digest(apps[1])
    with apps[0].app_context():
        _as_many_as_asked_for(first)
        _as_in_life()
        with clock.at(FIXED):
            found = recount()
            assert (found.cases, found.found) == (CASES, [])
            assert outliving() == 0
        db.session.remove()
    with clock.at(FIXED):
        third = empty()
        seed(third, Wanted(30, 80, CASES, 1250, seed=8, sign_in=True))
    other = digest(third)
    assert {name for name, was in digest(apps[0]).items() if was != other[name]} >= {"cases", "organizations"}


def _as_many_as_asked_for(done: filling.Seeded) -> None:
    def count(model: Any, *where: Any) -> int:
        return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0

    assert count(Case) == done.cases == CASES
    assert count(Organization, ~Organization.ours) == 30
    outside = select(Organization.id).where(~Organization.ours)
    assert count(Membership, Membership.organization_id.in_(outside)) == 80
    assert count(Message) == done.messages
    assert abs(done.messages - 1250) < 125
    assert count(Lane, Lane.kind.in_(("supplier", "partner"))) > CASES * 0.07
    assert count(Task) > 0
    assert count(Case, Case.confidential) > 0
    assert count(Membership, Membership.sees == "own") > 0


def _as_in_life() -> None:
    """The largest customer has many times what the usual one has."""
    sizes = select(func.count()).where(Party.role == "requester").group_by(Party.organization_id)
    found = sorted(db.session.scalars(sizes))
    assert found[-1] > 4 * found[len(found) // 2]
    numbers = db.session.scalars(select(Case.number)).all()
    assert len(set(numbers)) == len(numbers)
    assert not db.session.scalar(select(func.count()).where(Message.body == stories.BODY))


@pytest.mark.slow
def test_what_is_written_afterwards_gets_new_ids_and_people_sign_in(empty: Callable[..., Flask]) -> None:
    app = empty()
    done = seed(app, Wanted(6, 12, 60, sign_in=True))
    with app.app_context():
        hashes = set(db.session.scalars(select(Person.password_hash)))
        assert all(passwords.matches(each, company.PASSWORD) for each in hashes)
        db.session.remove()
    for email in (done.company.sign_ins["administrator"], done.company.addresses["customer"]):
        browser = Browser(app)
        browser.post("/sign-in", {"email": email, "password": company.PASSWORD})
        browser.get("/", 303 if "admin" in email else 200)
    cast = Cast(app)
    with cast.acting():
        db.session.add(Organization(name="One more"))
    number = done.company
    assert (
        number.viewer(done.company.organizations[0][1][1]).organization_id == done.company.organizations[0][0]
    )


def test_fewer_cases_than_stories_are_fine(empty: Callable[..., Flask]) -> None:
    app = empty()
    assert seed(app, Wanted(3, 5, 2)).copied == 0
    with app.app_context():
        assert db.session.scalar(select(func.count(Case.id))) == 2
        assert set(db.session.scalars(select(Person.password_hash))) == {None}
        db.session.remove()


def test_only_an_empty_database_is_filled(app: Flask) -> None:
    with pytest.raises(NotEmpty, match="7 organizations"):
        seed(app, Wanted(3, 5, 2))


@pytest.mark.own_database
def test_the_command_says_what_there_is(
    closed_afterwards: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in settings(f"sqlite:///{tmp_path / 'portal.db'}", tmp_path).items():
        monkeypatch.setenv(name, value)
    some = ("seed", "--organizations", "3", "--people", "5", "--cases", "2")
    assert main(list(some)) == 1
    assert "run `portal migrate`" in capsys.readouterr().err
    assert main(["migrate"]) == 0
    assert main(["seed", "--organizations", "2"]) == 1
    assert "at least 3 organizations" in capsys.readouterr().err
    assert main(["seed", "--organizations", "9", "--people", "9"]) == 1
    assert "need at least 11 people" in capsys.readouterr().err
    assert main([*some, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["organizations"], said["people"], said["cases"], said["password"]) == (3, 5, 2, "seed")
    assert set(said["sign_ins"]) == {"administrator", *company.STAFF}
    assert main(list(some)) == 1
    assert "the database is not empty: there are 4 organizations" in capsys.readouterr().err


@pytest.mark.own_database
@pytest.mark.parametrize(("more", "password"), [((), None), (("--yes",), "seed")])
def test_in_production_nobody_gets_an_easy_password_unasked(
    closed_afterwards: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
    password: str | None,
) -> None:
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    for name, value in settings(url, tmp_path, PORTAL_ENV="production").items():
        monkeypatch.setenv(name, value)
    assert main(["migrate"]) == 0
    capsys.readouterr()
    assert main(["seed", "--organizations", "3", "--people", "5", "--cases", "1", "--json", *more]) == 0
    assert json.loads(capsys.readouterr().out)["password"] == password


def test_lengths_are_weighed_until_there_are_as_many_messages_as_wanted() -> None:
    from portal.seeding.patterns import Pattern  # noqa: PLC0415 - here only

    several = [Pattern(weight, 1, said, [], {}, {}, []) for weight, said in ((50, 2), (40, 3), (10, 9))]
    for wanted in (2.1, 3.0, 5.0, 8.5):
        found = filling.tilted(several, wanted)
        assert sum(one.weight for one in found) == pytest.approx(1)
        assert sum(one.weight * one.messages for one in found) == pytest.approx(wanted)
    assert sum(one.weight * one.messages for one in filling.tilted(several, 50)) == pytest.approx(9, rel=0.01)
