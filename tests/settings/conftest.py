"""What the tests of this room share: Ada's browser, and rows by name."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.identity.models import Department, Organization, Person
from portal.routing.models import Rule
from tests.browser import Browser
from tests.cast import Cast


@pytest.fixture
def ada(cast: Cast) -> Browser:
    return cast.browser("ada")


@pytest.fixture
def ids(cast: Cast) -> Callable[..., int]:
    """ids(Person, "Ana Ferreira"): the id of the row with this name."""

    def find(model: type[Organization | Person | Department | Rule], name: str) -> int:
        with cast.app.app_context():
            return db.session.scalars(select(model.id).where(model.name == name)).one()

    return find


@pytest.fixture
def row(cast: Cast) -> Callable[..., Any]:
    """row(Person, 3): the row as it is stored now, without a session."""

    def read(model: Any, key: Any) -> Any:
        with cast.app.app_context():
            return db.session.get(model, key)

    return read
