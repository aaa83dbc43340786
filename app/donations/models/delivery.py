"""What arrived, how it was found, and which copy serves which promise."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import UtcDateTime, text_enum
from app.donations.models.offer import Allocation, Offer, OfferLine
from app.donations.rules.states import Result
from app.extensions import Model
from app.inventory.models import Unit


class Consignment(Model):
    """One delivery."""

    __table_args__ = (Index(None, "offer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    received_on: Mapped[date]
    """The local day at the university's site."""
    received_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    offer: Mapped[Offer] = relationship()
    lines: Mapped[list["ConsignmentLine"]] = relationship(
        back_populates="consignment", cascade="all, delete-orphan"
    )


class ConsignmentLine(Model):
    """How many of a line came whole, damaged, or were sent back at the door."""

    __table_args__ = (
        UniqueConstraint("consignment_id", "line_id"),
        CheckConstraint("received >= 0 AND damaged >= 0 AND refused >= 0", name="counts"),
        CheckConstraint("received + damaged + refused > 0", name="something_came"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consignment_id: Mapped[int] = mapped_column(ForeignKey("consignment.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("offer_line.id"))
    received: Mapped[int]
    damaged: Mapped[int]
    refused: Mapped[int]

    consignment: Mapped[Consignment] = relationship(back_populates="lines")
    line: Mapped[OfferLine] = relationship()


class DonatedUnit(Model):
    """The link of a unit to the delivery it came with and the promise it keeps. Never changed."""

    __table_args__ = (UniqueConstraint("unit_id"), Index(None, "allocation_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    consignment_line_id: Mapped[int] = mapped_column(ForeignKey("consignment_line.id"))
    allocation_id: Mapped[int | None] = mapped_column(ForeignKey("allocation.id"))
    """None for a copy that no need had asked for."""

    unit: Mapped[Unit] = relationship()
    consignment_line: Mapped[ConsignmentLine] = relationship()
    allocation: Mapped[Allocation | None] = relationship()


class Inspection(Model):
    """One look at a unit. All of them are kept; the last one counts."""

    __table_args__ = (Index(None, "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    result: Mapped[Result] = mapped_column(text_enum(Result, name="result"))
    note: Mapped[str] = mapped_column(Text, default="")
    inspected_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Commissioning(Model):
    """A unit went into service: in whose hands, and since when it may be booked."""

    __table_args__ = (UniqueConstraint("unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    responsible: Mapped[str] = mapped_column(String(200))
    commissioned_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
