"""What has to be done with equipment regularly, and when it was done."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import UtcDateTime, text_enum
from app.extensions import Model
from app.inventory.models.equipment import Equipment
from app.inventory.models.unit import Unit
from app.inventory.rules.maintenance import Per


class MaintenancePlan(Model):
    """A calibration, a service, an inspection: when it is due next, and how long it takes.

    With an interval it is due again so long after it was done; without one only on the day that is named.
    """

    __table_args__ = (
        CheckConstraint("length(what) > 0", name="says_something"),
        CheckConstraint("(every IS NULL) = (per IS NULL)", name="interval_is_whole"),
        CheckConstraint("every > 0", name="every_positive"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("(retired_at IS NULL) = (retired_by_id IS NULL)", name="retired_by_somebody"),
        Index(None, "equipment_id"),
        Index(None, "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    """None: all of it."""
    what: Mapped[str] = mapped_column(String(200))
    every: Mapped[int | None]
    per: Mapped[Per | None] = mapped_column(text_enum(Per, name="per"))
    due_on: Mapped[date]
    minutes: Mapped[int]
    """How long it usually takes."""
    note: Mapped[str] = mapped_column(Text, default="")
    """Who does it, whom to call, what is needed; for the lab."""
    reminded_for: Mapped[date | None]
    """The day it was due on when people were last reminded."""
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when it need not be done any more."""

    equipment: Mapped[Equipment] = relationship()
    unit: Mapped[Unit | None] = relationship()
    done: Mapped[list["MaintenanceDone"]] = relationship(
        back_populates="plan", order_by="MaintenanceDone.done_on.desc()", cascade="all, delete-orphan"
    )
    """The last first."""


class MaintenanceDone(Model):
    """It was done. Written once and never changed: it is what an auditor asks for."""

    __table_args__ = (UniqueConstraint("plan_id", "done_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("maintenance_plan.id"))
    due_on: Mapped[date]
    """When it was due."""
    done_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    """By whom, the number of the certificate, what was found."""
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    plan: Mapped[MaintenancePlan] = relationship(back_populates="done")
    noted_by: Mapped[User] = relationship()
