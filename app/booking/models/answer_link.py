"""Links in letters through which somebody answers without signing in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.booking.models.booking import Booking
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model


class AnswerPurpose(StrEnum):
    DECIDE = "decide"
    """Say yes or no for a lab."""
    ACCEPT = "accept"
    """Take the other time that a lab named."""


class AnswerLink(Model):
    """A link of one letter: for one person, about dates as they were when it was written.

    A date that changed since has another sequence and is not the link's any more. One of several labs that
    agree leaves the sequence as it is: so that the link does not serve again for whatever the same person
    is asked next, it is marked as used.
    """

    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("created_at < expires_at", name="expires_after_it_is_made"),
        Index(None, "user_id"),
        Index(None, "booking_id"),
        Index(None, "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    purpose: Mapped[AnswerPurpose] = mapped_column(text_enum(AnswerPurpose, name="purpose"))
    dates: Mapped[list[list[int]]] = mapped_column(JSON)
    """Pairs of a date's id and its sequence at the time of the letter."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()
    booking: Mapped[Booking] = relationship()
