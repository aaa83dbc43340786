"""Rules that staff set aside, and why."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.booking.models.occurrence import Occurrence
from app.core.db import UtcDateTime
from app.extensions import Model
from app.inventory.models import Equipment


class Override(Model):
    """A rule that was not met when a date was asked for or approved, and who let it pass."""

    __table_args__ = (Index(None, "occurrence_id"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id"))
    code: Mapped[str] = mapped_column(String(40))
    """Of the verdict."""
    equipment_id: Mapped[int | None] = mapped_column(ForeignKey("equipment.id"))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    occurrence: Mapped[Occurrence] = relationship()
    by: Mapped[User] = relationship()
    equipment: Mapped[Equipment | None] = relationship()
