"""What an administrator chooses, data in and out, duplicates put together, segments.

Columns are added, never rebuilt: SQLite copies a whole table for anything else.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)

TEXTS = (
    # what is known of an organization, and how long it may be
    ("vat", 40),
    ("phone", 40),
    ("fax", 40),
    ("street", 200),
    ("postal_code", 20),
    ("city", 120),
    ("region", 120),
    ("spend", 1),
)
MERGED = ("organizations", "people")
NEW = (
    "imported_rows",
    "merged_rows",
    "imports",
    "merges",
    "exports",
    "changes",
    "organization_tags",
    "not_duplicates",
    "segments",
    "installation",
    "external_ids",
)


def upgrade() -> None:
    _tables()
    _indexes()
    op.add_column("departments", sa.Column("hours", JSON, server_default="[]", nullable=False))
    for name, length in TEXTS:
        op.add_column("organizations", sa.Column(name, sa.String(length), server_default="", nullable=False))
    # SQLite adds a reference only together with its column, PostgreSQL would give such a one a name of its own.
    inline = op.get_context().dialect.name == "sqlite"
    for table in MERGED:
        reference = sa.ForeignKey(f"{table}.id", name=op.f(f"fk_{table}_merged_into_id"))
        column = sa.Column("merged_into_id", BIGINT, reference, nullable=True)
        op.add_column(table, column, inline_references=inline)
    _partial("ix_organizations_merged_into_id", "organizations", ["merged_into_id"], "merged_into_id IS NOT NULL")
    _partial("ix_imports_due", "imports", ["id"], "state IN ('checking','queued','running','undoing')")


def _tables() -> None:
    op.create_table(
        "external_ids",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("row_id", BIGINT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_ids")),
        sa.UniqueConstraint("what", "external_id", name=op.f("uq_external_ids_what_external_id")),
    )
    op.create_table(
        "segments",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("conditions", JSON, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("archived_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segments")),
        sa.UniqueConstraint("name", name=op.f("uq_segments_name")),
    )
    op.create_table(
        "installation",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("choices", JSON, nullable=False),
        sa.Column("logo", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["logo"], ["blobs.hash"], name=op.f("fk_installation_logo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "organization_tags",
        sa.Column("organization_id", BIGINT, nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"], name=op.f("fk_organization_tags_organization_id")),
        sa.PrimaryKeyConstraint("organization_id", "tag", name=op.f("pk_organization_tags")),
    )
    op.create_table(
        "changes",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("membership_id", BIGINT, nullable=True),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("row_id", BIGINT, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("after", JSON, nullable=False),
        sa.Column("undoes_id", BIGINT, nullable=True),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_changes_membership_id")),
        sa.ForeignKeyConstraint(["undoes_id"], ["changes.id"], name=op.f("fk_changes_undoes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_table(
        "exports",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("membership_id", BIGINT, nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("format", sa.String(length=5), nullable=False),
        sa.Column("rows", BIGINT, nullable=False),
        sa.Column("filters", JSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_exports_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_table(
        "imports",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=True),
        sa.Column("membership_id", BIGINT, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("mapping", JSON, nullable=False),
        sa.Column("options", JSON, nullable=False),
        sa.Column("rows", BIGINT, nullable=False),
        sa.Column("done", BIGINT, nullable=False),
        sa.Column("made", BIGINT, nullable=False),
        sa.Column("changed", BIGINT, nullable=False),
        sa.Column("same", BIGINT, nullable=False),
        sa.Column("problems", JSON, nullable=False),
        sa.Column("wrong", BIGINT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('waiting','checking','wrong','checked','queued','running','done','undoing','undone','failed')", name=op.f("ck_imports_state")),
        sa.ForeignKeyConstraint(["blob"], ["blobs.hash"], name=op.f("fk_imports_blob")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_imports_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_table(
        "merges",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("kept_id", BIGINT, nullable=False),
        sa.Column("gone_id", BIGINT, nullable=False),
        sa.Column("merged_by_id", BIGINT, nullable=True),
        sa.Column("merged_at", MOMENT, nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=False),
        sa.Column("undone_by_id", BIGINT, nullable=True),
        sa.CheckConstraint("what IN ('organization','person')", name=op.f("ck_merges_what")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["memberships.id"], name=op.f("fk_merges_merged_by_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["memberships.id"], name=op.f("fk_merges_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    op.create_table(
        "not_duplicates",
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("first_id", BIGINT, autoincrement=False, nullable=False),
        sa.Column("second_id", BIGINT, autoincrement=False, nullable=False),
        sa.Column("said_by_id", BIGINT, nullable=True),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["said_by_id"], ["memberships.id"], name=op.f("fk_not_duplicates_said_by_id")),
        sa.PrimaryKeyConstraint("what", "first_id", "second_id", name=op.f("pk_not_duplicates")),
    )
    op.create_table(
        "imported_rows",
        sa.Column("import_id", BIGINT, nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("row_id", BIGINT, autoincrement=False, nullable=False),
        sa.Column("before", JSON, nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_imported_rows_import_id")),
        sa.PrimaryKeyConstraint("import_id", "place", "row_id", name=op.f("pk_imported_rows")),
    )
    op.create_table(
        "merged_rows",
        sa.Column("merge_id", BIGINT, nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("row_id", BIGINT, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["merge_id"], ["merges.id"], name=op.f("fk_merged_rows_merge_id")),
        sa.PrimaryKeyConstraint("merge_id", "place", "row_id", name=op.f("pk_merged_rows")),
    )


def _indexes() -> None:
    op.create_index(op.f("ix_external_ids_what_external_ids_row_id"), "external_ids", ["what", "row_id"])
    op.create_index(op.f("ix_installation_logo"), "installation", ["logo"])
    op.create_index(op.f("ix_organization_tags_tag"), "organization_tags", ["tag"])
    op.create_index(op.f("ix_changes_place_changes_row_id_changes_id"), "changes", ["place", "row_id", "id"])
    op.create_index(op.f("ix_changes_undoes_id"), "changes", ["undoes_id"])
    op.create_index(op.f("ix_exports_at"), "exports", ["at"])
    op.create_index(op.f("ix_exports_membership_id"), "exports", ["membership_id"])
    op.create_index(op.f("ix_imports_blob"), "imports", ["blob"])
    op.create_index(op.f("ix_merges_gone_id"), "merges", ["gone_id"])
    op.create_index(op.f("ix_merges_kept_id"), "merges", ["kept_id"])


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    """Back to an installation without settings of its own: what these tables hold is gone with them."""
    op.drop_index("ix_organizations_merged_into_id", table_name="organizations")
    for table in MERGED:
        op.drop_column(table, "merged_into_id")
    for name, _length in reversed(TEXTS):
        op.drop_column("organizations", name)
    op.drop_column("departments", "hours")
    for table in NEW:
        op.drop_table(table)
