"""Nobody keeps the others from writing: the only write lock of SQLite is held for the verb alone."""

import sqlite3
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from portal import forms
from portal.extensions import db
from tests.cast import Cast


def write_beside(app: Flask) -> None:
    """Another connection writes; fails at once when a lock is in its way."""
    statement = "UPDATE departments SET email = 'desk@meridian.example'"
    if db.engine.dialect.name == "sqlite":
        with sqlite3.connect(str(db.engine.url.database), timeout=0.2) as other:
            other.execute(statement)
        return
    with db.engine.begin() as other:
        other.execute(text("SET LOCAL lock_timeout = 200"))
        other.execute(text(statement))


class Dripping(BytesIO):
    """A body that comes slowly: somebody else writes while it is read."""

    def __init__(self, app: Flask, data: bytes) -> None:
        super().__init__(data)
        self.app, self.written = app, 0

    def read(self, *args: Any) -> bytes:
        self._meanwhile()
        return super().read(*args)

    def readinto(self, buffer: Any) -> int:
        self._meanwhile()
        return super().readinto(buffer)

    def _meanwhile(self) -> None:
        write_beside(self.app)
        self.written += 1


def test_a_slow_sender_holds_no_lock(cast: Cast) -> None:
    ana, number = cast.browser("ana"), cast.asks("ana")
    body = Dripping(cast.app, b"body=One+more+thing.")
    answer = ana.client.post(
        f"/cases/{number}/messages",
        input_stream=body,
        content_length=20,
        content_type="application/x-www-form-urlencoded",
    )
    assert body.written
    assert answer.status_code == 303
    assert "One more thing." in ana.get(f"/cases/{number}")


def test_looking_at_pictures_holds_no_lock(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, number = cast.browser("ana"), cast.asks("ana")
    looked: list[str] = []
    really = forms.check

    def slowly(uploads: Any) -> Any:
        write_beside(cast.app)
        looked.append("yes")
        return really(uploads)

    monkeypatch.setattr(forms, "check", slowly)
    ana.post(
        f"/cases/{number}/messages", {"body": "With a file.", "files": (BytesIO(b"Lot 2609-B"), "lot.txt")}
    )
    assert looked == ["yes"]
    assert "lot.txt" in ana.get(f"/cases/{number}")


def test_the_page_of_a_failure_asks_the_database_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = cast.browser("ana")

    def away(*_: Any, **__: Any) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(db.session, "execute", away)
    monkeypatch.setattr(db.session, "scalars", away)
    monkeypatch.setattr(db.session, "scalar", away)
    answer = ana.client.get("/")
    assert answer.status_code == 500
    page = answer.get_data(as_text=True)
    assert "Something broke here" in page
    assert "the database is away" not in page
