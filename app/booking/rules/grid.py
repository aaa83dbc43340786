"""The grid on which bookings begin and end, counted from local midnight. Pure."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.spans import Span
from app.core.zones import start_of

A_DAY = 24 * 60
MINUTE = timedelta(minutes=1)


def divides_a_day(minutes: int) -> bool:
    """Whether a grid of so many minutes fits into a day, so that it can begin again each midnight."""
    return minutes == 0 or (minutes > 0 and A_DAY % minutes == 0)


def is_on_grid(instant: datetime, minutes: int, zone: ZoneInfo) -> bool:
    """Whether the clock on the wall shows a time of the grid."""
    if not minutes:
        return True
    local = instant.astimezone(zone)
    return not (local.hour * 60 + local.minute) % minutes and not (local.second or local.microsecond)


def keeps_to_grid(span: Span, minutes: int, zone: ZoneInfo) -> bool:
    return is_on_grid(span.start, minutes, zone) and is_on_grid(span.end, minutes, zone)


def next_on_grid(instant: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    """The instant itself, or the next that is on the grid."""
    if not minutes:
        return instant
    found = _whole_minute(instant)
    while not is_on_grid(found, minutes, zone):
        local = found.astimezone(zone)
        found += (minutes - (local.hour * 60 + local.minute) % minutes) * MINUTE
        # Where the clocks are put on between the two, the step may pass midnight and another grid begins.
        found = min(found, _midnight_after(local, zone))
    return found


def last_on_grid(instant: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    """The instant itself, or the last before it that is on the grid."""
    if not minutes:
        return instant
    found = instant.replace(second=0, microsecond=0)
    while not is_on_grid(found, minutes, zone):
        local = found.astimezone(zone)
        found = max(
            found - ((local.hour * 60 + local.minute) % minutes) * MINUTE, start_of(local.date(), zone)
        )
        if found == local.astimezone(UTC):
            # Midnight itself was skipped: the day begins off the grid.
            found -= MINUTE
    return found


def on_grid_within(span: Span, length: timedelta, minutes: int, zone: ZoneInfo) -> Span | None:
    """The span from the first to the last place in it where a booking of the length keeps to the grid."""
    if not minutes:
        return span if span.length >= length else None
    first = _first_start(span, length, minutes, zone)
    if first is None:
        return None
    end = last_on_grid(span.end, minutes, zone)
    while not is_on_grid(end - length, minutes, zone):
        end = last_on_grid(end - MINUTE, minutes, zone)
    return Span(first, end)


def _first_start(span: Span, length: timedelta, minutes: int, zone: ZoneInfo) -> datetime | None:
    start = next_on_grid(span.start, minutes, zone)
    is_hopeless = length % (minutes * MINUTE) and _has_one_offset(span, zone)
    while not is_hopeless and start + length <= span.end:
        if is_on_grid(start + length, minutes, zone):
            return start
        start = next_on_grid(start + MINUTE, minutes, zone)
    return None


def _has_one_offset(span: Span, zone: ZoneInfo) -> bool:
    """Whether nobody turns the clocks during the span; looked at once a day."""
    instants = [span.start, *(piece.end for piece in span.pieces(timedelta(days=1)))]
    return len({instant.astimezone(zone).utcoffset() for instant in instants}) == 1


def _whole_minute(instant: datetime) -> datetime:
    whole = instant.replace(second=0, microsecond=0)
    return whole if whole == instant else whole + MINUTE


def _midnight_after(local: datetime, zone: ZoneInfo) -> datetime:
    return start_of(local.date() + timedelta(days=1), zone)
