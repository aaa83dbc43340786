"""Misses: what was wanted and could not be had."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
LONG_ID = sa.BigInteger().with_variant(sa.INTEGER(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "miss",
        sa.Column("id", LONG_ID, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("wish_key", sa.String(length=64), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("lab_id", sa.Integer(), nullable=True),
        sa.Column("query", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("wanted_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "capacity",
                "outage",
                "policy",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "none",
                "too_late",
                "waitlist_expired",
                "declined",
                "out_of_service",
                "refused_by_rule",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("verdict_code", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_miss_minutes_positive")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_miss_quantity_positive")),
        sa.CheckConstraint("wanted_from < wanted_to", name=op.f("ck_miss_window")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_miss_category_id")),
        sa.ForeignKeyConstraint(["equipment_id"], ["equipment.id"], name=op.f("fk_miss_equipment_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["lab.id"], name=op.f("fk_miss_lab_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_miss_organisation_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_miss_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_miss")),
        sa.UniqueConstraint(
            "organisation_id", "wish_key", "on", name=op.f("uq_miss_organisation_id_wish_key_on")
        ),
    )
    op.create_index(op.f("ix_miss_category_id_on"), "miss", ["category_id", "on"])
    op.create_index(op.f("ix_miss_equipment_id_on"), "miss", ["equipment_id", "on"])


def downgrade() -> None:
    op.drop_table("miss")
