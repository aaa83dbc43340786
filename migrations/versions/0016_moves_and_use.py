"""Who came, who left and when; what a lab says of those who do not come, and of small moves."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INSTANTS = ("came_at", "left_at", "planned_ends_at")
MINUTES = ("no_show_after_minutes", "small_move_minutes")


def upgrade() -> None:
    for name in INSTANTS:
        op.add_column("occurrence", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    for name in MINUTES:
        op.add_column("policy", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in MINUTES:
        op.drop_column("policy", name)
    for name in INSTANTS:
        op.drop_column("occurrence", name)
