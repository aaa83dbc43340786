"""Who may work with what without somebody beside them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import UtcDateTime
from app.extensions import Model
from app.inventory.models import Category, Equipment, Lab


class Authorisation(Model):
    """A lab's word that somebody knows how: with one equipment, a category of its equipment, or all of it."""

    __table_args__ = (
        CheckConstraint("equipment_id IS NULL OR category_id IS NULL", name="for_one_thing"),
        CheckConstraint("valid_until IS NULL OR valid_from <= valid_until", name="ends_after_it_begins"),
        Index(None, "user_id"),
        Index(None, "lab_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    equipment_id: Mapped[int | None] = mapped_column(ForeignKey("equipment.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    """With everything below it, as far as it is this lab's."""
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    """The last day, included; None: until it is withdrawn."""
    warned_days: Mapped[int | None]
    """So many days before its end the person was told of it last; None: not yet."""
    note: Mapped[str] = mapped_column(String(500), default="")
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    granted_by: Mapped[User | None] = relationship(foreign_keys=[granted_by_id])
    lab: Mapped[Lab] = relationship()
    equipment: Mapped[Equipment | None] = relationship()
    category: Mapped[Category | None] = relationship()
