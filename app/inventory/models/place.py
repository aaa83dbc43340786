"""Sites with their zone and week, the labs in them, and when they are open."""

from datetime import date, time
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Organisation
from app.core.db import text_enum
from app.extensions import Model
from app.inventory.rules.states import LabStatus
from app.inventory.rules.week import DayHours

WEEKDAY_RANGE = "weekday BETWEEN 0 AND 6"


class Site(Model):
    """A campus: one zone, one week, one list of holidays. A week belongs to a place, not to a language."""

    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("first_weekday BETWEEN 0 AND 6", name="first_weekday"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    name_fa: Mapped[str | None] = mapped_column(String(200))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    """The university that runs it."""
    zone_name: Mapped[str] = mapped_column(String(60))
    first_weekday: Mapped[int] = mapped_column(default=5)
    """Monday is 0; in Iran the week begins on Saturday, 5."""
    country: Mapped[str] = mapped_column(String(2), default="IR")
    charges: Mapped[bool] = mapped_column(default=False)
    """Whether its labs ask for money; off, nothing is priced, and nothing of it is to be seen."""

    organisation: Mapped[Organisation] = relationship()
    working_hours: Mapped[list["WorkingHours"]] = relationship(
        back_populates="site",
        order_by="WorkingHours.weekday",
        cascade="all, delete-orphan",
    )
    holidays: Mapped[list["Holiday"]] = relationship(
        back_populates="site", order_by="Holiday.on", cascade="all, delete-orphan"
    )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone_name)


class WorkingHours(Model):
    """When the site's offices answer: the hours in which clocks of requests run."""

    __table_args__ = (
        UniqueConstraint("site_id", "weekday", "opens"),
        CheckConstraint(WEEKDAY_RANGE, name="weekday"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    weekday: Mapped[int]
    opens: Mapped[time] = mapped_column(Time)
    closes: Mapped[time] = mapped_column(Time)
    """00:00 means the end of the day."""

    site: Mapped[Site] = relationship(back_populates="working_hours")


class Holiday(Model):
    """A day on which the site is closed. Seeded from a library, then the office's to edit."""

    __table_args__ = (UniqueConstraint("site_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    on: Mapped[date]
    name: Mapped[str] = mapped_column(String(200))
    name_fa: Mapped[str | None] = mapped_column(String(200))
    is_estimated: Mapped[bool] = mapped_column(default=False)
    """Lunar holidays may move by a day until the moon is seen."""

    site: Mapped[Site] = relationship(back_populates="holidays")


class Lab(Model):
    """A laboratory, workshop or hall: a room with equipment, hours and people who decide."""

    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    name: Mapped[str] = mapped_column(String(200))
    name_fa: Mapped[str | None] = mapped_column(String(200))
    location: Mapped[str] = mapped_column(String(200), default="")
    directions: Mapped[str] = mapped_column(Text, default="")
    """How a visitor finds it and what to bring."""
    directions_fa: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(String(40))
    status: Mapped[LabStatus] = mapped_column(text_enum(LabStatus, name="status"), default=LabStatus.OPEN)

    site: Mapped[Site] = relationship()
    hours: Mapped[list["OpeningHours"]] = relationship(
        back_populates="lab",
        order_by="OpeningHours.weekday, OpeningHours.opens",
        cascade="all, delete-orphan",
    )


class OpeningHours(Model):
    """One opening of a lab on a weekday; a day may have several, or none: closed."""

    __table_args__ = (
        UniqueConstraint("lab_id", "weekday", "opens"),
        CheckConstraint(WEEKDAY_RANGE, name="weekday"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    weekday: Mapped[int]
    opens: Mapped[time] = mapped_column(Time)
    closes: Mapped[time] = mapped_column(Time)
    """00:00 means the end of the day."""

    lab: Mapped[Lab] = relationship(back_populates="hours")


class DatedHours(Model):
    """What a lab's hours are on one day, whatever its week and the holidays say."""

    __table_args__ = (UniqueConstraint("lab_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("lab.id"))
    on: Mapped[date]
    hours: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    """Openings as pairs, ["08:00", "12:00"], in order; none: closed that day."""
    note: Mapped[str] = mapped_column(String(200), default="")
    """Why, for those who come."""

    @property
    def openings(self) -> list[DayHours]:
        weekday = self.on.weekday()
        pairs = ((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in self.hours)
        return [DayHours(weekday, opens, closes) for opens, closes in pairs]


class EquipmentHours(Model):
    """One opening of an equipment on a weekday; where there is any, they stand for its lab's."""

    __table_args__ = (
        UniqueConstraint("equipment_id", "weekday", "opens"),
        CheckConstraint(WEEKDAY_RANGE, name="weekday"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    weekday: Mapped[int]
    opens: Mapped[time] = mapped_column(Time)
    closes: Mapped[time] = mapped_column(Time)
    """00:00 means the end of the day."""
