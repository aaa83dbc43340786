"""Dates of a series that could not be had when it was asked for."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import UtcDateTime
from app.core.spans import Span
from app.extensions import Model


class SkippedDate(Model):
    """A date of the rule that was left out, and why: it can be added while the time lies ahead."""

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        Index(None, "booking_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    why: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """What stood in the way then: {"equipment", "code"} of a rule, {"equipment", "kind"} of a claim."""

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)
