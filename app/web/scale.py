"""A stretch of time drawn in tracks of five minutes. Pure.

Positions count the minutes that really pass, so a day on which the clocks change is 23 or 25 hours
long and nothing is drawn where it did not happen. Several days below one another share the hours of
the clock instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.spans import Span
from app.core.zones import day_span

TRACK = timedelta(minutes=5)
HOUR = timedelta(hours=1)
LABEL = timedelta(minutes=40)
"""How much time the label of an hour and that of the now-line need beside each other."""
USUAL = (time(8), time(18))
"""The hours drawn of a day on which nothing is open."""


@dataclass(frozen=True)
class Place:
    """Where something lies on a scale: the track it starts at (from 1) and how many it lasts."""

    start: int
    length: int

    @property
    def classes(self) -> str:
        return f"c{self.start} s{self.length}"


@dataclass(frozen=True)
class Scale:
    """A window of whole hours, in the zone whose clock labels it."""

    window: Span
    zone: ZoneInfo

    @property
    def hours(self) -> int:
        return -(-self._passed(self.window.end) // HOUR)

    @property
    def labels(self) -> list[datetime]:
        """The instants of the hour labels."""
        return [self.window.start + n * HOUR for n in range(self.hours)]

    def place(self, span: Span) -> Place | None:
        """Where the span lies, at least one track long; None when it is outside."""
        inside = span.clamp(self.window)
        if inside is None:
            return None
        start = self._passed(inside.start) // TRACK
        end = -(-self._passed(inside.end) // TRACK)
        return Place(start + 1, max(1, end - start))

    def at(self, instant: datetime) -> Place | None:
        """The track of an instant."""
        return self.place(Span(instant, instant + TRACK)) if self.window.holds(instant) else None

    def before(self, now: datetime) -> Place | None:
        """What of the window is past; None when nothing is."""
        if now <= self.window.start:
            return None
        return self.place(Span(self.window.start, now))

    def is_covered(self, label: datetime, now: datetime | None) -> bool:
        """Whether the time of the now-line lies over the label, which begins at its hour."""
        if now is None or not self.window.holds(now):
            return False
        return -LABEL / 3 < now - label < LABEL

    def _passed(self, instant: datetime) -> timedelta:
        """How far the instant lies behind the beginning."""
        return instant - self.window.start


@dataclass(frozen=True)
class ClockScale(Scale):
    """Hours of one day's clock, so that several days can stand below one ruler.

    A day on which the clocks change is as long as the others: an hour that they skip stays empty, and
    one that they show twice is drawn over itself.
    """

    begins: datetime
    """What the clock shows at the beginning; naive."""

    @property
    def labels(self) -> list[datetime]:
        """The hours of the clock, those that the day skips as well."""
        return [(self.begins + n * HOUR).replace(tzinfo=self.zone) for n in range(self.hours)]

    def _passed(self, instant: datetime) -> timedelta:
        return instant.astimezone(self.zone).replace(tzinfo=None) - self.begins


def clock_scale(day: date, zone: ZoneInfo, first: int, last: int) -> ClockScale:
    """The hours of that day from `first` to `last`, which may be 24."""
    begins, ends = (datetime.combine(day, time()) + hour * HOUR for hour in (first, last))
    return ClockScale(Span(begins.replace(tzinfo=zone), ends.replace(tzinfo=zone)), zone, begins)


def day_scale(day: date, zone: ZoneInfo, shown: Iterable[Span], *, margin: timedelta = HOUR) -> Scale:
    """A scale of the local day that shows these spans and a margin, in whole hours of its clock."""
    whole = day_span(day, zone)
    spans = [span for span in (one.clamp(whole) for one in shown) if span is not None]
    if not spans:
        usual = (datetime.combine(day, at, zone) for at in USUAL)
        spans = [Span(*usual)]
    start = min(span.start for span in spans) - margin
    end = max(span.end for span in spans) + margin
    first = whole.start + (max(start, whole.start) - whole.start) // HOUR * HOUR
    last = whole.start - (whole.start - min(end, whole.end)) // HOUR * HOUR
    return Scale(Span(first, min(last, whole.end)), zone)
