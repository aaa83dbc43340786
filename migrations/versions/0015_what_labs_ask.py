"""What labs ask of a booking: grid, quotas, authorisations, papers, hours of single days; and overrides."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "insurance",
                "safety_briefing",
                "liability",
                "identity",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_from <= valid_until", name=op.f("ck_paper_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user.id"], name=op.f("fk_paper_checked_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_paper_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    op.create_index(op.f("ix_paper_organisation_id"), "paper", ["organisation_id"])
    op.create_table(
        "dated_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["lab_id"], ["lab.id"], name=op.f("fk_dated_hours_lab_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dated_hours")),
        sa.UniqueConstraint("lab_id", "on", name=op.f("uq_dated_hours_lab_id_on")),
    )
    op.create_table(
        "authorisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "equipment_id IS NULL OR category_id IS NULL", name=op.f("ck_authorisation_for_one_thing")
        ),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_from <= valid_until",
            name=op.f("ck_authorisation_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_authorisation_category_id")),
        sa.ForeignKeyConstraint(
            ["equipment_id"], ["equipment.id"], name=op.f("fk_authorisation_equipment_id")
        ),
        sa.ForeignKeyConstraint(["granted_by_id"], ["user.id"], name=op.f("fk_authorisation_granted_by_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["lab.id"], name=op.f("fk_authorisation_lab_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_authorisation_user_id")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["user.id"], name=op.f("fk_authorisation_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisation")),
    )
    op.create_index(op.f("ix_authorisation_lab_id"), "authorisation", ["lab_id"])
    op.create_index(op.f("ix_authorisation_user_id"), "authorisation", ["user_id"])
    op.create_table(
        "equipment_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_equipment_hours_weekday")),
        sa.ForeignKeyConstraint(
            ["equipment_id"], ["equipment.id"], name=op.f("fk_equipment_hours_equipment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equipment_hours")),
        sa.UniqueConstraint(
            "equipment_id", "weekday", "opens", name=op.f("uq_equipment_hours_equipment_id_weekday_opens")
        ),
    )
    op.create_table(
        "override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_override_by_id")),
        sa.ForeignKeyConstraint(["equipment_id"], ["equipment.id"], name=op.f("fk_override_equipment_id")),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name=op.f("fk_override_occurrence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override")),
    )
    op.create_index(op.f("ix_override_at"), "override", ["at"])
    op.create_index(op.f("ix_override_occurrence_id"), "override", ["occurrence_id"])
    op.create_table(
        "quota_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "per",
            sa.Enum("week", "month", name="per", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("prime_opens", sa.Time(), nullable=True),
        sa.Column("prime_closes", sa.Time(), nullable=True),
        sa.Column("prime_weekdays", sa.JSON(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "organisation_kind",
            sa.Enum(
                "company",
                "university",
                "chamber",
                "guild",
                "industrial_town",
                "foundation",
                "other",
                name="organisation_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(prime_opens IS NULL) = (prime_closes IS NULL)",
            name=op.f("ck_quota_limit_prime_begins_and_ends"),
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_quota_limit_minutes")),
        sa.CheckConstraint(
            "organisation_id IS NULL OR organisation_kind IS NULL",
            name=op.f("ck_quota_limit_for_one_or_a_kind"),
        ),
        sa.ForeignKeyConstraint(["equipment_id"], ["equipment.id"], name=op.f("fk_quota_limit_equipment_id")),
        sa.ForeignKeyConstraint(["lab_id"], ["lab.id"], name=op.f("fk_quota_limit_lab_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_quota_limit_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_limit")),
    )
    op.create_index(op.f("ix_quota_limit_equipment_id"), "quota_limit", ["equipment_id"])
    op.create_index(op.f("ix_quota_limit_lab_id"), "quota_limit", ["lab_id"])
    op.create_table(
        "sample_duration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("up_to", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("up_to > 0 AND minutes > 0", name=op.f("ck_sample_duration_positive")),
        sa.ForeignKeyConstraint(
            ["equipment_id"], ["equipment.id"], name=op.f("fk_sample_duration_equipment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_duration")),
        sa.UniqueConstraint("equipment_id", "up_to", name=op.f("uq_sample_duration_equipment_id_up_to")),
    )
    op.add_column(
        "occurrence", sa.Column("is_late_cancel", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("policy") as batch_op:
        batch_op.add_column(sa.Column("grid_minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("external_horizon_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cancel_notice_minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("max_open_requests", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("needs_authorisation", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("needs_agreement", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("needs_papers", sa.JSON(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_policy_grid"), "grid_minutes >= 0")


def downgrade() -> None:
    with op.batch_alter_table("policy") as batch_op:
        batch_op.drop_constraint(op.f("ck_policy_grid"), type_="check")
        batch_op.drop_column("needs_papers")
        batch_op.drop_column("needs_agreement")
        batch_op.drop_column("needs_authorisation")
        batch_op.drop_column("max_open_requests")
        batch_op.drop_column("cancel_notice_minutes")
        batch_op.drop_column("external_horizon_days")
        batch_op.drop_column("grid_minutes")
    op.drop_column("occurrence", "is_late_cancel")
    op.drop_table("sample_duration")
    op.drop_table("quota_limit")
    op.drop_table("override")
    op.drop_table("equipment_hours")
    op.drop_table("authorisation")
    op.drop_table("dated_hours")
    op.drop_table("paper")
