"""Prices, and quotes for bookings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

UNITS = ("hour", "sample", "use")
CLASSES = ("internal", "academic", "industry")


def upgrade() -> None:
    op.add_column("site", sa.Column("charges", sa.Boolean(), nullable=False, server_default=sa.false()))
    _prices()
    _quotes()


def downgrade() -> None:
    op.drop_table("quote_line")
    op.drop_table("quote")
    op.drop_table("price_line")
    op.drop_table("price_list")
    op.drop_column("site", "charges")


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _prices() -> None:
    op.create_table(
        "price_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_price_list_currency")),
        sa.ForeignKeyConstraint(["equipment_id"], ["equipment.id"], name=op.f("fk_price_list_equipment_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["lab.id"], name=op.f("fk_price_list_lab_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_price_list_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_list")),
    )
    for column, where in (
        ("lab_id", "equipment_id IS NULL"),
        ("equipment_id", "equipment_id IS NOT NULL"),
    ):
        op.create_index(
            f"uq_price_list_{column}_valid_from",
            "price_list",
            [column, "valid_from"],
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    op.create_table(
        "price_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("price_list_id", sa.Integer(), nullable=False),
        sa.Column("unit", _enum(*UNITS, name="unit"), nullable=False),
        sa.Column("user_class", _enum(*CLASSES, name="user_class"), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_price_line_amount")),
        sa.CheckConstraint("minimum IS NULL OR minimum >= 0", name=op.f("ck_price_line_minimum")),
        sa.ForeignKeyConstraint(
            ["price_list_id"], ["price_list.id"], name=op.f("fk_price_line_price_list_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_line")),
    )
    op.create_index(op.f("ix_price_line_price_list_id"), "price_line", ["price_list_id"])


def _quotes() -> None:
    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("purchase_order", sa.String(length=60), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_quote_number")),
        sa.CheckConstraint("total >= 0", name=op.f("ck_quote_total")),
        sa.CheckConstraint(
            "(paid_at IS NULL) = (paid_by_id IS NULL)", name=op.f("ck_quote_paid_by_somebody")
        ),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_quote_booking_id")),
        sa.ForeignKeyConstraint(["paid_by_id"], ["user.id"], name=op.f("fk_quote_paid_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        sa.UniqueConstraint("booking_id", "number", name=op.f("uq_quote_booking_id_number")),
    )
    op.create_index(
        "uq_quote_current",
        "quote",
        ["booking_id"],
        unique=True,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table(
        "quote_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_fa", sa.String(length=200), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("unit", _enum(*UNITS, name="unit"), nullable=False),
        sa.Column("user_class", _enum(*CLASSES, name="user_class"), nullable=True),
        sa.Column("measure", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_amount", sa.BigInteger(), nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_quote_line_ends_after_it_starts")),
        sa.CheckConstraint("measure > 0 AND quantity > 0", name=op.f("ck_quote_line_measure")),
        sa.CheckConstraint("unit_amount >= 0 AND amount >= 0", name=op.f("ck_quote_line_amount")),
        sa.ForeignKeyConstraint(["equipment_id"], ["equipment.id"], name=op.f("fk_quote_line_equipment_id")),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_quote_line_occurrence_id")
        ),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name=op.f("fk_quote_line_quote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_line")),
    )
    op.create_index(op.f("ix_quote_line_quote_id"), "quote_line", ["quote_id"])
    op.create_index(op.f("ix_quote_line_occurrence_id"), "quote_line", ["occurrence_id"])
