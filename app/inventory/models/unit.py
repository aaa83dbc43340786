"""Physical copies and where each came from."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model
from app.inventory.rules.states import AcquisitionKind, UnitStatus

if TYPE_CHECKING:
    from app.inventory.models.equipment import Equipment


class Unit(Model):
    """One physical copy of an equipment («دستگاه ۲»). Has exactly one acquisition.

    What has been received and not been commissioned yet is a unit of no equipment.
    """

    __table_args__ = (
        UniqueConstraint("equipment_id", "number"),
        UniqueConstraint("asset_tag"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("(equipment_id IS NULL) = (number IS NULL)", name="numbered_within_its_equipment"),
        # Nothing received can be booked before it is inspected and commissioned: the database says so too.
        CheckConstraint(
            "equipment_id IS NOT NULL OR status NOT IN ('in_service', 'out_of_service')",
            name="in_service_as_equipment",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    equipment_id: Mapped[int | None] = mapped_column(ForeignKey("equipment.id"))
    number: Mapped[int | None]
    """1, 2, 3 … within the equipment."""
    asset_tag: Mapped[str | None] = mapped_column(String(60))
    serial: Mapped[str | None] = mapped_column(String(120))
    status: Mapped[UnitStatus] = mapped_column(text_enum(UnitStatus, name="status"))
    condition: Mapped[str | None] = mapped_column(String(200))
    commissioned_on: Mapped[date | None]

    equipment: Mapped["Equipment | None"] = relationship(back_populates="units")
    acquisition: Mapped["Acquisition"] = relationship(back_populates="unit", cascade="all, delete-orphan")


class Acquisition(Model):
    """How the university came by a unit. One row a unit, never edited after commissioning."""

    __table_args__ = (
        UniqueConstraint("unit_id"),
        Index(None, "source_organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[AcquisitionKind] = mapped_column(text_enum(AcquisitionKind, name="kind"))
    source_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """The donor, seller or lender, where known."""
    acquired_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    unit: Mapped[Unit] = relationship(back_populates="acquisition")
    source_organisation: Mapped[Organisation | None] = relationship()
