"""Hours that come back every week, and the week itself. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

SATURDAY, SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = 5, 6, 0, 1, 2, 3, 4
_DAY_MINUTES = 24 * 60


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
