"""The days a report is about, and the bars they are drawn in. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.jalali import Jalali, month_length, week_start

DAY = timedelta(days=1)
MOST_DAYS = 366
"""A year at a time: what is read grows with the days."""
MOST_SINGLE_DAYS, MOST_IN_WEEKS = 31, 190
"""Up to so many days the bars are days, then weeks, then months."""


class Period(StrEnum):
    """How far back from today."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"


USUAL = Period.QUARTER
_LAST_DAYS = {Period.WEEK: 7, Period.MONTH: 30}
_WEEKS = {Period.QUARTER: 13, Period.HALF: 26}


class BarUnit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both in it."""

    first: date
    last: date

    @property
    def number(self) -> int:
        return (self.last - self.first).days + 1


def days_of(period: Period, today: date, first_weekday: int) -> Days:
    """The days of a period that ends today; the longer ones begin with a week."""
    if period in _LAST_DAYS:
        return Days(today - (_LAST_DAYS[period] - 1) * DAY, today)
    return Days(week_start(today, first_weekday) - (_WEEKS[period] - 1) * 7 * DAY, today)


def days_between(first: date, last: date) -> Days:
    """The days that somebody named, in either order, and never more than MOST_DAYS: the last ones."""
    first, last = min(first, last), max(first, last)
    return Days(max(first, last - (MOST_DAYS - 1) * DAY), last)


def unit_for(days: Days) -> BarUnit:
    if days.number <= MOST_SINGLE_DAYS:
        return BarUnit.DAY
    return BarUnit.WEEK if days.number <= MOST_IN_WEEKS else BarUnit.MONTH


def bars_of(days: Days, *, first_weekday: int, jalali: bool) -> list[Days]:
    """The days cut into days, weeks or months; the first and the last part may be shorter."""
    unit, parts, first = unit_for(days), list[Days](), days.first
    while first <= days.last:
        last = min(_last_of(first, unit, first_weekday, jalali=jalali), days.last)
        parts.append(Days(first, last))
        first = last + DAY
    return parts


def starts_of(parts: list[Days]) -> Iterator[date]:
    """The first day of each part, and the day after the last."""
    yield from (part.first for part in parts)
    yield parts[-1].last + DAY


def _last_of(day: date, unit: BarUnit, first_weekday: int, *, jalali: bool) -> date:
    """The last day of the day, week or month that holds the day."""
    if unit is BarUnit.DAY:
        return day
    if unit is BarUnit.WEEK:
        return week_start(day, first_weekday) + 6 * DAY
    if jalali:
        shown = Jalali.of(day)
        return day + (month_length(shown.year, shown.month) - shown.day) * DAY
    return (day.replace(day=1) + 31 * DAY).replace(day=1) - DAY
