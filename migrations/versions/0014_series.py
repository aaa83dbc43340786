"""Bookings that come again: their rule, and dates of it that could not be had."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("booking", sa.Column("rrule", sa.Text(), nullable=True))
    op.add_column("booking", sa.Column("exdates", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "skipped_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_skipped_date_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_skipped_date_booking_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skipped_date")),
    )
    op.create_index(op.f("ix_skipped_date_booking_id"), "skipped_date", ["booking_id"])


def downgrade() -> None:
    op.drop_table("skipped_date")
    op.drop_column("booking", "exdates")
    op.drop_column("booking", "rrule")
