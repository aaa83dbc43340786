"""How long samples take."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model


class SampleDuration(Model):
    """Up to so many samples take an equipment so many minutes."""

    __table_args__ = (
        UniqueConstraint("equipment_id", "up_to"),
        CheckConstraint("up_to > 0 AND minutes > 0", name="positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    up_to: Mapped[int]
    minutes: Mapped[int]
