"""One app for a whole module: the laws look at the same cases with many eyes."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.extensions import db
from tests.cast import Cast
from tests.conftest import _database, _on, make


@pytest.fixture(scope="module")
def house(template: str, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """The cast in an app that all tests of a module share; what one writes the next one finds."""
    folder = tmp_path_factory.mktemp("house")
    name = f"house_{uuid.uuid4().hex[:12]}"
    app = make(_copied(template, server, folder, name), folder)
    yield Cast(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    if server:
        _on(server, f"DROP DATABASE {name} WITH (FORCE)")


def _copied(template: str, server: str, folder: Path, name: str) -> str:
    if not server:
        shutil.copy(template.removeprefix("sqlite:///"), folder / "portal.db")
        return f"sqlite:///{folder / 'portal.db'}"
    source = template.partition("?")[0].rsplit("/", 1)[1]
    _on(server, f"CREATE DATABASE {name} TEMPLATE {source}")
    return _database(server, name)
