"""Bookings, their dates and items, and policies."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("requester_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "self",
                "operator",
                "samples",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("samples", sa.JSON(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_booking_organisation_id")
        ),
        sa.ForeignKeyConstraint(["requester_id"], ["user.id"], name=op.f("fk_booking_requester_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("reference", name=op.f("uq_booking_reference")),
    )
    op.create_index(op.f("ix_booking_organisation_id"), "booking", ["organisation_id"])
    op.create_index(op.f("ix_booking_requester_id"), "booking", ["requester_id"])

    op.create_table(
        "booking_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_booking_person_booking_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_person")),
    )
    op.create_index(op.f("ix_booking_person_booking_id"), "booking_person", ["booking_id"])

    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
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
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "reason_code",
            sa.Enum(
                "capacity",
                "not_authorised",
                "unsuitable",
                "safety",
                "paperwork",
                "other",
                name="reason_code",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'declined') = (reason_code IS NOT NULL)",
            name=op.f("ck_occurrence_declined_has_a_reason"),
        ),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_occurrence_sequence")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_occurrence_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_occurrence_booking_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_occurrence_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
    )
    op.create_index(op.f("ix_occurrence_booking_id"), "occurrence", ["booking_id"])
    op.create_index(op.f("ix_occurrence_ends_at"), "occurrence", ["ends_at"])
    op.create_index(op.f("ix_occurrence_state_starts_at"), "occurrence", ["state", "starts_at"])

    op.create_table(
        "occurrence_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("setup_minutes", sa.Integer(), nullable=False),
        sa.Column("cleanup_minutes", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_occurrence_item_quantity_positive")),
        sa.CheckConstraint(
            "setup_minutes >= 0 AND cleanup_minutes >= 0", name=op.f("ck_occurrence_item_buffers")
        ),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["user.id"], name=op.f("fk_occurrence_item_agreed_by_id")),
        sa.ForeignKeyConstraint(
            ["equipment_id"], ["equipment.id"], name=op.f("fk_occurrence_item_equipment_id")
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_occurrence_item_occurrence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence_item")),
        sa.UniqueConstraint(
            "occurrence_id", "equipment_id", name=op.f("uq_occurrence_item_occurrence_id_equipment_id")
        ),
    )
    op.create_index(op.f("ix_occurrence_item_equipment_id"), "occurrence_item", ["equipment_id"])

    op.create_table(
        "policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=True),
        sa.Column("equipment_id", sa.Integer(), nullable=True),
        sa.Column("min_minutes", sa.Integer(), nullable=True),
        sa.Column("max_minutes", sa.Integer(), nullable=True),
        sa.Column("notice_minutes", sa.Integer(), nullable=True),
        sa.Column("horizon_days", sa.Integer(), nullable=True),
        sa.Column("setup_minutes", sa.Integer(), nullable=True),
        sa.Column("cleanup_minutes", sa.Integer(), nullable=True),
        sa.Column("needs_approval", sa.Boolean(), nullable=True),
        sa.Column("answer_within_minutes", sa.Integer(), nullable=True),
        sa.Column("outside_hours", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(lab_id IS NULL) <> (equipment_id IS NULL)", name=op.f("ck_policy_of_a_lab_or_an_equipment")
        ),
        sa.CheckConstraint("min_minutes <= max_minutes", name=op.f("ck_policy_shortest_first")),
        sa.ForeignKeyConstraint(["equipment_id"], ["equipment.id"], name=op.f("fk_policy_equipment_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["lab.id"], name=op.f("fk_policy_lab_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.UniqueConstraint("equipment_id", name=op.f("uq_policy_equipment_id")),
        sa.UniqueConstraint("lab_id", name=op.f("uq_policy_lab_id")),
    )


def downgrade() -> None:
    op.drop_table("policy")
    op.drop_table("occurrence_item")
    op.drop_table("occurrence")
    op.drop_table("booking_person")
    op.drop_table("booking")
