"""Who waits for time that others have, and the times that are held for them."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.booking.models.booking import Booking
from app.booking.rules.waiting import Outcome, WaitState
from app.core.db import UtcDateTime, text_enum
from app.core.spans import Span
from app.extensions import Model
from app.inventory.models import Category, Equipment, Lab, Mode


class WaitlistEntry(Model):
    """A wish that could not be met yet: a length inside a window, on one equipment or any of a kind."""

    __table_args__ = (
        CheckConstraint("(equipment_id IS NULL) <> (category_id IS NULL)", name="one_thing"),
        CheckConstraint("lab_id IS NULL OR category_id IS NOT NULL", name="lab_narrows_a_category"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("wanted_from < wanted_to", name="window"),
        CheckConstraint("(state = 'served') = (booking_id IS NOT NULL)", name="served_has_a_booking"),
        Index(None, "organisation_id", "state"),
        Index(None, "state", "equipment_id"),
        Index(None, "state", "category_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    equipment_id: Mapped[int | None] = mapped_column(ForeignKey("equipment.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    lab_id: Mapped[int | None] = mapped_column(ForeignKey("lab.id"))
    """Of a category: only in this lab."""
    quantity: Mapped[int]
    minutes: Mapped[int]
    wanted_from: Mapped[datetime] = mapped_column(UtcDateTime)
    wanted_to: Mapped[datetime] = mapped_column(UtcDateTime)
    mode: Mapped[Mode] = mapped_column(text_enum(Mode, name="mode"))
    purpose: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[WaitState] = mapped_column(text_enum(WaitState, name="state"), default=WaitState.WAITING)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Its place in the queue. Who lets a time lapse goes behind those who wait."""
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"))
    """What came of it."""

    organisation: Mapped[Organisation] = relationship()
    user: Mapped[User] = relationship()
    equipment: Mapped[Equipment | None] = relationship()
    category: Mapped[Category | None] = relationship()
    lab: Mapped[Lab | None] = relationship()
    booking: Mapped[Booking | None] = relationship()
    offers: Mapped[list["WaitlistOffer"]] = relationship(
        back_populates="entry", order_by="WaitlistOffer.id", cascade="all, delete-orphan"
    )

    @property
    def window(self) -> Span:
        return Span(self.wanted_from, self.wanted_to)

    @property
    def latest_start(self) -> datetime:
        """When it would have to begin at the latest."""
        return self.wanted_to - timedelta(minutes=self.minutes)

    @property
    def open_offer(self) -> "WaitlistOffer | None":
        return next((offer for offer in self.offers if offer.outcome is Outcome.OPEN), None)


class WaitlistOffer(Model):
    """A time that is held for an entry until it answers: the source of a claim of the kind hold."""

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        CheckConstraint("(outcome = 'open') = (ended_at IS NULL)", name="open_has_no_end"),
        Index(None, "entry_id"),
        Index(None, "outcome", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("waitlist_entry.id"))
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_from: Mapped[datetime] = mapped_column(UtcDateTime)
    """With the set-up and clean-up of the day it was held."""
    claimed_to: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[Outcome] = mapped_column(text_enum(Outcome, name="outcome"), default=Outcome.OPEN)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    entry: Mapped[WaitlistEntry] = relationship(back_populates="offers")
    equipment: Mapped[Equipment] = relationship()
    along: Mapped[list["HeldItem"]] = relationship(
        order_by="HeldItem.equipment_id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    @property
    def equipment_ids(self) -> list[int]:
        """Of what is held, and of what comes along with it."""
        return [self.equipment_id, *(item.equipment_id for item in self.along)]

    @property
    def claimed(self) -> Span:
        return Span(self.claimed_from, self.claimed_to)


class HeldItem(Model):
    """What comes along with a time that is held: claimed with it, with its own set-up and clean-up."""

    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("claimed_from < claimed_to", name="ends_after_it_starts"),
        Index(None, "equipment_id"),
    )

    offer_id: Mapped[int] = mapped_column(ForeignKey("waitlist_offer.id"), primary_key=True)
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"), primary_key=True)
    quantity: Mapped[int]
    claimed_from: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_to: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def claimed(self) -> Span:
        return Span(self.claimed_from, self.claimed_to)
