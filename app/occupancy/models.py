"""Claims, the capacity they are held against, and the units given to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement

from app.core.db import UtcDateTime, text_enum
from app.core.event_log import LongId
from app.core.spans import Span
from app.extensions import Model

LONGEST_CLAIM = timedelta(days=14)
"""Searches look back this far and no further; a CHECK keeps it true. Longer claims are chopped."""


class ClaimKind(StrEnum):
    """What takes the time. A pending request is a booking; a hold is the waitlist's."""

    BOOKING = "booking"
    HOLD = "hold"
    MAINTENANCE = "maintenance"
    OUTAGE = "outage"
    CLOSURE = "closure"
    TIMETABLE = "timetable"


@dataclass(frozen=True, order=True, slots=True)
class Source:
    """Whose claims these are: for a booking the id of its occurrence item."""

    kind: ClaimKind
    id: int


class _NotTooLong(ColumnElement[bool]):
    """starts_at and ends_at are at most LONGEST_CLAIM apart, said in each database's own arithmetic."""

    inherit_cache = True


@compiles(_NotTooLong, "sqlite")
def _not_too_long_sqlite(_element: _NotTooLong, _compiler: SQLCompiler, **_: object) -> str:
    # strftime('%s') is deterministic for a stored value, which a CHECK demands.
    seconds = int(LONGEST_CLAIM.total_seconds())
    return (
        f"CAST(strftime('%s', ends_at) AS INTEGER) - CAST(strftime('%s', starts_at) AS INTEGER) <= {seconds}"
    )


@compiles(_NotTooLong)
def _not_too_long(_element: _NotTooLong, _compiler: SQLCompiler, **_: object) -> str:
    return f"ends_at - starts_at <= interval '{LONGEST_CLAIM.days} days'"


class Capacity(Model):
    """How many of an equipment can be used at once, from `from_at` on. The row that is locked.

    Changing `quantity` is a fact about the future: the trigger keeps the old value in
    CapacityChange for the time before and refuses what is already claimed beyond the new one.
    """

    __tablename__ = "equipment_capacity"
    __table_args__ = (CheckConstraint("quantity >= 0", name="quantity_not_negative"),)

    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"), primary_key=True)
    quantity: Mapped[int]
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """capacity_from_at: set by core.clock, never earlier than the one before."""


class CapacityChange(Model):
    """A capacity that held in the past: from `from_at` until `until_at`. Written by the trigger."""

    __table_args__ = (
        UniqueConstraint("equipment_id", "from_at"),
        CheckConstraint("from_at < until_at", name="ends_after_it_began"),
    )

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    quantity: Mapped[int]
    from_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Claim(Model):
    """`quantity` of an equipment is taken during [starts_at, ends_at), buffers included.

    A row exists if and only if it takes time: there is no status to forget in a query.
    """

    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint(_NotTooLong(), name="not_too_long"),
        # The one index every search uses: bounded by LONGEST_CLAIM, and covering.
        Index(None, "equipment_id", "starts_at", "ends_at", "quantity"),
        Index(None, "kind", "source_id"),
    )

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    quantity: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[ClaimKind] = mapped_column(text_enum(ClaimKind, name="kind"))
    source_id: Mapped[int]

    units: Mapped[list["ClaimUnit"]] = relationship(
        back_populates="claim", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    @property
    def source(self) -> Source:
        return Source(self.kind, self.source_id)


class ClaimUnit(Model):
    """A unit given to a claim: tentatively (it may be exchanged) or fixed (somebody works with it)."""

    __table_args__ = (Index(None, "unit_id"),)

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    is_fixed: Mapped[bool] = mapped_column(default=False)

    claim: Mapped[Claim] = relationship(back_populates="units")
