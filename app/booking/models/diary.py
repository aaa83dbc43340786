"""Which line of a lab's old diary became which booking."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.models.booking import Booking
from app.booking.rules.diary import LONGEST_KEY
from app.core.db import UtcDateTime
from app.extensions import Model


class DiaryEntry(Model):
    """A line that was brought in: the same line again is known by its key."""

    __table_args__ = (
        UniqueConstraint("lab_id", "key"),
        UniqueConstraint("booking_id"),
        Index(None, "brought_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    brought_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    brought_at: Mapped[datetime] = mapped_column(UtcDateTime)

    booking: Mapped[Booking] = relationship()
