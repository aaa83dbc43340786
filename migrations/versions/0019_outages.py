"""Time in which equipment cannot be used, and what gave way to it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES = (
    "requested",
    "proposed",
    "approved",
    "in_use",
    "completed",
    "no_show",
    "declined",
    "cancelled",
    "expired",
    "displaced",
)
PLACES = ("equipment", "lab", "site")


def upgrade() -> None:
    op.create_table(
        "outage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _enum("maintenance", "outage", "closure", name="kind"), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=True),
        sa.Column("lab_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_by_id", sa.Integer(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            " + ".join(f"(CASE WHEN {place}_id IS NULL THEN 0 ELSE 1 END)" for place in PLACES) + " = 1",
            name=op.f("ck_outage_one_place"),
        ),
        sa.CheckConstraint(
            "equipment_id IS NOT NULL OR unit_id IS NULL", name=op.f("ck_outage_unit_of_equipment")
        ),
        sa.CheckConstraint(
            "equipment_id IS NOT NULL OR quantity IS NULL", name=op.f("ck_outage_number_of_equipment")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_outage_quantity_positive")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_outage_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["declared_by_id"], ["user.id"], name=op.f("fk_outage_declared_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_outage_unit_id")),
        *(
            sa.ForeignKeyConstraint([f"{place}_id"], [f"{place}.id"], name=op.f(f"fk_outage_{place}_id"))
            for place in PLACES
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    for column in ("ends_at", *(f"{place}_id" for place in PLACES)):
        op.create_index(op.f(f"ix_outage_{column}"), "outage", [column])
    op.create_table(
        "outage_unit",
        sa.Column("outage_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["outage_id"], ["outage.id"], name=op.f("fk_outage_unit_outage_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_outage_unit_unit_id")),
        sa.PrimaryKeyConstraint("outage_id", "unit_id", name=op.f("pk_outage_unit")),
    )
    op.create_table(
        "displacement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outage_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("from_state", _enum(*STATES, name="from_state"), nullable=False),
        sa.Column("from_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["outage_id"], ["outage.id"], name=op.f("fk_displacement_outage_id")),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_displacement_occurrence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_displacement")),
    )
    op.create_index(op.f("ix_displacement_outage_id"), "displacement", ["outage_id"])
    op.create_index(op.f("ix_displacement_occurrence_id"), "displacement", ["occurrence_id"])


def downgrade() -> None:
    op.drop_table("displacement")
    op.drop_table("outage_unit")
    op.drop_table("outage")


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
