"""Between wall clock and UTC. Pure.

Twice a year a wall clock may skip an hour or show one twice. A time that does not exist, or that
exists twice, is refused by name instead of being guessed: the two guesses differ by an hour of a lab.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.spans import Span


class BadLocalTime(ValueError):
    """This wall-clock time does not exist on that day, or exists twice."""

    def __init__(self, local: datetime, *, twice: bool) -> None:
        super().__init__(f"{local.isoformat()} {'exists twice' if twice else 'does not exist'}")
        self.local = local
        self.twice = twice


def to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a naive wall-clock time in the zone. Raises BadLocalTime."""
    early, late = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise BadLocalTime(local, twice=False)
    if early.utcoffset() != late.utcoffset():
        raise BadLocalTime(local, twice=True)
    return early.astimezone(UTC)


def day_span(day: date, zone: ZoneInfo) -> Span:
    """The local day as a span: 23, 24 or 25 hours."""
    return Span(start_of(day, zone), start_of(day + timedelta(days=1), zone))


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of the local day, also where midnight itself is skipped or doubled."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def local_span(day: date, opens: time, closes: time, zone: ZoneInfo) -> Span:
    """Opening hours of a local day as a span. 00:00 as `closes` means the end of the day.

    Hours are facts about a building, not a person's input: a skipped time means the first instant
    after the gap, a doubled one its first showing.
    """
    end_day = day + timedelta(days=1) if closes <= opens else day
    start = datetime.combine(day, opens, zone).astimezone(UTC)
    return Span(start, datetime.combine(end_day, closes, zone).astimezone(UTC))
