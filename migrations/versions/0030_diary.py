"""Which line of an old diary became which booking."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "diary_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("brought_by_id", sa.Integer(), nullable=False),
        sa.Column("brought_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lab_id"], ["lab.id"], name=op.f("fk_diary_entry_lab_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_diary_entry_booking_id")),
        sa.ForeignKeyConstraint(["brought_by_id"], ["user.id"], name=op.f("fk_diary_entry_brought_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_entry")),
        sa.UniqueConstraint("lab_id", "key", name=op.f("uq_diary_entry_lab_id_key")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_diary_entry_booking_id")),
    )
    op.create_index(op.f("ix_diary_entry_brought_by_id"), "diary_entry", ["brought_by_id"])


def downgrade() -> None:
    op.drop_table("diary_entry")
