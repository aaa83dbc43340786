"""The weeks of a place. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.spans import Span


def weeks_within(window: Span, zone: ZoneInfo, first_weekday: int) -> list[Span]:
    """The window cut where a week begins there; its first and its last part may be shorter."""
    day = window.start.astimezone(zone).date()
    begins = day - timedelta(days=(day.weekday() - first_weekday) % 7)
    parts, start = [], window.start
    while start < window.end:
        begins += timedelta(days=7)
        # From the date, not seven times a day of 24 hours later: clocks are put forward in some weeks.
        end = min(datetime.combine(begins, time(), zone).astimezone(window.start.tzinfo), window.end)
        parts.append(Span(start, end))
        start = end
    return parts
