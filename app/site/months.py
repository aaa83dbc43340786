"""A month as a grid of weeks, in the reader's calendar: a true Jalali month, or a Gregorian one."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.i18n import language
from app.core.jalali import Jalali, month_days, week_start


@dataclass(frozen=True)
class Month:
    """Whole weeks that show the month; `inside` are its own days."""

    days: list[date]
    inside: frozenset[date]

    @property
    def first(self) -> date:
        return min(self.inside)

    @property
    def previous(self) -> date:
        """A day of the month before."""
        return self.first - timedelta(days=1)

    @property
    def following(self) -> date:
        """A day of the month after."""
        return max(self.inside) + timedelta(days=1)


def month_around(day: date, first_weekday: int) -> Month:
    """The month that holds the day, in whole weeks that begin on the weekday (Monday is 0)."""
    inside = _days_of_month(day)
    first = week_start(inside[0], first_weekday)
    last = week_start(inside[-1], first_weekday) + timedelta(days=6)
    return Month([first + timedelta(days=n) for n in range((last - first).days + 1)], frozenset(inside))


def _days_of_month(day: date) -> list[date]:
    if language() == "fa":
        jalali = Jalali.of(day)
        return month_days(jalali.year, jalali.month)
    length = calendar.monthrange(day.year, day.month)[1]
    return [day.replace(day=n) for n in range(1, length + 1)]
