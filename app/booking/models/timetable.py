"""Teaching: the classes of a term, each the source of claims."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Time
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.booking.rules.timetable import LONGEST_TITLE, Weeks
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model
from app.inventory.models import Equipment, Lab


class Timetable(Model):
    """What is taught in a lab during a term. Which of its dates it has, its claims say."""

    __table_args__ = (
        CheckConstraint("first_on <= last_on", name="ends_after_it_begins"),
        Index(None, "lab_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    first_on: Mapped[date]
    last_on: Mapped[date]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was taken off; what had been taught then stays."""

    lab: Mapped[Lab] = relationship()
    made_by: Mapped[User] = relationship()
    classes: Mapped[list["TimetableClass"]] = relationship(
        back_populates="timetable", order_by="TimetableClass.id", cascade="all, delete-orphan"
    )


class TimetableClass(Model):
    """One class: a weekday and two times of the wall clock."""

    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("starts < ends", name="ends_after_it_starts"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index(None, "timetable_id"),
        Index(None, "equipment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    timetable_id: Mapped[int] = mapped_column(ForeignKey("timetable.id"))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE), default="")
    weekday: Mapped[int]
    starts: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    weeks: Mapped[Weeks] = mapped_column(text_enum(Weeks, name="weeks"))
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    quantity: Mapped[int]

    timetable: Mapped[Timetable] = relationship(back_populates="classes")
    equipment: Mapped[Equipment] = relationship()
