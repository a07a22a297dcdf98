"""Data in and out: files that are imported, what each of them changed, and who took what away."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.clock import NEVER, now
from portal.extensions import Model, Numbered

STATES = (
    "waiting",
    "checking",
    "wrong",
    "checked",
    "queued",
    "running",
    "done",
    "undoing",
    "undone",
    "failed",
)
"""waiting for its columns → checking → wrong or checked → queued → running → done → undoing → undone."""

_Absent = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class ExternalId(Numbered):
    """What another system calls a row of ours: an import knows by it what is there already."""

    __tablename__ = "external_ids"
    __table_args__ = (UniqueConstraint("what", "external_id"), Index(None, "what", "row_id"))
    what: Mapped[str] = mapped_column(String(20))
    """organizations, people, products or cases"""
    external_id: Mapped[str] = mapped_column(String(120))
    row_id: Mapped[int]


class Import(Numbered):
    """One file, from the moment it is there until it is imported, or taken back."""

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint(f"state IN ({','.join(repr(state) for state in STATES)})", name="state"),
        Index(
            "ix_imports_due",
            "id",
            sqlite_where=text("state IN ('checking','queued','running','undoing')"),
            postgresql_where=text("state IN ('checking','queued','running','undoing')"),
        ),
    )
    what: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    """The name of the file, as somebody called it."""
    blob: Mapped[str | None] = mapped_column(ForeignKey("blobs.hash"), index=True)
    """The file itself; let go a day after it was imported."""
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    """Whose doing it is; nobody's when it came from the shell."""
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Ours → theirs: which column of the file feeds which field."""
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rows: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    """How many rows have been looked at: the progress bar."""
    made: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[Any]] = mapped_column(default=list)
    """The first of them: [line, column, code, what was there, what its sentence names]."""
    wrong: Mapped[int] = mapped_column(default=0)
    """How many problems there are."""
    at: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime] = mapped_column(default=NEVER)


class ImportedRow(Model):
    """A row that an import made, or changed: what it said before."""

    __tablename__ = "imported_rows"
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(40), primary_key=True)
    """The name of its table."""
    row_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    before: Mapped[dict[str, Any] | None] = mapped_column(_Absent)
    """The columns that changed, each [was, became]; none when the import made the row."""


class Export(Numbered):
    """Who took what away, and when: people who leave sometimes take the data along."""

    __tablename__ = "exports"
    __table_args__ = (Index(None, "at"),)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"), index=True)
    """Nobody when it was taken from the shell."""
    what: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(5))
    rows: Mapped[int]
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(default=now)
