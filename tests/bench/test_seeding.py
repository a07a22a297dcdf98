"""A copied case is in every table what the verbs would have written for it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from portal.extensions import Model, db
from portal.seeding import company, filling, stories, writing
from portal.seeding.patterns import Copy, Form, prepared
from portal.showing import calendar

APRIL = datetime(2026, 4, 15, tzinfo=UTC)
"""The stories happen in summer time then, and copies of three weeks before in winter time."""
WEEKS, LATER, TURN = 3, timedelta(hours=1, seconds=7), 1


def plain(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """What the rows say, with every id as its place among the story's own, in an order of its own."""
    places = {
        (name, row["id"]): n for name, several in rows.items() for n, row in enumerate(several) if "id" in row
    }
    found: dict[str, list[str]] = {}
    for table in stories.tables():
        for row in rows[table.name]:
            said = {column: _said(table.c[column], value, places) for column, value in row.items()}
            found.setdefault(table.name, []).append(
                repr({k: v for k, v in said.items() if k not in ("id", "number")})
            )
    return {name: sorted(several) for name, several in found.items()}


def _said(column: Any, value: Any, places: dict[tuple[str, int], int]) -> Any:
    for key in column.foreign_keys:
        return places.get((key.column.table.name, value), value)
    if column.name == "facts":
        ids = {name: places["messages", value[name]] for name in ("message",) if value.get(name)}
        ids |= {name: places["tasks", value[name]] for name in ("task",) if value.get(name)}
        return {**value, **ids}
    return value


def _copied(pattern: Any, it: Copy) -> None:
    """Write a copy as it is written in bulk, by whichever database."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        cursor = connection.connection.cursor()
        for name, text in pattern.lines(it):
            columns = ", ".join(column.name for column in Model.metadata.tables[name].columns)
            with cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                copy.write(text)
        return
    for name, rows in pattern.values(it):
        columns = [column.name for column in Model.metadata.tables[name].columns]
        places = ", ".join("?" for _ in columns)
        connection.exec_driver_sql(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608


@pytest.mark.slow
def test_a_copy_is_what_the_verbs_write(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        people = company.found(30, 60, 1, sign_in=False)
        form: Form = writing.form_of(db.engine)
        organization, [_manager, requester, *_] = people.organizations[1]
        customer, [_, asker, *_] = people.organizations[0]
        other = {role: places[TURN] for role, places in people.asked.items()}
        organizations, contacts = filling.asked_instead(people, other)
        told = stories.tell(people, APRIL, 99, {"support_request": 1})
        lived_through = [(lived, prepared(lived, 1, form, calendar())) for lived in told]
        assert len(lived_through) == len(stories.TOLD)
        app.config["SETTINGS"] = filling.replace(app.config["SETTINGS"], undo_seconds=0)
        for index, ((story, read, kind, begun, _rows), pattern) in enumerate(lived_through):
            before = stories.last_ids()
            it = Copy(
                first={name: last + 1 for name, last in before.items()},
                weeks=WEEKS,
                shift=LATER - timedelta(weeks=WEEKS),
                organizations={customer: organization, **organizations},
                people={**filling.turned(people, TURN), asker: requester, **contacts},
                number=f"0000-{index:04d}",
                subject=stories.SUBJECT,
                words=lambda: stories.BODY,
            )
            _copied(pattern, it)
            copied = stories.rows_of(before, it.first["cases"])
            db.session.rollback()
            who = {"requester": requester, "turn": TURN}
            lived = stories.live(people, story, kind, begun + it.shift, read=read, **who)
            assert plain(copied) == plain(stories.rows_of(before, lived)), story
