"""Files of offers, and offers of people without an account."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "guest_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation_name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("line", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_guest_offer_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_offer")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_guest_offer_token_hash")),
    )
    op.create_index(op.f("ix_guest_offer_expires_at"), "guest_offer", ["expires_at"])
    op.create_table(
        "offer_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("guest_offer_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("photo", "agreement", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=False),
        sa.Column("thumbnail", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(offer_id IS NULL) <> (guest_offer_id IS NULL)", name=op.f("ck_offer_file_of_one_offer")
        ),
        sa.CheckConstraint(
            "kind <> 'photo' OR thumbnail IS NOT NULL", name=op.f("ck_offer_file_photo_has_thumbnail")
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_offer_file_offer_id")),
        sa.ForeignKeyConstraint(
            ["guest_offer_id"], ["guest_offer.id"], name=op.f("fk_offer_file_guest_offer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_file")),
        sa.UniqueConstraint("file", name=op.f("uq_offer_file_file")),
        sa.UniqueConstraint("thumbnail", name=op.f("uq_offer_file_thumbnail")),
    )
    op.create_index(op.f("ix_offer_file_offer_id"), "offer_file", ["offer_id"])
    op.create_index(op.f("ix_offer_file_guest_offer_id"), "offer_file", ["guest_offer_id"])


def downgrade() -> None:
    op.drop_table("offer_file")
    op.drop_table("guest_offer")
