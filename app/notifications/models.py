"""What people are told: a notice on the page, a mail in the outbox."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import UtcDateTime, text_enum
from app.core.event_log import LongId
from app.extensions import Model


class MailState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    """Taken by a sender whose lease is not over."""
    SENT = "sent"
    FAILED = "failed"
    """Given up after the last try; shown to admins."""


class Notice(Model):
    """A line in a person's list of news, in their language as it was when it was written."""

    __table_args__ = (
        UniqueConstraint("user_id", "dedup"),
        Index(None, "user_id", "read_at"),
        Index(None, "bundle"),
    )

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    dedup: Mapped[str] = mapped_column(String(120))
    """What makes it one notice however often its event is told: 'booking:17:approved:3'."""
    text: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(String(200))
    """Where it leads, relative to PUBLIC_URL."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    bundle: Mapped[str | None] = mapped_column(String(40))
    """What is taken back together with it."""


class Mail(Model):
    """A mail in the outbox: written with the change it tells of, sent after the commit.

    Delivered at least once with a fixed Message-ID, or visibly failed.
    """

    __table_args__ = (
        UniqueConstraint("dedup"),
        Index(None, "state", "due_at"),
        Index(None, "bundle"),
    )

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    dedup: Mapped[str] = mapped_column(String(160))
    """Event and recipient; a second one with the same key is not written."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    address: Mapped[str] = mapped_column(String(254))
    recipient_name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    is_secret: Mapped[bool] = mapped_column(default=False)
    """Its text holds a link that opens an account: it is wiped when the mail has left or is given up."""
    message_id: Mapped[str] = mapped_column(String(200))
    state: Mapped[MailState] = mapped_column(text_enum(MailState, name="state"), default=MailState.QUEUED)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Not before this (real) instant; moved on by back-off."""
    bundle: Mapped[str | None] = mapped_column(String(40))
    """What is taken back together with it, as long as none of it has left."""
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(400))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
