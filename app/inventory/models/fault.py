"""What people report to be wrong with equipment."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model
from app.inventory.models.equipment import Equipment
from app.inventory.models.unit import Unit
from app.inventory.rules.faults import OPEN, FaultState, Usability


class Fault(Model):
    """Something is wrong with an equipment, or one unit of it; the lab looks, repairs or dismisses it."""

    __table_args__ = (
        CheckConstraint("length(text) > 0", name="says_something"),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)"
            " AND (confirmed_at IS NULL) = (known_as IS NULL)",
            name="confirmed_by_somebody",
        ),
        CheckConstraint("state <> 'reported' OR confirmed_at IS NULL", name="reported_is_not_confirmed"),
        CheckConstraint("state <> 'confirmed' OR confirmed_at IS NOT NULL", name="confirmed_has_its_time"),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        CheckConstraint(
            "(state IN ('repaired', 'dismissed')) = (closed_at IS NOT NULL)", name="over_has_its_time"
        ),
        CheckConstraint("state <> 'dismissed' OR length(closing_note) > 0", name="dismissed_with_reason"),
        Index(None, "equipment_id", "state"),
        Index(None, "reported_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """None: the equipment as a whole, or nobody knows which."""
    text: Mapped[str] = mapped_column(Text)
    """What is wrong, as it was reported; for the lab and who reported it."""
    usability: Mapped[Usability] = mapped_column(text_enum(Usability, name="usability"))
    state: Mapped[FaultState] = mapped_column(
        text_enum(FaultState, name="state"), default=FaultState.REPORTED
    )
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    known_as: Mapped[str | None] = mapped_column(Text)
    """What everybody who signs in reads on the page of the equipment, in the lab's words."""
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closing_note: Mapped[str] = mapped_column(Text, default="")
    """What was done, or why nothing is."""

    equipment: Mapped[Equipment] = relationship()
    unit: Mapped[Unit | None] = relationship()
    reported_by: Mapped[User] = relationship(foreign_keys=[reported_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id])
    photo: Mapped["FaultPhoto | None"] = relationship(back_populates="fault", cascade="all, delete-orphan")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class FaultPhoto(Model):
    """A picture that came with the report. The row is the truth: a file no row names is swept away."""

    __table_args__ = (UniqueConstraint("fault_id"), UniqueConstraint("file"), UniqueConstraint("thumbnail"))

    id: Mapped[int] = mapped_column(primary_key=True)
    fault_id: Mapped[int] = mapped_column(ForeignKey("fault.id"))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(32))
    """Its random name on disk and in addresses."""
    thumbnail: Mapped[str] = mapped_column(String(32))

    fault: Mapped[Fault] = relationship(back_populates="photo")
