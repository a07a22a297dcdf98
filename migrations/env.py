"""What Alembic runs to bring a database up to date: one transaction, under a lock, all or nothing.

Two machines may migrate at once: the second waits and finds nothing left to do. On PostgreSQL an advisory
lock makes it wait, on SQLite the BEGIN IMMEDIATE of `extensions.sqlite_done_right`.
"""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Column, Connection, text

from portal.commands.database import alone
from portal.extensions import BigInt, Json, Model, Moment, db

SHORT = ((Moment, "MOMENT"), (type(BigInt), "BIGINT"), (type(Json), "JSON"))
"""Types of ours, as script.py.mako spells them out; a migration must not change when the models do."""


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """A type of ours by its short name; False leaves the rest to Alembic."""
    if kind != "type":
        return False
    return next((name for type_, name in SHORT if type(item) is type_ and _varies(item, name)), False)


def _varies(item: Any, name: str) -> bool:
    """BigInteger and JSON only with our variant for the other database."""
    return name == "MOMENT" or bool(item._variant_mapping)  # noqa: SLF001 - nothing else tells


def include_object(thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """What autogenerate compares: on SQLite no index like "activity_at DESC", told wrongly there."""
    if kind != "index" or db.engine.dialect.name != "sqlite":
        return True
    table = Model.metadata.tables.get(thing.table.name)
    ours = [index for index in table.indexes if index.name == name] if table is not None else []
    return all(isinstance(part, Column) for index in ours for part in index.expressions)


def configure(connection: Connection) -> None:
    """Hand Alembic our connection, our tables and how to compare them."""
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_item=render_item,
        include_object=include_object,
        **current_app.extensions["migrate"].configure_args,
    )


def migrate(connection: Connection) -> None:
    """Everything in one transaction; afterwards every reference must still lead somewhere."""
    sqlite = connection.dialect.name == "sqlite"
    with connection.begin():
        alone(connection)
        configure(connection)
        context.run_migrations()
        broken = connection.execute(text("PRAGMA foreign_key_check")).first() if sqlite else None
        if broken:
            raise CommandError(f"nothing was migrated: a row of {broken[0]} refers to one that is not there")


def foreign_keys(connection: Connection, state: str) -> None:
    """SQLite rebuilds a table to change it, which foreign keys forbid; they switch outside transactions."""
    if connection.dialect.name == "sqlite":
        connection.connection.execute(f"PRAGMA foreign_keys={state}")  # type: ignore[attr-defined] # the driver's


if context.is_offline_mode():
    raise SystemExit("portal: migrations need the database they change; there is no --sql")

with db.engine.connect() as connection:
    foreign_keys(connection, "OFF")
    try:
        migrate(connection)
    finally:
        foreign_keys(connection, "ON")
