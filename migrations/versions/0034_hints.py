"""A person may put away what the pages say of themselves."""

from collections.abc import Sequence

from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # In one statement: other tables refer to this one, and SQLite would have to build it anew.
    op.execute("""ALTER TABLE "user" ADD COLUMN hints_seen JSON DEFAULT '[]' NOT NULL""")


def downgrade() -> None:
    op.drop_column("user", "hints_seen")
