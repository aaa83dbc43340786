"""When somebody was reminded of a request, and when others were told."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("occurrence", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("occurrence", sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("occurrence", "escalated_at")
    op.drop_column("occurrence", "reminded_at")
