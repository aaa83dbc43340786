"""What people write to each other about a booking."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import UtcDateTime
from app.extensions import Model


class Comment(Model):
    """A word on a booking, to the other side or, internal, among the labs' staff only."""

    __table_args__ = (CheckConstraint("length(text) > 0", name="says_something"), Index(None, "booking_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(Text)
    is_internal: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    author: Mapped[User] = relationship()
    files: Mapped[list["CommentFile"]] = relationship(
        back_populates="comment", order_by="CommentFile.id", cascade="all, delete-orphan"
    )


class CommentFile(Model):
    """A file that came with a comment. The row is the truth: a file no row names is swept away."""

    __table_args__ = (UniqueConstraint("file"), Index(None, "comment_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    title: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(32))
    """Its random name on disk and in addresses."""

    comment: Mapped[Comment] = relationship(back_populates="files")
