"""Faults that people report, and plans of maintenance."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES = ("reported", "confirmed", "repaired", "dismissed")
USABILITIES = ("usable", "limited", "unusable")
PERS = ("day", "week", "month")


def upgrade() -> None:
    _faults()
    _maintenance()


def downgrade() -> None:
    op.drop_table("maintenance_done")
    op.drop_table("maintenance_plan")
    op.drop_table("fault_photo")
    op.drop_table("fault")


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _faults() -> None:
    op.create_table(
        "fault",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("usability", _enum(*USABILITIES, name="usability"), nullable=False),
        sa.Column("state", _enum(*STATES, name="state"), nullable=False),
        sa.Column("reported_by_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("known_as", sa.Text(), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_note", sa.Text(), nullable=False),
        *_facts_of_faults(),
        _reference("fault", "equipment_id", "equipment"),
        _reference("fault", "unit_id", "unit"),
        *(_reference("fault", f"{who}_by_id", "user") for who in ("reported", "confirmed", "closed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault")),
    )
    op.create_index(op.f("ix_fault_equipment_id_state"), "fault", ["equipment_id", "state"])
    op.create_index(op.f("ix_fault_reported_by_id"), "fault", ["reported_by_id"])
    op.create_table(
        "fault_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fault_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=False),
        sa.Column("thumbnail", sa.String(length=32), nullable=False),
        _reference("fault_photo", "fault_id", "fault"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault_photo")),
        *(
            sa.UniqueConstraint(column, name=op.f(f"uq_fault_photo_{column}"))
            for column in ("fault_id", "file", "thumbnail")
        ),
    )


def _facts_of_faults() -> list[sa.CheckConstraint]:
    facts = {
        "says_something": "length(text) > 0",
        "confirmed_by_somebody": (
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)"
            " AND (confirmed_at IS NULL) = (known_as IS NULL)"
        ),
        "reported_is_not_confirmed": "state <> 'reported' OR confirmed_at IS NULL",
        "confirmed_has_its_time": "state <> 'confirmed' OR confirmed_at IS NOT NULL",
        "closed_by_somebody": "(closed_at IS NULL) = (closed_by_id IS NULL)",
        "over_has_its_time": "(state IN ('repaired', 'dismissed')) = (closed_at IS NOT NULL)",
        "dismissed_with_reason": "state <> 'dismissed' OR length(closing_note) > 0",
    }
    return [sa.CheckConstraint(fact, name=op.f(f"ck_fault_{name}")) for name, fact in facts.items()]


def _maintenance() -> None:
    op.create_table(
        "maintenance_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("every", sa.Integer(), nullable=True),
        sa.Column("per", _enum(*PERS, name="per"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reminded_for", sa.Date(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_by_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(what) > 0", name=op.f("ck_maintenance_plan_says_something")),
        sa.CheckConstraint(
            "(every IS NULL) = (per IS NULL)", name=op.f("ck_maintenance_plan_interval_is_whole")
        ),
        sa.CheckConstraint("every > 0", name=op.f("ck_maintenance_plan_every_positive")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_maintenance_plan_minutes_positive")),
        sa.CheckConstraint(
            "(retired_at IS NULL) = (retired_by_id IS NULL)",
            name=op.f("ck_maintenance_plan_retired_by_somebody"),
        ),
        _reference("maintenance_plan", "equipment_id", "equipment"),
        _reference("maintenance_plan", "unit_id", "unit"),
        _reference("maintenance_plan", "created_by_id", "user"),
        _reference("maintenance_plan", "retired_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_plan")),
    )
    for column in ("equipment_id", "due_on"):
        op.create_index(op.f(f"ix_maintenance_plan_{column}"), "maintenance_plan", [column])
    op.create_table(
        "maintenance_done",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        _reference("maintenance_done", "plan_id", "maintenance_plan"),
        _reference("maintenance_done", "noted_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maintenance_done")),
        sa.UniqueConstraint("plan_id", "done_on", name=op.f("uq_maintenance_done_plan_id_done_on")),
    )
