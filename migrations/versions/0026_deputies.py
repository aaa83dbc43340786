"""Roles for a time: deputies of who is away."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FOR_A_TIME = (
    "deputy_for_id IS NULL OR (valid_from IS NOT NULL AND valid_until IS NOT NULL"
    " AND deputy_for_id <> user_id)"
)


def upgrade() -> None:
    with op.batch_alter_table("role_grant") as grant:
        grant.add_column(sa.Column("valid_from", sa.DateTime(timezone=True), nullable=True))
        grant.add_column(sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True))
        grant.add_column(sa.Column("deputy_for_id", sa.Integer(), nullable=True))
        grant.create_foreign_key(op.f("fk_role_grant_deputy_for_id"), "user", ["deputy_for_id"], ["id"])
        grant.create_check_constraint(op.f("ck_role_grant_ends_after_it_begins"), "valid_from < valid_until")
        grant.create_check_constraint(op.f("ck_role_grant_deputies_for_a_time"), FOR_A_TIME)
    op.create_index(op.f("ix_role_grant_deputy_for_id"), "role_grant", ["deputy_for_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_role_grant_deputy_for_id"), "role_grant")
    with op.batch_alter_table("role_grant") as grant:
        grant.drop_constraint(op.f("ck_role_grant_deputies_for_a_time"), type_="check")
        grant.drop_constraint(op.f("ck_role_grant_ends_after_it_begins"), type_="check")
        grant.drop_constraint(op.f("fk_role_grant_deputy_for_id"), type_="foreignkey")
        grant.drop_column("deputy_for_id")
        grant.drop_column("valid_until")
        grant.drop_column("valid_from")
