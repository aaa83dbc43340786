"""A quota that holds as long as an agreement does."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ONE_OF_THEM = "agreement_id IS NULL OR (organisation_id IS NULL AND organisation_kind IS NULL)"


def upgrade() -> None:
    with op.batch_alter_table("quota_limit") as quota:
        quota.add_column(sa.Column("agreement_id", sa.Integer(), nullable=True))
        quota.create_foreign_key(op.f("fk_quota_limit_agreement_id"), "agreement", ["agreement_id"], ["id"])
        quota.create_check_constraint(op.f("ck_quota_limit_for_an_agreement"), ONE_OF_THEM)
    op.create_index(op.f("ix_quota_limit_agreement_id"), "quota_limit", ["agreement_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_quota_limit_agreement_id"), "quota_limit")
    with op.batch_alter_table("quota_limit") as quota:
        quota.drop_constraint(op.f("ck_quota_limit_for_an_agreement"), type_="check")
        quota.drop_constraint(op.f("fk_quota_limit_agreement_id"), type_="foreignkey")
        quota.drop_column("agreement_id")
