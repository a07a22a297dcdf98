"""What happened cannot be changed: the database itself refuses. What is copied: see test_sequences."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from portal.cases.models import Event
from portal.extensions import db
from tests.cast import Cast


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_what_happened_cannot_be_changed(cast: Cast, verb: str) -> None:
    cast.asks("ana")
    statement = update(Event).values(verb="nothing") if verb == "update" else delete(Event)
    with cast.app.app_context(), pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(statement)
