"""What a thing takes along when it is booked."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.inventory.models.equipment import Equipment


class Requirement(Model):
    """Whoever books the one has the other with it: an operator, a room, an accessory."""

    __table_args__ = (
        UniqueConstraint("equipment_id", "needs_id"),
        CheckConstraint("equipment_id <> needs_id", name="not_itself"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("quantity IS NOT NULL OR is_shared", name="all_is_shared"),
        Index(None, "needs_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    needs_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    quantity: Mapped[int | None]
    """None: all there are."""
    is_shared: Mapped[bool] = mapped_column(default=False)
    """So many together, however many are booked; else so many for each."""
    modes: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The values of Mode in which it counts; none: in each."""

    equipment: Mapped[Equipment] = relationship(foreign_keys=equipment_id)
    needs: Mapped[Equipment] = relationship(foreign_keys=needs_id)
