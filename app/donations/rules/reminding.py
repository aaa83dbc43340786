"""When somebody is reminded of an answer that was promised. Pure."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

WORKING_DAYS_BEFORE = 3
FURTHEST = 30
"""Days to look back for a working day: longer than any closure."""


class Due(StrEnum):
    SOON = "soon"
    OVERDUE = "overdue"


def due_of(answer_by: date, today: date, is_off: Callable[[date], bool]) -> Due | None:
    """Overdue the day after; soon from the third working day before it on."""
    if today > answer_by:
        return Due.OVERDUE
    return Due.SOON if today >= reminded_on(answer_by, is_off) else None


def reminded_on(answer_by: date, is_off: Callable[[date], bool]) -> date:
    """The third working day before."""
    earlier = (answer_by - timedelta(days=n) for n in range(1, FURTHEST))
    working = [day for day in earlier if not is_off(day)]
    return working[WORKING_DAYS_BEFORE - 1] if len(working) >= WORKING_DAYS_BEFORE else answer_by
