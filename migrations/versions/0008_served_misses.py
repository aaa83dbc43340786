"""Which miss a later booking made up for."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "served_miss",
        sa.Column("id", sa.BigInteger().with_variant(sa.INTEGER(), "sqlite"), nullable=False),
        sa.Column("miss_id", sa.BigInteger().with_variant(sa.INTEGER(), "sqlite"), nullable=False),
        sa.Column("occurrence_item_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_served_miss_minutes_positive")),
        sa.ForeignKeyConstraint(
            ["miss_id"], ["miss.id"], name=op.f("fk_served_miss_miss_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_item_id"],
            ["occurrence_item.id"],
            name=op.f("fk_served_miss_occurrence_item_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_served_miss")),
        sa.UniqueConstraint(
            "miss_id", "occurrence_item_id", name=op.f("uq_served_miss_miss_id_occurrence_item_id")
        ),
    )
    op.create_index(op.f("ix_served_miss_occurrence_item_id"), "served_miss", ["occurrence_item_id"])


def downgrade() -> None:
    op.drop_table("served_miss")
