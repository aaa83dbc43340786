"""What somebody offers to give, and which needs it is meant for."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation, User
from app.agreements.models import Agreement
from app.core.db import UtcDateTime, text_enum
from app.donations.rules.states import AllocationState, Condition, OfferState, ValueBasis
from app.extensions import Model
from app.inventory.models import Category
from app.needs.models import Need


class Offer(Model):
    """An offer of one donor. Who answers and until when is said the moment it is submitted."""

    __table_args__ = (
        CheckConstraint("(state = 'declined') = (decline_reason <> '')", name="declined_has_a_reason"),
        CheckConstraint("state IN ('draft', 'withdrawn') OR answer_by IS NOT NULL", name="is_answered"),
        Index(None, "organisation_id"),
        Index(None, "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    offered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    state: Mapped[OfferState] = mapped_column(text_enum(OfferState, name="state"), default=OfferState.DRAFT)
    message: Mapped[str] = mapped_column(Text, default="")
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """Who at the university answers."""
    answer_by: Mapped[date | None]
    valid_until: Mapped[date | None]
    """The last local day on which the donor stands by it; without an agreement it lapses then."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decline_reason: Mapped[str] = mapped_column(Text, default="")
    """What the donor reads."""
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))

    organisation: Mapped[Organisation] = relationship()
    offered_by: Mapped[User] = relationship(foreign_keys=[offered_by_id])
    contact: Mapped[User | None] = relationship(foreign_keys=[contact_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    agreement: Mapped[Agreement | None] = relationship()
    lines: Mapped[list["OfferLine"]] = relationship(
        back_populates="offer", order_by="OfferLine.id", cascade="all, delete-orphan"
    )

    @property
    def reference(self) -> str:
        """What people read to each other: 'GF-2026-0012'."""
        return self.reference_of(self.created_at, self.id)

    @staticmethod
    def reference_of(created_at: datetime, offer_id: int) -> str:
        """The same where only these two were read."""
        return f"GF-{created_at:%Y}-{offer_id:04}"


class OfferLine(Model):
    """So many of one thing."""

    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("value_minor IS NULL OR value_minor >= 0", name="value_not_negative"),
        CheckConstraint(
            "(value_minor IS NULL) = (currency IS NULL) AND (value_minor IS NULL) = (value_basis IS NULL)",
            name="a_value_says_of_what_kind",
        ),
        Index(None, "offer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    description: Mapped[str] = mapped_column(String(200))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    quantity: Mapped[int]
    condition: Mapped[Condition] = mapped_column(text_enum(Condition, name="condition"))
    value_minor: Mapped[int | None] = mapped_column(BigInteger)
    """In the currency's smallest unit."""
    currency: Mapped[str | None] = mapped_column(String(3))
    value_basis: Mapped[ValueBasis | None] = mapped_column(text_enum(ValueBasis, name="value_basis"))

    offer: Mapped[Offer] = relationship(back_populates="lines")
    category: Mapped[Category] = relationship()
    allocations: Mapped[list["Allocation"]] = relationship(
        back_populates="line", order_by="Allocation.id", cascade="all, delete-orphan"
    )


class Allocation(Model):
    """So many of a line for one need. Never deleted: what was released stays to be read."""

    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index(None, "line_id"),
        Index(None, "need_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("offer_line.id"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    quantity: Mapped[int]
    state: Mapped[AllocationState] = mapped_column(text_enum(AllocationState, name="state"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    line: Mapped[OfferLine] = relationship(back_populates="allocations")
    need: Mapped[Need] = relationship()
