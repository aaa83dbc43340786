"""What a gift has served, beside what was predicted when its need was published. Pure.

"After", never "because of": nobody knows what would have been booked without it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from app.core.spans import Span
from app.needs.rules.evidence import Evidence
from app.needs.rules.gap import FEWEST_SHOWN

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Use:
    """One date on one of the gift's units, without set-up and clean-up."""

    booking_id: int
    organisation_id: int
    span: Span
    took_place: bool


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What one unit of the gift was predicted to serve, from the day it went into service."""

    since: datetime
    minutes_a_day: Fraction

    @classmethod
    def of(cls, evidence: Evidence | None, since: datetime) -> "Promise | None":
        """From the frozen evidence of the need that the unit serves; None where nothing was predicted."""
        figures = evidence.figures if evidence else None
        if evidence is None or figures is None or not figures.extra or figures.served_minutes is None:
            return None
        days = evidence.window.length / timedelta(days=1)
        return cls(
            since=since, minutes_a_day=Fraction(figures.served_minutes, figures.extra) / Fraction(days)
        )

    def within(self, window: Span) -> Fraction:
        served = Span(self.since, max(window.end, self.since + MINUTE)).clamp(window)
        return self.minutes_a_day * Fraction(served.length / timedelta(days=1)) if served else Fraction(0)


@dataclass(frozen=True, kw_only=True)
class Month:
    """One calendar month of the site; the first and the last may be parts."""

    first: date
    minutes_booked: int
    minutes_used: int
    predicted_minutes: int | None


@dataclass(frozen=True, kw_only=True)
class Impact:
    """All of it, and month by month. `organisations` is None where so few would be told apart."""

    since: datetime
    minutes_booked: int
    minutes_used: int
    bookings: int
    organisations: int | None
    predicted_minutes: int | None
    months: Sequence[Month]


def impact(
    uses: Sequence[Use], promises: Sequence[Promise], *, since: datetime, until: datetime, zone: ZoneInfo
) -> Impact:
    """The figures of what began between `since` and `until`; later dates are booked, not measured."""
    begun = [use for use in uses if since <= use.span.start < until]
    organisations = len({use.organisation_id for use in begun})
    months = [
        _month(first, window, begun, promises)
        for first, window in _months(Span(since, max(until, since + MINUTE)), zone)
    ]
    return Impact(
        since=since,
        minutes_booked=sum(use.span.minutes for use in begun),
        minutes_used=sum(use.span.minutes for use in begun if use.took_place),
        bookings=len({use.booking_id for use in begun}),
        organisations=organisations if organisations >= FEWEST_SHOWN else None,
        predicted_minutes=_predicted(promises, Span(since, max(until, since + MINUTE))),
        months=months,
    )


def _month(first: date, window: Span, uses: Iterable[Use], promises: Sequence[Promise]) -> Month:
    within = [use for use in uses if window.holds(use.span.start)]
    return Month(
        first=first,
        minutes_booked=sum(use.span.minutes for use in within),
        minutes_used=sum(use.span.minutes for use in within if use.took_place),
        predicted_minutes=_predicted(promises, window),
    )


def _predicted(promises: Sequence[Promise], window: Span) -> int | None:
    return round(sum(promise.within(window) for promise in promises)) if promises else None


def _months(window: Span, zone: ZoneInfo) -> Iterator[tuple[date, Span]]:
    """Each calendar month that the window touches, cut to it."""
    first = window.start.astimezone(zone).date().replace(day=1)
    while True:
        following = (first + timedelta(days=32)).replace(day=1)
        start, end = (datetime.combine(day, time(), zone) for day in (first, following))
        part = Span(start, end).clamp(window)
        if part is None:
            return
        yield first, part
        first = following
