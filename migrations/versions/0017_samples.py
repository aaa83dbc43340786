"""What becomes of samples: received, results, returned."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("booking", sa.Column("samples_received_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("booking", sa.Column("samples_returned_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "result_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_result_file_booking_id")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["user.id"], name=op.f("fk_result_file_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_file")),
        sa.UniqueConstraint("file", name=op.f("uq_result_file_file")),
    )
    op.create_index(op.f("ix_result_file_booking_id"), "result_file", ["booking_id"])


def downgrade() -> None:
    op.drop_table("result_file")
    op.drop_column("booking", "samples_returned_at")
    op.drop_column("booking", "samples_received_at")
