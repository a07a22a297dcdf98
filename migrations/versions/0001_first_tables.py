"""All tables, their checks and indexes, and the triggers that make events append-only."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
EVENTS_ARE_APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
        "CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''events are append-only''; END'",
        "CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_append_only()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "blobs",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("size", BIGINT, nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_blobs")),
    )
    op.create_table(
        "departments",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("position", BIGINT, nullable=False),
        sa.Column("archived_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint("code", name=op.f("uq_departments_code")),
    )
    op.create_table(
        "notes",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_table(
        "organizations",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("customer", sa.Boolean(), nullable=False),
        sa.Column("partner", sa.Boolean(), nullable=False),
        sa.Column("supplier", sa.Boolean(), nullable=False),
        sa.Column("own_only", sa.Boolean(), nullable=False),
        sa.Column("segment", sa.String(length=60), nullable=False),
        sa.Column("tier", sa.String(length=60), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("domain", sa.String(length=200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("archived_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
    )
    op.create_index(op.f("ix_organizations_name"), "organizations", ["name"])
    op.create_index(
        "ix_organizations_ours",
        "organizations",
        ["id"],
        sqlite_where=sa.text("ours = 1"),
        postgresql_where=sa.text("ours"),
    )
    op.create_table(
        "people",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("theme", sa.String(length=5), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("session_version", BIGINT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("deactivated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
    )
    op.create_table(
        "product_groups",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_groups")),
        sa.UniqueConstraint("name", name=op.f("uq_product_groups_name")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index(
        op.f("ix_sign_in_attempts_address_sign_in_attempts_at"), "sign_in_attempts", ["address", "at"]
    )
    op.create_index(
        op.f("ix_sign_in_attempts_email_sign_in_attempts_at"), "sign_in_attempts", ["email", "at"]
    )
    op.create_table(
        "letters",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("person_id", BIGINT, nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT, nullable=False),
        sa.Column("attempts", BIGINT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_letters_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
    )
    op.create_index(op.f("ix_letters_person_id"), "letters", ["person_id"])
    op.create_index(
        "ix_letters_unsent",
        "letters",
        ["due_at"],
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "memberships",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("person_id", BIGINT, nullable=False),
        sa.Column("organization_id", BIGINT, nullable=False),
        sa.Column("manager", sa.Boolean(), nullable=False),
        sa.Column("sees", sa.String(length=3), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_memberships_organization_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint(
            "person_id", "organization_id", name=op.f("uq_memberships_person_id_organization_id")
        ),
    )
    op.create_index(
        op.f("ix_memberships_organization_id_memberships_person_id"),
        "memberships",
        ["organization_id", "person_id"],
    )
    op.create_table(
        "outside_identities",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person_id", BIGINT, nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outside_identities_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_identities")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_outside_identities_issuer_subject")),
    )
    op.create_index(op.f("ix_outside_identities_person_id"), "outside_identities", ["person_id"])
    op.create_table(
        "products",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("group_id", BIGINT, nullable=True),
        sa.Column("list_price", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("archived_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["product_groups.id"], name=op.f("fk_products_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("code", name=op.f("uq_products_code")),
    )
    op.create_index(op.f("ix_products_group_id"), "products", ["group_id"])
    op.create_index(op.f("ix_products_name"), "products", ["name"])
    op.create_table(
        "cases",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("department_id", BIGINT, nullable=False),
        sa.Column("assignee_id", BIGINT, nullable=True),
        sa.Column("organization_id", BIGINT, nullable=False),
        sa.Column("product_id", BIGINT, nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("priority", BIGINT, nullable=False),
        sa.Column("ball", sa.String(length=10), nullable=False),
        sa.Column("ball_since", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("resolved_at", MOMENT, nullable=False),
        sa.Column("activity_at", MOMENT, nullable=False),
        sa.Column("merged_into_id", BIGINT, nullable=True),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("routing", JSON, nullable=False),
        sa.CheckConstraint(
            "ball IN ('us','requester','agent','partner','supplier','nobody')", name=op.f("ck_cases_ball")
        ),
        sa.CheckConstraint("state IN ('new','open','resolved','closed')", name=op.f("ck_cases_state")),
        sa.ForeignKeyConstraint(["assignee_id"], ["memberships.id"], name=op.f("fk_cases_assignee_id")),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_cases_department_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["cases.id"], name=op.f("fk_cases_merged_into_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_cases_organization_id")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_cases_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    op.create_index(
        "ix_cases_all",
        "cases",
        [sa.literal_column("activity_at DESC"), sa.literal_column("id DESC")],
        sqlite_where=sa.text("merged_into_id IS NULL"),
        postgresql_where=sa.text("merged_into_id IS NULL"),
    )
    op.create_index(
        "ix_cases_assignee",
        "cases",
        ["assignee_id", sa.literal_column("activity_at DESC"), sa.literal_column("id DESC")],
        sqlite_where=sa.text("merged_into_id IS NULL AND state IN ('new','open')"),
        postgresql_where=sa.text("merged_into_id IS NULL AND state IN ('new','open')"),
    )
    op.create_index(
        "ix_cases_department",
        "cases",
        ["department_id", sa.literal_column("activity_at DESC"), sa.literal_column("id DESC")],
        sqlite_where=sa.text("merged_into_id IS NULL AND state IN ('new','open')"),
        postgresql_where=sa.text("merged_into_id IS NULL AND state IN ('new','open')"),
    )
    op.create_index(
        "ix_cases_due",
        "cases",
        ["department_id", "due_at", "id"],
        sqlite_where=sa.text("merged_into_id IS NULL AND state IN ('new','open')"),
        postgresql_where=sa.text("merged_into_id IS NULL AND state IN ('new','open')"),
    )
    op.create_index(
        "ix_cases_kind",
        "cases",
        ["kind", sa.literal_column("activity_at DESC"), sa.literal_column("id DESC")],
    )
    op.create_index(op.f("ix_cases_merged_into_id"), "cases", ["merged_into_id"])
    op.create_index(
        "ix_cases_organization",
        "cases",
        ["organization_id", sa.literal_column("activity_at DESC"), sa.literal_column("id DESC")],
    )
    op.create_index(
        "ix_cases_product",
        "cases",
        ["product_id", sa.literal_column("activity_at DESC"), sa.literal_column("id DESC")],
    )
    op.create_index(
        "ix_cases_resolved",
        "cases",
        ["resolved_at"],
        sqlite_where=sa.text("state = 'resolved'"),
        postgresql_where=sa.text("state = 'resolved'"),
    )
    op.create_table(
        "department_members",
        sa.Column("department_id", BIGINT, nullable=False),
        sa.Column("membership_id", BIGINT, nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_department_members_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_department_members_membership_id")
        ),
        sa.PrimaryKeyConstraint("department_id", "membership_id", name=op.f("pk_department_members")),
    )
    op.create_index(op.f("ix_department_members_membership_id"), "department_members", ["membership_id"])
    op.create_table(
        "links",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("person_id", BIGINT, nullable=False),
        sa.Column("made_by_id", BIGINT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.CheckConstraint("purpose IN ('invitation','reset')", name=op.f("ck_links_purpose")),
        sa.ForeignKeyConstraint(["made_by_id"], ["memberships.id"], name=op.f("fk_links_made_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_links_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_person_id"), "links", ["person_id"])
    op.create_table(
        "once",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("membership_id", BIGINT, nullable=False),
        sa.Column("result", sa.String(length=200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_once_membership_id")),
        sa.PrimaryKeyConstraint("key", "membership_id", name=op.f("pk_once")),
    )
    op.create_table(
        "rules",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("position", BIGINT, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", JSON, nullable=False),
        sa.Column("product_id", BIGINT, nullable=True),
        sa.Column("organization_id", BIGINT, nullable=True),
        sa.Column("relation", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("amount_from", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("department_id", BIGINT, nullable=False),
        sa.Column("priority", BIGINT, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_rules_department_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_rules_organization_id")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_rules_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules")),
    )
    op.create_index(op.f("ix_rules_position"), "rules", ["position"])
    op.create_table(
        "lanes",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("ball", sa.String(length=10), nullable=False),
        sa.Column("ball_since", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('requester','agent','partner','supplier','internal')", name=op.f("ck_lanes_kind")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_lanes_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lanes")),
    )
    op.create_index(op.f("ix_lanes_case_id"), "lanes", ["case_id"])
    op.create_table(
        "parties",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("organization_id", BIGINT, nullable=True),
        sa.Column("department_id", BIGINT, nullable=True),
        sa.Column("membership_id", BIGINT, nullable=True),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("reach", sa.String(length=12), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("ball", sa.String(length=10), nullable=False),
        sa.Column("ball_since", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("activity_at", MOMENT, nullable=False),
        sa.CheckConstraint("reach IN ('organization','managers')", name=op.f("ck_parties_reach")),
        sa.CheckConstraint(
            "role IN ('requester','agent','partner','supplier','owner','helper')",
            name=op.f("ck_parties_role"),
        ),
        sa.CheckConstraint(
            "(organization_id IS NOT NULL AND department_id IS NULL AND membership_id IS NULL) OR (organization_id IS NULL AND department_id IS NOT NULL AND membership_id IS NULL) OR (organization_id IS NULL AND department_id IS NULL AND membership_id IS NOT NULL)",
            name=op.f("ck_parties_one_of"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_parties_case_id")),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_parties_department_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_parties_membership_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_parties_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
        sa.UniqueConstraint("case_id", "department_id", name=op.f("uq_parties_case_id_department_id")),
        sa.UniqueConstraint("case_id", "organization_id", name=op.f("uq_parties_case_id_organization_id")),
    )
    op.create_index(
        "ix_parties_department",
        "parties",
        ["department_id", sa.literal_column("activity_at DESC"), sa.literal_column("case_id DESC")],
    )
    op.create_index(
        "ix_parties_membership",
        "parties",
        ["membership_id", sa.literal_column("activity_at DESC"), sa.literal_column("case_id DESC")],
    )
    op.create_index(
        "ix_parties_organization",
        "parties",
        ["organization_id", sa.literal_column("activity_at DESC"), sa.literal_column("case_id DESC")],
        sqlite_where=sa.text("listed = 1"),
        postgresql_where=sa.text("listed"),
    )
    op.create_index(
        "ix_parties_unfinished",
        "parties",
        ["organization_id", sa.literal_column("activity_at DESC"), sa.literal_column("case_id DESC")],
        sqlite_where=sa.text("listed = 1 AND status <> 'closed'"),
        postgresql_where=sa.text("listed AND status <> 'closed'"),
    )
    op.create_table(
        "seen",
        sa.Column("membership_id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_seen_case_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_seen_membership_id")),
        sa.PrimaryKeyConstraint("membership_id", "case_id", name=op.f("pk_seen")),
    )
    op.create_table(
        "events",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("lane_id", BIGINT, nullable=True),
        sa.Column("actor_id", BIGINT, nullable=True),
        sa.Column("on_behalf_of_id", BIGINT, nullable=True),
        sa.Column("verb", sa.String(length=30), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("note_id", BIGINT, nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["memberships.id"], name=op.f("fk_events_actor_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_events_case_id")),
        sa.ForeignKeyConstraint(["lane_id"], ["lanes.id"], name=op.f("fk_events_lane_id")),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_events_note_id")),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["memberships.id"], name=op.f("fk_events_on_behalf_of_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_case", "events", ["case_id", "id"])
    op.create_table(
        "grants",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("lane_id", BIGINT, nullable=False),
        sa.Column("party_id", BIGINT, nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("because", sa.String(length=40), nullable=False),
        sa.Column("given_by_id", BIGINT, nullable=True),
        sa.ForeignKeyConstraint(["given_by_id"], ["memberships.id"], name=op.f("fk_grants_given_by_id")),
        sa.ForeignKeyConstraint(["lane_id"], ["lanes.id"], name=op.f("fk_grants_lane_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_grants_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    op.create_index("ix_grants_lane", "grants", ["lane_id", "ends_at"])
    op.create_index("ix_grants_party", "grants", ["party_id", "ends_at"])
    op.create_table(
        "holdings",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("party_id", BIGINT, nullable=True),
        sa.Column("holder", sa.String(length=10), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_holdings_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_holdings_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holdings")),
    )
    op.create_index("ix_holdings_case", "holdings", ["case_id", "party_id", "began_at"])
    op.create_table(
        "messages",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("lane_id", BIGINT, nullable=False),
        sa.Column("author_id", BIGINT, nullable=False),
        sa.Column("on_behalf_of_id", BIGINT, nullable=True),
        sa.Column("released_from_id", BIGINT, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("visible_from", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["memberships.id"], name=op.f("fk_messages_author_id")),
        sa.ForeignKeyConstraint(["lane_id"], ["lanes.id"], name=op.f("fk_messages_lane_id")),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["memberships.id"], name=op.f("fk_messages_on_behalf_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["released_from_id"], ["messages.id"], name=op.f("fk_messages_released_from_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index("ix_messages_lane", "messages", ["lane_id", "id"])
    op.create_table(
        "participants",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("party_id", BIGINT, nullable=False),
        sa.Column("membership_id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("activity_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_participants_case_id")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_participants_membership_id")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_participants_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("party_id", "membership_id", name=op.f("uq_participants_party_id_membership_id")),
    )
    op.create_index(op.f("ix_participants_case_id"), "participants", ["case_id"])
    op.create_index(
        "ix_participants_membership",
        "participants",
        ["membership_id", sa.literal_column("activity_at DESC"), sa.literal_column("case_id DESC")],
    )
    op.create_table(
        "attachments",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("message_id", BIGINT, nullable=False),
        sa.Column("lane_id", BIGINT, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("preview", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["blob"], ["blobs.hash"], name=op.f("fk_attachments_blob")),
        sa.ForeignKeyConstraint(["lane_id"], ["lanes.id"], name=op.f("fk_attachments_lane_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_attachments_message_id")),
        sa.ForeignKeyConstraint(["preview"], ["blobs.hash"], name=op.f("fk_attachments_preview")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_blob"), "attachments", ["blob"])
    op.create_index(op.f("ix_attachments_lane_id"), "attachments", ["lane_id"])
    op.create_index(op.f("ix_attachments_message_id"), "attachments", ["message_id"])
    op.create_index(op.f("ix_attachments_preview"), "attachments", ["preview"])
    op.create_table(
        "notices",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("membership_id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("lane_id", BIGINT, nullable=False),
        sa.Column("event_id", BIGINT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notices_case_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_notices_event_id")),
        sa.ForeignKeyConstraint(["lane_id"], ["lanes.id"], name=op.f("fk_notices_lane_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_notices_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_case_id"), "notices", ["case_id"])
    op.create_index(op.f("ix_notices_membership_id"), "notices", ["membership_id"])
    op.create_index(
        "ix_notices_unread",
        "notices",
        ["membership_id", "id"],
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "accesses",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("membership_id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("attachment_id", BIGINT, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_accesses_attachment_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_accesses_case_id")),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_accesses_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accesses")),
    )
    op.create_index("ix_accesses_case", "accesses", ["case_id", "id"])
    op.create_table(
        "deliveries",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("notice_id", BIGINT, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT, nullable=False),
        sa.Column("attempts", BIGINT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_deliveries_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_notice_id"), "deliveries", ["notice_id"])
    op.create_index(
        "ix_deliveries_unsent",
        "deliveries",
        ["due_at"],
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    for statement in EVENTS_ARE_APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_table("accesses")
    op.drop_table("notices")
    op.drop_table("attachments")
    op.drop_table("participants")
    op.drop_table("messages")
    op.drop_table("holdings")
    op.drop_table("grants")
    op.drop_table("events")
    op.drop_table("seen")
    op.drop_table("parties")
    op.drop_table("lanes")
    op.drop_table("rules")
    op.drop_table("once")
    op.drop_table("links")
    op.drop_table("department_members")
    op.drop_table("cases")
    op.drop_table("products")
    op.drop_table("outside_identities")
    op.drop_table("memberships")
    op.drop_table("letters")
    op.drop_table("sign_in_attempts")
    op.drop_table("product_groups")
    op.drop_table("people")
    op.drop_table("organizations")
    op.drop_table("notes")
    op.drop_table("departments")
    op.drop_table("blobs")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION events_append_only()")
