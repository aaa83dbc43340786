"""How much of a calendar a subscription shows. Pure."""

from datetime import UTC, datetime, timedelta

from app.core.spans import Span

PAST, FUTURE = timedelta(days=90), timedelta(days=365)
"""Also how long what was called off stays visible as cancelled: subscribers ask rarely, some once a day."""


def window_at(instant: datetime) -> Span:
    """The window of that UTC day. The same all day, so that what is answered changes with the data only."""
    today = instant.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Span(today - PAST, today + FUTURE)
