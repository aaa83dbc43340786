"""What was asked for: by whom, for whom, what for."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model
from app.inventory.models import Mode

if TYPE_CHECKING:
    from app.booking.models.occurrence import Occurrence
    from app.booking.models.skipped import SkippedDate


class Booking(Model):
    """A request for equipment with everything that is common to its dates. Its state is theirs."""

    __table_args__ = (
        UniqueConstraint("reference"),
        Index(None, "organisation_id"),
        Index(None, "requester_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20))
    """What people read to each other: 'KG-7F3KQ2'."""
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    requester_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    purpose: Mapped[str] = mapped_column(Text)
    mode: Mapped[Mode] = mapped_column(text_enum(Mode, name="mode"))
    samples: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """For the mode samples: {"count", "hazards", "give_back"}."""
    note: Mapped[str] = mapped_column(Text, default="")
    rrule: Mapped[str | None] = mapped_column(Text)
    """How it comes again (RFC 5545), as it was asked for; the dates that came of it are its occurrences."""
    exdates: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Dates of the rule that were not wanted: local days, or the instants at which they begin."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    samples_received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    samples_returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()
    requester: Mapped[User] = relationship()
    people: Mapped[list["BookingPerson"]] = relationship(
        cascade="all, delete-orphan", order_by="BookingPerson.id"
    )
    occurrences: Mapped[list["Occurrence"]] = relationship(
        back_populates="booking",
        order_by="Occurrence.starts_at",
        cascade="all, delete-orphan",
    )
    skipped: Mapped[list["SkippedDate"]] = relationship(
        order_by="SkippedDate.starts_at", cascade="all, delete-orphan"
    )


class BookingPerson(Model):
    """Somebody who will come. Forgotten a set time after the last date of the booking."""

    __table_args__ = (Index(None, "booking_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    identity: Mapped[str | None] = mapped_column(String(40))
    """The number of a card or passport, where the gate asks for one. Seen on its list alone."""
    plate: Mapped[str | None] = mapped_column(String(20))
    """Of the car they come with."""
