"""An answer may be taken back for half a minute, and its letters wait as long."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES = (
    "requested",
    "proposed",
    "approved",
    "in_use",
    "completed",
    "no_show",
    "declined",
    "cancelled",
    "expired",
    "displaced",
)


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("obstacle", sa.String(length=32), nullable=True),
        sa.Column("bundle", sa.String(length=40), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "taken_back_at IS NULL OR obstacle IS NULL", name=op.f("ck_decision_what_stands_stands")
        ),
        sa.CheckConstraint(
            "obstacle IN ('rivals', 'waitlist', 'proposed')", name=op.f("ck_decision_obstacle")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_decision_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("bundle", name=op.f("uq_decision_bundle")),
    )
    op.create_index(op.f("ix_decision_by_id_at"), "decision", ["by_id", "at"])
    op.create_table(
        "decided_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reason_before", sa.Text(), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("cleared", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state IN (" + ", ".join(f"'{state}'" for state in STATES) + ")",
            name=op.f("ck_decided_date_state"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_decided_date_decision_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            name=op.f("fk_decided_date_occurrence_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decided_date")),
        sa.UniqueConstraint(
            "decision_id", "occurrence_id", name=op.f("uq_decided_date_decision_id_occurrence_id")
        ),
    )
    op.create_index(op.f("ix_decided_date_occurrence_id"), "decided_date", ["occurrence_id"])
    for table in ("mail", "notice"):
        op.add_column(table, sa.Column("bundle", sa.String(length=40), nullable=True))
        op.create_index(op.f(f"ix_{table}_bundle"), table, ["bundle"])


def downgrade() -> None:
    for table in ("notice", "mail"):
        op.drop_index(op.f(f"ix_{table}_bundle"), table)
        op.drop_column(table, "bundle")
    op.drop_table("decided_date")
    op.drop_table("decision")
