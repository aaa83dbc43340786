"""What the gate is told of who comes, and who stands there."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("booking_person", sa.Column("identity", sa.String(40), nullable=True))
    op.add_column("booking_person", sa.Column("plate", sa.String(20), nullable=True))


def downgrade() -> None:
    op.drop_column("booking_person", "plate")
    op.drop_column("booking_person", "identity")
