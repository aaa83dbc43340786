"""Requests that compete, and the second yes of a safety officer."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    second = sa.Enum(
        "never",
        "hazards",
        "always",
        name="second_approval",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    with op.batch_alter_table("policy") as policy:
        policy.add_column(sa.Column("requests_compete", sa.Boolean(), nullable=True))
        policy.add_column(sa.Column("second_approval", second, nullable=True))
    op.add_column(
        "occurrence", sa.Column("competes", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("occurrence_item") as item:
        item.add_column(sa.Column("needs_safety", sa.Boolean(), nullable=False, server_default=sa.false()))
        item.add_column(sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
        item.add_column(sa.Column("cleared_by_id", sa.Integer(), nullable=True))
        item.create_foreign_key(op.f("fk_occurrence_item_cleared_by_id"), "user", ["cleared_by_id"], ["id"])
        item.create_check_constraint(
            op.f("ck_occurrence_item_cleared_by_somebody_else"), "cleared_by_id <> agreed_by_id"
        )


def downgrade() -> None:
    with op.batch_alter_table("occurrence_item") as item:
        item.drop_constraint(op.f("ck_occurrence_item_cleared_by_somebody_else"), type_="check")
        item.drop_constraint(op.f("fk_occurrence_item_cleared_by_id"), type_="foreignkey")
        item.drop_column("cleared_by_id")
        item.drop_column("cleared_at")
        item.drop_column("needs_safety")
    op.drop_column("occurrence", "competes")
    with op.batch_alter_table("policy") as policy:
        policy.drop_constraint(op.f("ck_policy_second_approval"), type_="check")
        policy.drop_column("second_approval")
        policy.drop_column("requests_compete")
