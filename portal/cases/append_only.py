"""What has happened stays as it was: the database itself refuses to change or delete an event."""

from typing import Any

from sqlalchemy import DDL

APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER events_no_{verb.lower()} BEFORE {verb} ON events "
        "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        (
            "CREATE OR REPLACE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RAISE EXCEPTION ''events are append-only''; END'"
        ),
        (
            "CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events "
            "FOR EACH ROW EXECUTE FUNCTION events_append_only()"
        ),
    ],
}
"""What makes `events` append-only, by dialect. The first migration keeps a copy of its own, as it was run."""


def guard(table: Any, connection: Any, **_: Any) -> None:
    """Called when the table `events` was made."""
    for statement in APPEND_ONLY.get(connection.dialect.name, ()):
        connection.execute(DDL(statement.replace("%", "%%")))
