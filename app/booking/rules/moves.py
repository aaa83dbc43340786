"""Which moves are small. Pure."""

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from app.core.spans import Span


def is_small(was: Span, to: Span, zone: ZoneInfo, limits: Iterable[int]) -> bool:
    """Whether the move keeps length and day, and no lab of it finds it too far; limits in minutes."""
    shift = abs(to.start - was.start)
    same_day = was.start.astimezone(zone).date() == to.start.astimezone(zone).date()
    return to.length == was.length and same_day and shift <= timedelta(minutes=min(limits))
