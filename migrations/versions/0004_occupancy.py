"""The one table of time, capacities, and the triggers that keep them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.occupancy import invariants

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# SQLite numbers rows by itself only for INTEGER.
LONG_ID = sa.BigInteger().with_variant(sa.INTEGER(), "sqlite")

# Fourteen days: the bound of every search for claims (occupancy.models.LONGEST_CLAIM).
NOT_TOO_LONG = {
    "sqlite": "CAST(strftime('%s', ends_at) AS INTEGER)"
    " - CAST(strftime('%s', starts_at) AS INTEGER) <= 1209600",
    "postgresql": "ends_at - starts_at <= interval '14 days'",
}


def upgrade() -> None:
    op.create_table(
        "capacity_change",
        sa.Column("id", LONG_ID, nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("from_at < until_at", name=op.f("ck_capacity_change_ends_after_it_began")),
        sa.ForeignKeyConstraint(
            ["equipment_id"], ["equipment.id"], name=op.f("fk_capacity_change_equipment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_change")),
        sa.UniqueConstraint("equipment_id", "from_at", name=op.f("uq_capacity_change_equipment_id_from_at")),
    )
    op.create_table(
        "claim",
        sa.Column("id", LONG_ID, nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "booking",
                "hold",
                "maintenance",
                "outage",
                "closure",
                "timetable",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(NOT_TOO_LONG[op.get_context().dialect.name], name=op.f("ck_claim_not_too_long")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_claim_quantity_positive")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_claim_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["equipment_id"], ["equipment.id"], name=op.f("fk_claim_equipment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(
        op.f("ix_claim_equipment_id_starts_at_ends_at_quantity"),
        "claim",
        ["equipment_id", "starts_at", "ends_at", "quantity"],
    )
    op.create_index(op.f("ix_claim_kind_source_id"), "claim", ["kind", "source_id"])

    op.create_table(
        "equipment_capacity",
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_equipment_capacity_quantity_not_negative")),
        sa.ForeignKeyConstraint(
            ["equipment_id"], ["equipment.id"], name=op.f("fk_equipment_capacity_equipment_id")
        ),
        sa.PrimaryKeyConstraint("equipment_id", name=op.f("pk_equipment_capacity")),
    )
    op.create_table(
        "claim_unit",
        sa.Column("claim_id", LONG_ID, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("is_fixed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_unit_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_claim_unit_unit_id")),
        sa.PrimaryKeyConstraint("claim_id", "unit_id", name=op.f("pk_claim_unit")),
    )
    op.create_index(op.f("ix_claim_unit_unit_id"), "claim_unit", ["unit_id"])
    for statement in invariants.statements(op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in invariants.drop_statements(op.get_context().dialect.name):
        op.execute(statement)
    op.drop_table("claim_unit")
    op.drop_table("equipment_capacity")
    op.drop_table("claim")
    op.drop_table("capacity_change")
