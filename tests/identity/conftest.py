"""The whole app with form tokens on, a page that says who is signed in, and cheap password hashes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask, request
from sqlalchemy import update

from portal import web
from portal.extensions import db
from portal.identity import passwords
from portal.identity.models import Person
from tests.cast import PASSWORD
from tests.conftest import make
from tests.identity.acting import Browser

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


def prepared(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = True
    app.add_url_rule("/me", "me", lambda: f"{web.me().email} for {web.me().organization_name}")
    app.add_url_rule("/notes", "notes", lambda: request.form["body"], methods=["POST"])
    with app.app_context():
        db.session.execute(
            update(Person)
            .where(Person.password_hash.is_not(None))
            .values(password_hash=passwords.hashed(PASSWORD))
        )
        db.session.commit()
    return app


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", CHEAP)


@pytest.fixture
def app(app: Flask, _cheap: None) -> Flask:
    return prepared(app)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def app_with(url: str, tmp_path: Path, _cheap: None) -> Iterator[Callable[..., Flask]]:
    """Make an app on the test's database with some settings changed."""
    made: list[Flask] = []

    def build(**settings: str) -> Flask:
        made.append(prepared(make(url, tmp_path, **settings)))
        return made[-1]

    yield build
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
