"""Answers that a lab keeps ready."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.rules.states import DeclineReason
from app.core.db import text_enum
from app.extensions import Model
from app.inventory.models import Lab


class RefusalTemplate(Model):
    """A no that is given often: its reason and its words, under a title that only the lab reads."""

    __table_args__ = (CheckConstraint("position > 0", name="position"), Index(None, "lab_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    reason_code: Mapped[DeclineReason] = mapped_column(text_enum(DeclineReason, name="reason_code"))
    title: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=1)

    lab: Mapped[Lab] = relationship()
