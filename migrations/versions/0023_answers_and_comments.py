"""Links to answer from a letter, refusals that are kept ready, and comments with files."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "answer_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("purpose", _words("purpose", "decide", "accept"), nullable=False),
        sa.Column("dates", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("created_at < expires_at", name=op.f("ck_answer_link_expires_after_it_is_made")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_answer_link_user_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_answer_link_booking_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_answer_link_token_hash")),
    )
    op.create_index(op.f("ix_answer_link_user_id"), "answer_link", ["user_id"])
    op.create_index(op.f("ix_answer_link_booking_id"), "answer_link", ["booking_id"])
    op.create_index(op.f("ix_answer_link_expires_at"), "answer_link", ["expires_at"])
    op.create_table(
        "refusal_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lab_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason_code",
            _words("reason_code", "capacity", "not_authorised", "unsuitable", "safety", "paperwork", "other"),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_refusal_template_position")),
        sa.ForeignKeyConstraint(["lab_id"], ["lab.id"], name=op.f("fk_refusal_template_lab_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal_template")),
    )
    op.create_index(op.f("ix_refusal_template_lab_id"), "refusal_template", ["lab_id"])
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_comment_says_something")),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_comment_booking_id")),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_comment_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_booking_id"), "comment", ["booking_id"])
    op.create_table(
        "comment_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_file_comment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_file")),
        sa.UniqueConstraint("file", name=op.f("uq_comment_file_file")),
    )
    op.create_index(op.f("ix_comment_file_comment_id"), "comment_file", ["comment_id"])


def downgrade() -> None:
    for table in ("comment_file", "comment", "refusal_template", "answer_link"):
        op.drop_table(table)
