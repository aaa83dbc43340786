"""What a gift has served, beside what was predicted when its need was published. Pure.

"After", never "because of": nobody knows what would have been booked without it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from app.core.jalali import Jalali, month_days
from app.core.spans import Span
from app.needs.rules.evidence import Evidence
from app.needs.rules.gap import FEWEST_SHOWN

MINUTE = timedelta(minutes=1)
Calendar = Callable[[date], tuple[date, date]]
"""The first day of the month that holds a day, and the first day of the month after it."""


def gregorian_month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def jalali_month(day: date) -> tuple[date, date]:
    jalali = Jalali.of(day)
    days = month_days(jalali.year, jalali.month)
    return days[0], days[-1] + timedelta(days=1)


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
    """One calendar month of the site. `first` is its first day, also where only a part is counted."""

    first: date
    counted: Span
    is_whole: bool
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
    uses: Sequence[Use],
    promises: Sequence[Promise],
    *,
    since: datetime,
    until: datetime,
    zone: ZoneInfo,
    calendar: Calendar = gregorian_month,
) -> Impact:
    """The figures of what began between `since` and `until`; later dates are booked, not measured."""
    begun = [use for use in uses if since <= use.span.start < until]
    organisations = len({use.organisation_id for use in begun})
    window = Span(since, max(until, since + MINUTE))
    months = [
        _month(first, month, window, begun, promises) for first, month in _months(window, zone, calendar)
    ]
    return Impact(
        since=since,
        minutes_booked=sum(use.span.minutes for use in begun),
        minutes_used=sum(use.span.minutes for use in begun if use.took_place),
        bookings=len({use.booking_id for use in begun}),
        organisations=organisations if organisations >= FEWEST_SHOWN else None,
        predicted_minutes=_predicted(promises, window),
        months=months,
    )


def _month(first: date, month: Span, window: Span, uses: Iterable[Use], promises: Sequence[Promise]) -> Month:
    counted = month.clamp(window) or month
    within = [use for use in uses if counted.holds(use.span.start)]
    return Month(
        first=first,
        counted=counted,
        is_whole=counted == month,
        minutes_booked=sum(use.span.minutes for use in within),
        minutes_used=sum(use.span.minutes for use in within if use.took_place),
        predicted_minutes=_predicted_in(promises, counted, window.start),
    )


def _predicted_in(promises: Sequence[Promise], counted: Span, since: datetime) -> int | None:
    """The difference of what was predicted up to its end and up to its start: so they add up exactly."""
    if not promises:
        return None
    ends = [at for at in (counted.start, counted.end) if at > since]
    sums = [_predicted(promises, Span(since, at)) or 0 for at in ends]
    return sums[-1] - (sums[0] if len(sums) > 1 else 0)


def _predicted(promises: Sequence[Promise], window: Span) -> int | None:
    return round(sum(promise.within(window) for promise in promises)) if promises else None


def _months(window: Span, zone: ZoneInfo, calendar: Calendar) -> Iterator[tuple[date, Span]]:
    """Each calendar month of the zone that the window touches, whole."""
    day = window.start.astimezone(zone).date()
    while True:
        first, following = calendar(day)
        month = Span(*(datetime.combine(at, time(), zone) for at in (first, following)))
        if month.clamp(window) is None:
            return
        yield first, month
        day = following
