"""Offers, what was promised of them, what arrived, and how it went into service."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.core import append_only

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


WRITTEN_ONCE = ("acquisition", "donated_unit", "inspection", "commissioning")
"""From the gift to the unit nothing is edited: what was wrong is said in a new row."""


def upgrade() -> None:
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "in_review",
                "accepted",
                "declined",
                "withdrawn",
                "lapsed",
                "agreed",
                "delivering",
                "in_service",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'declined') = (decline_reason <> '')", name=op.f("ck_offer_declined_has_a_reason")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'withdrawn') OR answer_by IS NOT NULL",
            name=op.f("ck_offer_is_answered"),
        ),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_offer_agreement_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["user.id"], name=op.f("fk_offer_contact_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_offer_decided_by_id")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["user.id"], name=op.f("fk_offer_offered_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_offer_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index(op.f("ix_offer_organisation_id"), "offer", ["organisation_id"])
    op.create_index(op.f("ix_offer_state"), "offer", ["state"])
    op.create_table(
        "consignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_consignment_offer_id")),
        sa.ForeignKeyConstraint(["received_by_id"], ["user.id"], name=op.f("fk_consignment_received_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consignment")),
    )
    op.create_index(op.f("ix_consignment_offer_id"), "consignment", ["offer_id"])
    op.create_table(
        "offer_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "condition",
            sa.Enum(
                "new",
                "good",
                "used",
                "for_parts",
                name="condition",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("value_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column(
            "value_basis",
            sa.Enum(
                "donor_declared",
                "appraisal",
                "market",
                "invoice",
                "book",
                name="value_basis",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(value_minor IS NULL) = (currency IS NULL) AND (value_minor IS NULL) = (value_basis IS NULL)",
            name=op.f("ck_offer_line_a_value_says_of_what_kind"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_offer_line_quantity_positive")),
        sa.CheckConstraint(
            "value_minor IS NULL OR value_minor >= 0", name=op.f("ck_offer_line_value_not_negative")
        ),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_offer_line_category_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_offer_line_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_line")),
    )
    op.create_index(op.f("ix_offer_line_offer_id"), "offer_line", ["offer_id"])
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "reserved",
                "converted",
                "standby",
                "released",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_allocation_quantity_positive")),
        sa.ForeignKeyConstraint(["line_id"], ["offer_line.id"], name=op.f("fk_allocation_line_id")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_allocation_need_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
    )
    op.create_index(op.f("ix_allocation_line_id"), "allocation", ["line_id"])
    op.create_index(op.f("ix_allocation_need_id_state"), "allocation", ["need_id", "state"])
    op.create_table(
        "consignment_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consignment_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "received + damaged + refused > 0", name=op.f("ck_consignment_line_something_came")
        ),
        sa.CheckConstraint(
            "received >= 0 AND damaged >= 0 AND refused >= 0", name=op.f("ck_consignment_line_counts")
        ),
        sa.ForeignKeyConstraint(
            ["consignment_id"], ["consignment.id"], name=op.f("fk_consignment_line_consignment_id")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["offer_line.id"], name=op.f("fk_consignment_line_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consignment_line")),
        sa.UniqueConstraint(
            "consignment_id", "line_id", name=op.f("uq_consignment_line_consignment_id_line_id")
        ),
    )
    op.create_table(
        "commissioning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("commissioned_by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["commissioned_by_id"], ["user.id"], name=op.f("fk_commissioning_commissioned_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_commissioning_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commissioning")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_commissioning_unit_id")),
    )
    op.create_table(
        "donated_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("consignment_line_id", sa.Integer(), nullable=False),
        sa.Column("allocation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["allocation_id"], ["allocation.id"], name=op.f("fk_donated_unit_allocation_id")
        ),
        sa.ForeignKeyConstraint(
            ["consignment_line_id"], ["consignment_line.id"], name=op.f("fk_donated_unit_consignment_line_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_donated_unit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donated_unit")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_donated_unit_unit_id")),
    )
    op.create_index(op.f("ix_donated_unit_allocation_id"), "donated_unit", ["allocation_id"])
    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum("pass", "fail", name="result", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("inspected_by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["inspected_by_id"], ["user.id"], name=op.f("fk_inspection_inspected_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_inspection_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index(op.f("ix_inspection_unit_id"), "inspection", ["unit_id"])
    for table in WRITTEN_ONCE:
        for statement in append_only.statements(op.get_context().dialect.name, table):
            op.execute(statement)


def downgrade() -> None:
    for table in WRITTEN_ONCE:
        for statement in append_only.drop_statements(op.get_context().dialect.name, table):
            op.execute(statement)
    op.drop_table("inspection")
    op.drop_table("donated_unit")
    op.drop_table("commissioning")
    op.drop_table("consignment_line")
    op.drop_table("allocation")
    op.drop_table("offer_line")
    op.drop_table("consignment")
    op.drop_table("offer")
