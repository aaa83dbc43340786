"""Needs, and the evidence of each publication (append-only)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.core import append_only

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_fa", sa.String(length=200), nullable=True),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.Column("specification", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("from_gap", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "under_review",
                "published",
                "closed",
                "rejected",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "closing_reason",
            sa.Enum(
                "fulfilled",
                "met_by_purchase",
                "obsolete",
                "expired",
                "withdrawn",
                name="closing_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("closing_note", sa.Text(), nullable=False),
        sa.Column("rejected_reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_need_quantity_positive")),
        sa.CheckConstraint(
            "(state IN ('published', 'closed')) = (published_at IS NOT NULL)",
            name=op.f("ck_need_published_has_its_time"),
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL AND closing_reason IS NOT NULL)",
            name=op.f("ck_need_closed_has_its_reason"),
        ),
        sa.CheckConstraint(
            "closing_reason IS NULL OR closing_reason <> 'withdrawn' OR closing_note <> ''",
            name=op.f("ck_need_withdrawn_says_why"),
        ),
        sa.CheckConstraint(
            "(state = 'rejected') = (rejected_reason <> '')", name=op.f("ck_need_rejected_says_why")
        ),
        sa.ForeignKeyConstraint(["lab_id"], ["lab.id"], name=op.f("fk_need_lab_id")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_need_category_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["user.id"], name=op.f("fk_need_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    op.create_index(op.f("ix_need_state"), "need", ["state"])
    op.create_index(op.f("ix_need_lab_id"), "need", ["lab_id"])
    op.create_index(op.f("ix_need_category_id"), "need", ["category_id"])
    op.create_table(
        "need_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("computed_on", sa.Date(), nullable=False),
        sa.Column("window_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("formula", sa.String(length=20), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_need_evidence_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_evidence")),
    )
    op.create_index(op.f("ix_need_evidence_need_id"), "need_evidence", ["need_id"])
    for statement in append_only.statements(op.get_context().dialect.name, "need_evidence"):
        op.execute(statement)


def downgrade() -> None:
    for statement in append_only.drop_statements(op.get_context().dialect.name, "need_evidence"):
        op.execute(statement)
    op.drop_table("need_evidence")
    op.drop_table("need")
