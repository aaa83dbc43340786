"""The Solar Hijri calendar of Iran and the reading of dates in either calendar. Pure.

Conversion is persiantools', which agrees with ICU on every day of 1200-1599; years outside
1300-1498 are refused, so a mistyped year cannot land in another century.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from persiantools.jdatetime import JalaliDate

from app.core.text import ascii_digits

FIRST_YEAR, LAST_YEAR = 1300, 1498
FIRST_DAY, LAST_DAY = date(1922, 1, 1), date(2100, 12, 31)
"""What may be typed: the month around such a day, and the weeks beside it, exist in both calendars."""
MONTHS_FA = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
MONTHS_LATIN = (
    "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
    "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
)  # fmt: skip
# Indexed as date.weekday() counts: Monday is 0.
WEEKDAYS_FA = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
_TYPED = re.compile(r"([0-9]{4})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})")


@dataclass(frozen=True, order=True, slots=True)
class Jalali:
    """A day of the Jalali calendar. Only valid days exist; others raise ValueError."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"Jalali years run from {FIRST_YEAR} to {LAST_YEAR}")
        JalaliDate(self.year, self.month, self.day)

    @classmethod
    def of(cls, day: date) -> "Jalali":
        found = JalaliDate.to_jalali(day)
        return cls(found.year, found.month, found.day)

    def gregorian(self) -> date:
        return JalaliDate(self.year, self.month, self.day).to_gregorian()

    def __str__(self) -> str:
        """1405/09/01: slashes, because hyphens flip in right-to-left text."""
        return f"{self.year:04d}/{self.month:02d}/{self.day:02d}"


def month_length(year: int, month: int) -> int:
    return JalaliDate.days_in_month(month, year)


def month_days(year: int, month: int) -> list[date]:
    """The days of a Jalali month, as Gregorian dates, in order."""
    first = Jalali(year, month, 1).gregorian()
    return [first + timedelta(days=n) for n in range(month_length(year, month))]


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the week that holds `day`; weekdays count from Monday = 0 (Saturday = 5)."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def parse_date(text: str) -> date:
    """A typed date in either calendar and any digits; the year tells which.

    1300-1498 is Jalali, others are Gregorian. Raises ValueError for what is no day from FIRST_DAY
    to LAST_DAY.
    """
    found = _TYPED.fullmatch(ascii_digits(text).strip())
    if found is None:
        raise ValueError("no date: expected year/month/day")
    year, month, day = (int(part) for part in found.groups())
    is_jalali = FIRST_YEAR <= year <= LAST_YEAR
    read = Jalali(year, month, day).gregorian() if is_jalali else date(year, month, day)
    if not FIRST_DAY <= read <= LAST_DAY:
        raise ValueError(f"days run from {FIRST_DAY} to {LAST_DAY}")
    return read
