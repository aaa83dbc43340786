"""What an organisation may have of a lab, or of one equipment, in a week or month, and has. Pure values."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.booking.rules.days import Days
from app.core.jalali import Jalali, month_days, week_start
from app.core.spans import Span
from app.core.zones import start_of

LONGEST_PERIOD = timedelta(days=31)


class Per(StrEnum):
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Prime:
    """The hours everybody wants: the same ones on some weekdays."""

    opens: time
    closes: time
    weekdays: Collection[int]


@dataclass(frozen=True)
class Calendar:
    """How the place counts weeks and months."""

    zone: ZoneInfo
    first_weekday: int
    is_jalali: bool

    def period(self, instant: datetime, per: Per) -> Span:
        """The week or month that the instant lies in, by the local calendar."""
        day = instant.astimezone(self.zone).date()
        first, after = self._week(day) if per is Per.WEEK else self._month(day)
        return Span(start_of(first, self.zone), start_of(after, self.zone))

    def _week(self, day: date) -> tuple[date, date]:
        first = week_start(day, self.first_weekday)
        return first, first + timedelta(days=7)

    def _month(self, day: date) -> tuple[date, date]:
        if self.is_jalali:
            jalali = Jalali.of(day)
            days = month_days(jalali.year, jalali.month)
            return days[0], days[-1] + timedelta(days=1)
        first = day.replace(day=1)
        return first, (first + LONGEST_PERIOD).replace(day=1)


@dataclass(frozen=True)
class Quota:
    """So many minutes of equipment a period; two units for an hour are two hours."""

    id: int
    minutes: int
    per: Per
    calendar: Calendar
    prime: Prime | None = None
    """Only these hours are counted."""
    used: Sequence[tuple[Span, int]] = ()
    """The organisation's other dates, and how many units each has."""
    holds: Days | None = None
    """Under an agreement: only for what begins on these days."""
