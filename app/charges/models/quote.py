"""What a booking was said to cost, as it was said."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User, UserClass
from app.booking.models import Booking
from app.charges.rules.pricing import Unit
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model

CURRENT = text("replaced_at IS NULL")
LONGEST_ORDER = 60


class Quote(Model):
    """A snapshot: never computed again, never edited. What changes the booking's dates makes a new one."""

    __table_args__ = (
        UniqueConstraint("booking_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("total >= 0", name="total"),
        CheckConstraint("(paid_at IS NULL) = (paid_by_id IS NULL)", name="paid_by_somebody"),
        Index(
            "uq_quote_current",
            "booking_id",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"))
    number: Mapped[int]
    """The first, second … of its booking."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    currency: Mapped[str] = mapped_column(String(3))
    total: Mapped[int] = mapped_column(BigInteger)
    """In minor units: the sum of its lines."""
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When another one took its place; None: it counts."""
    purchase_order: Mapped[str] = mapped_column(String(LONGEST_ORDER), default="")
    """The company's number for it."""
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """Who said that it was paid."""

    booking: Mapped[Booking] = relationship()
    paid_by: Mapped[User | None] = relationship()
    lines: Mapped[list["QuoteLine"]] = relationship(order_by="QuoteLine.id", cascade="all, delete-orphan")

    @property
    def reference(self) -> str:
        """What people read to each other: 'KG-7F3KQ2/1'."""
        return f"{self.booking.reference}/{self.number}"


class QuoteLine(Model):
    """What was asked for one equipment on one date, with all that it was computed from."""

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        CheckConstraint("measure > 0 AND quantity > 0", name="measure"),
        CheckConstraint("unit_amount >= 0 AND amount >= 0", name="amount"),
        Index(None, "quote_id"),
        Index(None, "occurrence_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quote.id"))
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    name: Mapped[str] = mapped_column(String(200))
    """What the equipment was called then."""
    name_fa: Mapped[str | None] = mapped_column(String(200))
    valid_from: Mapped[date]
    """From which day the price was."""
    unit: Mapped[Unit] = mapped_column(text_enum(Unit, name="unit"))
    user_class: Mapped[UserClass | None] = mapped_column(text_enum(UserClass, name="user_class"))
    """Whose price it was; None: everyone's."""
    measure: Mapped[int]
    """Minutes of an hour's price, samples of a sample's, one of a use's."""
    quantity: Mapped[int]
    unit_amount: Mapped[int] = mapped_column(BigInteger)
    minimum: Mapped[int | None] = mapped_column(BigInteger)
    amount: Mapped[int] = mapped_column(BigInteger)
