"""What a thing takes along, and what came along with what was asked for."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # In one statement of both databases: much refers to equipment, and SQLite adds no CHECK later.
    op.execute(
        "ALTER TABLE equipment ADD COLUMN kind VARCHAR(32) DEFAULT 'instrument' NOT NULL"
        " CONSTRAINT ck_equipment_kind CHECK (kind IN ('instrument', 'accessory', 'room', 'people'))"
    )
    op.add_column(
        "equipment", sa.Column("is_lent_alone", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.create_table(
        "requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("needs_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("modes", sa.JSON(), nullable=False),
        sa.CheckConstraint("equipment_id <> needs_id", name=op.f("ck_requirement_not_itself")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_requirement_quantity_positive")),
        sa.CheckConstraint("quantity IS NOT NULL OR is_shared", name=op.f("ck_requirement_all_is_shared")),
        sa.ForeignKeyConstraint(["equipment_id"], ["equipment.id"], name=op.f("fk_requirement_equipment_id")),
        sa.ForeignKeyConstraint(["needs_id"], ["equipment.id"], name=op.f("fk_requirement_needs_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
        sa.UniqueConstraint("equipment_id", "needs_id", name=op.f("uq_requirement_equipment_id_needs_id")),
    )
    op.create_index(op.f("ix_requirement_needs_id"), "requirement", ["needs_id"])
    op.add_column(
        "occurrence_item", sa.Column("is_required", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "held_item",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("claimed_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_to", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_held_item_quantity_positive")),
        sa.CheckConstraint("claimed_from < claimed_to", name=op.f("ck_held_item_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["offer_id"], ["waitlist_offer.id"], name=op.f("fk_held_item_offer_id")),
        sa.ForeignKeyConstraint(["equipment_id"], ["equipment.id"], name=op.f("fk_held_item_equipment_id")),
        sa.PrimaryKeyConstraint("offer_id", "equipment_id", name=op.f("pk_held_item")),
    )
    op.create_index(op.f("ix_held_item_equipment_id"), "held_item", ["equipment_id"])


def downgrade() -> None:
    op.drop_table("held_item")
    op.drop_column("occurrence_item", "is_required")
    op.drop_table("requirement")
    op.drop_column("equipment", "is_lent_alone")
    op.drop_column("equipment", "kind")
