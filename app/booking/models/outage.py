"""Time in which equipment cannot be used, and the dates that had to give way to it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.booking.models.occurrence import Occurrence
from app.booking.rules.outages import OutageKind
from app.booking.rules.states import OccurrenceState
from app.core.db import UtcDateTime, text_enum
from app.core.spans import Span
from app.extensions import Model
from app.inventory.models import Equipment, Lab, Site, Unit

outage_unit = Table(
    "outage_unit",
    Model.metadata,
    Column("outage_id", ForeignKey("outage.id"), primary_key=True),
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
)
"""Units that an outage without an end took out of service; they come back with its end."""


class Outage(Model):
    """An equipment, a lab or a whole site is out of use.

    With an end it has claims; without one its units are out of service. Never both.
    """

    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN equipment_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN lab_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN site_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_place",
        ),
        CheckConstraint("equipment_id IS NOT NULL OR unit_id IS NULL", name="unit_of_equipment"),
        CheckConstraint("equipment_id IS NOT NULL OR quantity IS NULL", name="number_of_equipment"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        Index(None, "ends_at"),
        Index(None, "equipment_id"),
        Index(None, "lab_id"),
        Index(None, "site_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OutageKind] = mapped_column(text_enum(OutageKind, name="kind"))
    equipment_id: Mapped[int | None] = mapped_column(ForeignKey("equipment.id"))
    lab_id: Mapped[int | None] = mapped_column(ForeignKey("lab.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    quantity: Mapped[int | None]
    """How many of the equipment; None: all of them, also those that are added meanwhile."""
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """None: until somebody says that it works again."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """What people who have to give way are told."""
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When somebody said that it is over, or will not be; None: it ends by itself, or has not ended."""

    equipment: Mapped[Equipment | None] = relationship()
    lab: Mapped[Lab | None] = relationship()
    site: Mapped[Site | None] = relationship()
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    declared_by: Mapped[User] = relationship()
    units: Mapped[list[Unit]] = relationship(secondary=outage_unit)
    displacements: Mapped[list["Displacement"]] = relationship(
        back_populates="outage", order_by="Displacement.id", cascade="all, delete-orphan"
    )

    @property
    def span(self) -> Span | None:
        """The time it takes; None while nobody knows the end, and where it was called off before it began."""
        end = self.ends_at if self.ended_at is None else min(self.ended_at, self.ends_at or self.ended_at)
        return Span(self.starts_at, end) if end is not None and end > self.starts_at else None

    def is_over(self, at: datetime) -> bool:
        return self.ended_at is not None or (self.ends_at is not None and self.ends_at <= at)


class Displacement(Model):
    """A date that gave way: what it had then. What became of it, the date itself says."""

    __table_args__ = (Index(None, "outage_id"), Index(None, "occurrence_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    outage_id: Mapped[int] = mapped_column(ForeignKey("outage.id"))
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"))
    from_state: Mapped[OccurrenceState] = mapped_column(text_enum(OccurrenceState, name="from_state"))
    from_starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    from_ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    outage: Mapped[Outage] = relationship(back_populates="displacements")
    occurrence: Mapped[Occurrence] = relationship()

    @property
    def was(self) -> Span:
        return Span(self.from_starts_at, self.from_ends_at)
