"""How early somebody was warned that their authorisation ends."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("authorisation", sa.Column("warned_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("authorisation", "warned_days")
