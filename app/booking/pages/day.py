"""A day of a lab: who was expected, who came, and who did not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from app.booking.models import Occurrence
from app.booking.queries.presence import count_missed, list_of_day
from app.booking.services.presence import can_be_attended, can_be_missed, is_open
from app.booking.wording import STATES
from app.core.clock import now
from app.core.zones import day_span
from app.inventory.models import Lab

COUNTED = timedelta(days=90)
"""So far back it is counted how often an organisation did not come."""


@dataclass(frozen=True)
class DayRow:
    """A date, and what can be said of it."""

    date: Occurrence
    missed: int
    """To how many dates of late its organisation did not come."""

    @property
    def state(self) -> str:
        return str(STATES[self.date.state])

    @property
    def may_say_came(self) -> bool:
        return can_be_attended(self.date)

    @property
    def may_say_missed(self) -> bool:
        return can_be_missed(self.date)


@dataclass(frozen=True)
class DayPage:
    """The list of one lab and day."""

    lab: Lab
    labs: Sequence[Lab]
    day: date
    rows: list[DayRow]

    @classmethod
    def of(cls, lab: Lab, labs: Sequence[Lab], day: date) -> Self:
        dates = list_of_day([lab.id], day_span(day, lab.site.zone))
        missed: Mapping[int, int] = count_missed(
            {date.booking.organisation_id for date in dates}, [lab.id], now() - COUNTED
        )
        rows = [DayRow(date, missed.get(date.booking.organisation_id, 0)) for date in dates]
        return cls(lab, labs, day, rows)

    @property
    def zone(self) -> ZoneInfo:
        return self.lab.site.zone

    @property
    def open(self) -> list[int]:
        """Ids of the dates of which nobody has said yet whether they came."""
        return [row.date.id for row in self.rows if is_open(row.date)]

    @property
    def before(self) -> date:
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date | None:
        """None where it has not come yet."""
        return self.day + timedelta(days=1) if self.day < today(self.lab) else None


def today(lab: Lab) -> date:
    return now().astimezone(lab.site.zone).date()
