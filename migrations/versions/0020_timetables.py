"""Teaching timetables: the classes of a term."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "timetable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_timetable_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["lab_id"], ["lab.id"], name=op.f("fk_timetable_lab_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_timetable_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timetable")),
    )
    op.create_index(op.f("ix_timetable_lab_id"), "timetable", ["lab_id"])
    weeks = sa.Enum(
        "every", "odd", "even", name="weeks", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "timetable_class",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("timetable_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("weeks", weeks, nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_timetable_class_weekday")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_timetable_class_ends_after_it_starts")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_timetable_class_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["timetable_id"], ["timetable.id"], name=op.f("fk_timetable_class_timetable_id")
        ),
        sa.ForeignKeyConstraint(
            ["equipment_id"], ["equipment.id"], name=op.f("fk_timetable_class_equipment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timetable_class")),
    )
    op.create_index(op.f("ix_timetable_class_timetable_id"), "timetable_class", ["timetable_id"])
    op.create_index(op.f("ix_timetable_class_equipment_id"), "timetable_class", ["equipment_id"])


def downgrade() -> None:
    op.drop_table("timetable_class")
    op.drop_table("timetable")
