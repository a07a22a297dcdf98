"""Lanes of partners and suppliers, tasks, what can be taken back, notices by mail.

Columns are added, never rebuilt: SQLite copies a whole table for anything else. What is there already is
told the same in the new columns: whose lane it is, which department or organization has the ball, and how
long each requester was waited for.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
OPEN = "merged_into_id IS NULL AND state IN ('new','open')"

REFERENCES = (
    # a table, its new column, what it refers to
    ("cases", "ball_department_id", "departments"),
    ("cases", "ball_organization_id", "organizations"),
    ("lanes", "party_id", "parties"),
    ("grants", "task_id", "tasks"),
    ("holdings", "lane_id", "lanes"),
    ("holdings", "department_id", "departments"),
    ("holdings", "organization_id", "organizations"),
)
COLUMNS = (
    # a table, its new column, what it holds, and more about it
    ("parties", "asked_at", MOMENT, {"nullable": True}),
    ("lanes", "answers", JSON, {"nullable": True}),
    ("messages", "follows", JSON, {"nullable": True}),
    ("notices", "mail_at", MOMENT, {"nullable": True}),
    ("notices", "mail_tries", BIGINT, {"nullable": False, "server_default": sa.text("0")}),
    ("notices", "mailed_at", MOMENT, {"nullable": True}),
    ("people", "mails", sa.Boolean(), {"nullable": False, "server_default": sa.true()}),
)
TOLD_THE_SAME = (
    "UPDATE lanes SET party_id = (SELECT p.id FROM parties p WHERE p.case_id = lanes.case_id"
    " AND p.role = 'requester' AND p.organization_id IS NOT NULL) WHERE kind = 'requester'",
    "UPDATE cases SET ball_department_id = department_id WHERE ball = 'us'",
    "UPDATE cases SET ball_organization_id = organization_id WHERE ball = 'requester'",
    "UPDATE holdings SET organization_id = (SELECT c.organization_id FROM cases c WHERE c.id = holdings.case_id)"
    " WHERE party_id IS NULL AND holder = 'requester'",
    # The department that has the case now may not have had it then, but it is the one that still does.
    "UPDATE holdings SET department_id = (SELECT c.department_id FROM cases c WHERE c.id = holdings.case_id)"
    " WHERE party_id IS NULL AND holder = 'us' AND ended_at > '9999-01-01'",
    "INSERT INTO holdings (case_id, lane_id, holder, organization_id, began_at, ended_at)"
    " SELECT h.case_id, l.id, h.holder, h.organization_id, h.began_at, h.ended_at FROM holdings h"
    " JOIN lanes l ON l.case_id = h.case_id AND l.kind = 'requester'"
    " WHERE h.party_id IS NULL AND h.holder = 'requester'",
)


def upgrade() -> None:
    _tasks()
    # SQLite adds a reference only together with its column, PostgreSQL would give such a one a name of its own.
    inline = op.get_context().dialect.name == "sqlite"
    for table, name, target in REFERENCES:
        reference = sa.ForeignKey(f"{target}.id", name=op.f(f"fk_{table}_{name}"))
        op.add_column(table, sa.Column(name, BIGINT, reference, nullable=True), inline_references=inline)
    for table, name, kind, more in COLUMNS:
        op.add_column(table, sa.Column(name, kind, **more))
    for statement in TOLD_THE_SAME:
        op.execute(statement)
    _indexes()


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", BIGINT, nullable=False),
        sa.Column("case_id", BIGINT, nullable=False),
        sa.Column("lane_id", BIGINT, nullable=False),
        sa.Column("department_id", BIGINT, nullable=False),
        sa.Column("assignee_id", BIGINT, nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("asked_by_id", BIGINT, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.String(length=9), nullable=False),
        sa.Column("done_at", MOMENT, nullable=False),
        sa.Column("done_by_id", BIGINT, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('work','approval')", name=op.f("ck_tasks_kind")),
        sa.CheckConstraint(
            "outcome IN ('','done','approved','refused','cancelled')", name=op.f("ck_tasks_outcome")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["memberships.id"], name=op.f("fk_tasks_asked_by_id")),
        sa.ForeignKeyConstraint(["assignee_id"], ["memberships.id"], name=op.f("fk_tasks_assignee_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_tasks_case_id")),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_tasks_department_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["memberships.id"], name=op.f("fk_tasks_done_by_id")),
        sa.ForeignKeyConstraint(["lane_id"], ["lanes.id"], name=op.f("fk_tasks_lane_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_case_id"), "tasks", ["case_id"])
    _partial("ix_tasks_open", "tasks", ["department_id", "due_at", "id"], "outcome = ''")


def _indexes() -> None:
    op.drop_index("ix_cases_due", table_name="cases")
    held = "merged_into_id IS NULL AND ball_department_id IS NOT NULL"
    _partial("ix_cases_ball", "cases", ["ball_department_id", "due_at", "id"], held)
    _partial("ix_lanes_asked", "lanes", ["id"], "kind IN ('partner','supplier') AND state = 'open'")
    op.create_index(op.f("ix_grants_task_id"), "grants", ["task_id"])
    _partial("ix_messages_leaving", "messages", ["visible_from"], "follows IS NOT NULL")
    _partial("ix_notices_mail", "notices", ["mail_at"], "mail_at IS NOT NULL")


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    """Back to one lane outside: what was said in the others is gone with them, so only for an empty house."""
    for name, table in (
        ("ix_notices_mail", "notices"),
        ("ix_messages_leaving", "messages"),
        ("ix_grants_task_id", "grants"),
        ("ix_cases_ball", "cases"),
        ("ix_lanes_asked", "lanes"),
    ):
        op.drop_index(name, table_name=table)
    _partial("ix_cases_due", "cases", ["department_id", "due_at", "id"], OPEN)
    op.execute("DELETE FROM holdings WHERE lane_id IS NOT NULL")
    for table, name, _kind, _more in reversed(COLUMNS):
        op.drop_column(table, name)
    for table, name, _target in reversed(REFERENCES):
        op.drop_column(table, name)
    op.drop_index("ix_tasks_open", table_name="tasks")
    op.drop_index(op.f("ix_tasks_case_id"), table_name="tasks")
    op.drop_table("tasks")

