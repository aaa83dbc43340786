"""Hours that come back every week, and the week itself. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from app.core.text import ascii_digits

SATURDAY, SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = 5, 6, 0, 1, 2, 3, 4
_DAY_MINUTES = 24 * 60
_BETWEEN_OPENINGS = re.compile(r"\s*[,،;؛]\s*")
_OPENING = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*(?:-|–|—|تا|to)\s*([0-9]{1,2})(?:[:.]([0-9]{2}))?")


@dataclass(frozen=True, order=True)
class DayHours:
    """One opening on a weekday (Monday is 0). 00:00 as `closes` means the end of the day."""

    weekday: int
    opens: time
    closes: time

    @property
    def minutes(self) -> tuple[int, int]:
        """From and until when, in minutes since midnight."""
        closes = self.closes.hour * 60 + self.closes.minute
        return self.opens.hour * 60 + self.opens.minute, closes or _DAY_MINUTES


def openings_in(weekday: int, text: str) -> list[DayHours]:
    """The openings that somebody typed: '8-12, 13:30-18'; none for an empty text. Raises ValueError."""
    openings = []
    for part in _BETWEEN_OPENINGS.split(ascii_digits(text).strip()):
        if not part:
            continue
        found = _OPENING.fullmatch(part)
        if found is None:
            raise ValueError(f"no hours: {part}")
        opens, closes = _time(found[1], found[2]), _time(found[3], found[4])
        openings.append(DayHours(weekday, opens, closes))
    return openings


def openings_text(openings: Iterable[DayHours]) -> str:
    """The same openings as somebody would type them."""
    return ", ".join(f"{one.opens:%H:%M}–{_closing_text(one.closes)}" for one in sorted(openings))


def _time(hour: str, minute: str | None) -> time:
    """24:00 is the end of the day, which is written 00:00."""
    if int(hour) == 24 and not int(minute or 0):
        return time(0)
    return time(int(hour), int(minute or 0))


def _closing_text(closes: time) -> str:
    return f"{closes:%H:%M}" if closes != time(0) else "24:00"


def problem_with(hours: Iterable[DayHours]) -> str | None:
    """Why these hours cannot be kept ('ends-before-it-starts', 'overlap'), or None."""
    before: DayHours | None = None
    for opening in sorted(hours):
        opens, closes = opening.minutes
        if opens >= closes:
            return "ends-before-it-starts"
        if before and before.weekday == opening.weekday and opens < before.minutes[1]:
            return "overlap"
        before = opening
    return None


def weekdays_from(first: int) -> list[int]:
    """The seven weekdays, beginning with the first of the site's week."""
    return [(first + n) % 7 for n in range(7)]


def a_day_of(weekday: int) -> date:
    """Some day that falls on the weekday, for its name."""
    monday = date(2024, 1, 1)
    return monday + timedelta(days=weekday)
