"""`portal migrate`: the newest tables, and what an installation begins with."""

from argparse import Namespace

from alembic import command
from flask import Flask
from sqlalchemy import Connection

from portal import create_app
from portal.extensions import db
from portal.extensions import migrate as migrations
from portal.routing.starting import begin

LOCK = 0x706F_7274_616C
"""The number of our advisory lock on PostgreSQL: "portal" in ASCII."""


def migrate(_options: Namespace) -> None:
    """The newest tables, the departments and the starting rules."""
    bring_up_to_date(create_app())
    print("The database is up to date.")


def bring_up_to_date(app: Flask) -> None:
    """What `portal migrate` does; safe to do twice, and by several processes at once. Commits."""
    with app.app_context():
        command.upgrade(migrations.get_config(), "head")
        alone(db.session.connection())
        begin()
        db.session.commit()


def alone(connection: Connection) -> None:
    """Wait until nobody else migrates this database, and keep others waiting until the transaction ends.

    On SQLite a transaction that writes is alone already.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
