"""The month of a statement, in either calendar. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from app.core.jalali import FIRST_DAY, FIRST_YEAR, LAST_DAY, LAST_YEAR, Jalali, month_length
from app.core.text import ascii_digits

_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Month:
    """A month; the year tells the calendar, as it does of typed dates."""

    year: int
    month: int

    @classmethod
    def holding(cls, day: date, *, jalali: bool) -> Self:
        """The month of the calendar that the day is in."""
        shown = Jalali.of(day) if jalali else day
        return cls(shown.year, shown.month)

    @classmethod
    def read(cls, text: str) -> Self:
        """Of '2026-11' or '1405-09', in any digits. Raises ValueError for anything else."""
        found = _MONTH.fullmatch(ascii_digits(text).strip())
        if found is None:
            raise ValueError("no month: expected year-month")
        month = cls(int(found[1]), int(found[2]))
        if not 1 <= month.month <= 12 or not FIRST_DAY <= month.first <= LAST_DAY:
            raise ValueError("no such month")
        return month

    @property
    def is_jalali(self) -> bool:
        return FIRST_YEAR <= self.year <= LAST_YEAR

    @property
    def first(self) -> date:
        if self.is_jalali:
            return Jalali(self.year, self.month, 1).gregorian()
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        if self.is_jalali:
            return self.first + timedelta(days=month_length(self.year, self.month) - 1)
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def before(self) -> Self:
        return type(self).holding(self.first - timedelta(days=1), jalali=self.is_jalali)

    @property
    def after(self) -> Self:
        return type(self).holding(self.last + timedelta(days=1), jalali=self.is_jalali)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
