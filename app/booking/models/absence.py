"""When somebody who answers for a lab is away and nobody stands in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import UtcDateTime
from app.extensions import Model
from app.inventory.models import Lab


class Absence(Model):
    """Somebody answers for a lab, and not then: no letters meanwhile. A deputy is a role instead."""

    __table_args__ = (
        CheckConstraint("begins_at < ends_at", name="ends_after_it_begins"),
        Index(None, "user_id"),
        Index(None, "lab_id", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    lab: Mapped[Lab] = relationship()

    def counts(self, at: datetime) -> bool:
        """Whether they are away then."""
        return self.begins_at <= at < self.ends_at
