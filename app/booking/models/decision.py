"""What somebody answered for a lab in one go, as long as it may be taken back."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.models.occurrence import Occurrence
from app.booking.rules.states import OccurrenceState
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model


class Obstacle(StrEnum):
    """Why an answer stands from the beginning: it did something to others, or to the time."""

    RIVALS = "rivals"
    """Others who asked for the time were turned down."""
    WAITLIST = "waitlist"
    """What became free is held for somebody who waited."""
    PROPOSED = "proposed"
    """Another time is held, and the one asked for given back."""


class Decision(Model):
    """An answer to one or several dates of a booking. Kept for a day; the history is in the events."""

    __table_args__ = (
        CheckConstraint("taken_back_at IS NULL OR obstacle IS NULL", name="what_stands_stands"),
        UniqueConstraint("bundle"),
        Index(None, "by_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    obstacle: Mapped[Obstacle | None] = mapped_column(text_enum(Obstacle, name="obstacle"))
    bundle: Mapped[str] = mapped_column(String(40))
    """What its letters and notices are known by; never used again, as an id may be."""
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    dates: Mapped[list["DecidedDate"]] = relationship(
        order_by="DecidedDate.id", cascade="all, delete-orphan", passive_deletes=True
    )


class DecidedDate(Model):
    """A date as the answer left it, and what is needed to put it back."""

    __table_args__ = (UniqueConstraint("decision_id", "occurrence_id"), Index(None, "occurrence_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"))
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id", ondelete="CASCADE"))
    state: Mapped[OccurrenceState] = mapped_column(text_enum(OccurrenceState, name="state"))
    sequence: Mapped[int]
    """With the state: whether something has happened to the date since."""
    reason_before: Mapped[str] = mapped_column(Text, default="")
    agreed: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Ids of the items for whose lab it was the yes."""
    cleared: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Ids of the items for which it was the safety officer's yes."""

    occurrence: Mapped[Occurrence] = relationship()
