"""One date of a booking, and the equipment it takes."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.models.booking import Booking
from app.booking.rules.states import DeclineReason, OccurrenceState
from app.core.db import UtcDateTime, text_enum
from app.core.spans import Span
from app.extensions import Model
from app.inventory.models import Equipment


class Occurrence(Model):
    """A date: its span without buffers, its state, and how often it changed for a calendar."""

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        CheckConstraint(
            "(state = 'declined') = (reason_code IS NOT NULL)",
            name="declined_has_a_reason",
        ),
        CheckConstraint("sequence >= 0", name="sequence"),
        Index(None, "booking_id"),
        Index(None, "state", "starts_at"),
        Index(None, "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[OccurrenceState] = mapped_column(text_enum(OccurrenceState, name="state"))
    holds: Mapped[bool] = mapped_column(default=True)
    """Whether it has claims: what its state says, except where requests of a lab compete."""
    competes: Mapped[bool] = mapped_column(default=False)
    """It was asked for where requests compete, and has no claims before it is approved. What the lab says
    later changes nothing for it."""
    sequence: Mapped[int] = mapped_column(default=0)
    """RFC 5545 SEQUENCE: grows when time, place or state changes."""
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Notice and horizon count from here, also when an approval re-runs the rules."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """LAST-MODIFIED of its calendar entry."""
    answer_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when the lab answers a request."""
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When those who answer were reminded."""
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When others were told that nobody had answered in time."""
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When an unconfirmed request gives its slot back: its e-mail address is not proved yet."""
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason_code: Mapped[DeclineReason | None] = mapped_column(text_enum(DeclineReason, name="reason_code"))
    reason: Mapped[str] = mapped_column(Text, default="")
    """What the person who declined or cancelled wrote to the other side."""
    is_late_cancel: Mapped[bool] = mapped_column(default=False)
    """The company called it off later than the lab asks to be told."""

    came_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they checked in, or when it began, where the lab said afterwards that they came."""
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When they checked out."""
    planned_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when it would have gone on, where it ended early and the rest was given back."""

    booking: Mapped[Booking] = relationship(back_populates="occurrences")
    items: Mapped[list["OccurrenceItem"]] = relationship(
        back_populates="occurrence",
        order_by="(OccurrenceItem.is_required, OccurrenceItem.equipment_id)",
        cascade="all, delete-orphan",
    )

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    @property
    def asked(self) -> list["OccurrenceItem"]:
        """What was asked for by name."""
        return [item for item in self.items if not item.is_required]

    @property
    def along(self) -> list["OccurrenceItem"]:
        """What came along with it."""
        return [item for item in self.items if item.is_required]


class OccurrenceItem(Model):
    """An equipment that a date takes, and how many: the source of claims.

    The buffers are a snapshot: a policy that changes later does not move time already taken.
    """

    __table_args__ = (
        UniqueConstraint("occurrence_id", "equipment_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("setup_minutes >= 0 AND cleanup_minutes >= 0", name="buffers"),
        CheckConstraint("cleared_by_id <> agreed_by_id", name="cleared_by_somebody_else"),
        Index(None, "equipment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"))
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    quantity: Mapped[int]
    is_required: Mapped[bool] = mapped_column(default=False)
    """It was not asked for by name, and came along with something that needs it."""
    setup_minutes: Mapped[int] = mapped_column(default=0)
    cleanup_minutes: Mapped[int] = mapped_column(default=0)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its lab said yes. A date is approved when every lab of it has."""
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    needs_safety: Mapped[bool] = mapped_column(default=False)
    """The lab's safety officer has to agree as well: said when it was asked for."""
    cleared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the safety officer agreed."""
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """Somebody else than who agreed for the lab."""

    occurrence: Mapped[Occurrence] = relationship(back_populates="items")
    equipment: Mapped[Equipment] = relationship()

    @property
    def is_settled(self) -> bool:
        """Everybody who has to agree for its lab has."""
        return self.agreed_at is not None and (not self.needs_safety or self.cleared_at is not None)

    @property
    def claimed_span(self) -> Span:
        """The time it takes on the equipment: the date's span and the buffers around it."""
        before, after = (
            timedelta(minutes=self.setup_minutes),
            timedelta(minutes=self.cleanup_minutes),
        )
        return self.occurrence.span.widen(before, after)
