"""A copied case is in every table what the verbs would have written for it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from portal.cases.models import Message
from portal.extensions import db
from tests.bench import company, seeding, stories
from tests.bench.stories import Copy

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
    if column.name == "facts" and value.get("message"):
        return {**value, "message": places["messages", value["message"]]}
    return value


@pytest.mark.slow
def test_a_copy_is_what_the_verbs_write(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        people = company.found(400)
        several = stories.patterns(people, APRIL, 400, {"support_request": 1})
        organization, [_manager, requester, *_] = people.organizations[1]
        for index, ((story, read), pattern) in enumerate(zip(stories.TOLD, several, strict=True)):
            before = stories.last_ids()
            it = Copy(
                first={name: last + 1 for name, last in before.items()},
                weeks=WEEKS,
                shift=LATER - timedelta(weeks=WEEKS),
                organization=organization,
                people={**seeding.turned(people, TURN), people.organizations[0][1][1]: requester},
                number=f"0000-{index:04d}",
                subject=stories.SUBJECT,
                words=lambda: stories.BODY,
            )
            for name, row in pattern.copy(it):
                db.session.execute(insert(stories.Model.metadata.tables[name]).values(**row))
            copied = stories.rows_of(before, it.first["cases"])
            db.session.rollback()
            begun = stories.monday(APRIL) + timedelta(days=index % stories.WEEKDAYS) + it.shift
            who = {"requester": requester, "turn": TURN}
            lived = stories.live(people, story, "support_request", begun, read=read, **who)
            assert plain(copied) == plain(stories.rows_of(before, lived)), story


@pytest.mark.slow
def test_a_seeded_database_has_as_many_cases_as_asked_for(app: Flask) -> None:
    seeded = seeding.seed(app, 60)
    with app.app_context():
        count = {
            table.name: db.session.scalar(select(func.count()).select_from(table))
            for table in stories.tables()
        }
        written = set(db.session.scalars(select(Message.body).order_by(Message.id.desc()).limit(9)))
    assert count["cases"] == seeded.cases + len(stories.TOLD) * len(stories.KINDS) == 60
    assert count["messages"] == 180
    assert len(written) > 1
    assert stories.BODY not in written
