"""When a lab is open and when its people answer. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.spans import Span, union
from app.core.zones import local_span

A_MONTH = timedelta(days=30)
"""As far as is looked at a time: few promises need more."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One opening on a weekday (Monday is 0), in local time; closing at 00:00 is the day's end."""

    weekday: int
    opens: time
    closes: time

    def common(self, other: "Hours") -> "Hours | None":
        """The part of a day that is in both; None when there is none."""
        opens, closes = max(self.opens, other.opens), min(_end(self), _end(other))
        return Hours(self.weekday, opens, closes if closes < time.max else time()) if opens < closes else None


@dataclass(frozen=True)
class Week:
    """A lab's or an office's week in its zone, and the days on which it is closed all the same."""

    hours: Sequence[Hours]
    closed_on: Collection[date]
    zone: ZoneInfo
    instead: Mapping[date, Sequence[Hours]] = field(default_factory=dict)
    """What holds on single days, whatever the week and the holidays say; no hours: closed."""

    def opens_on(self, day: date) -> list[Span]:
        """The openings of a local day; none on a holiday or a free weekday."""
        return [local_span(day, hours.opens, hours.closes, self.zone) for hours in self.hours_on(day)]

    def hours_on(self, day: date) -> Sequence[Hours]:
        if day in self.instead:
            return self.instead[day]
        if day in self.closed_on:
            return []
        return [hours for hours in self.hours if hours.weekday == day.weekday()]

    def with_own(self, own: Sequence[Hours]) -> "Week":
        """The week of an equipment that keeps other hours than its lab.

        On single days for which the lab has said something it is open where both are.
        """
        instead = {
            day: [both for this in said for that in _of(day, own) if (both := this.common(that)) is not None]
            for day, said in self.instead.items()
        }
        return replace(self, hours=own, instead=instead)

    def open_spans(self, window: Span) -> list[Span]:
        """When it is open inside the window, in order; openings that touch at midnight are one."""
        found = (span.clamp(window) for day in days_of(window, self.zone) for span in self.opens_on(day))
        return union(span for span in found if span is not None)


def _of(day: date, hours: Sequence[Hours]) -> list[Hours]:
    return [one for one in hours if one.weekday == day.weekday()]


def _end(hours: Hours) -> time:
    """When it closes; the end of the day is after every other time."""
    return hours.closes if hours.closes != time() else time.max


def days_of(span: Span, zone: ZoneInfo) -> Iterator[date]:
    """The local days the span touches, and the one before, whose openings may reach past midnight."""
    day = span.start.astimezone(zone).date() - timedelta(days=1)
    last = span.end.astimezone(zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def after_open_minutes(ahead: Span, minutes: int, week: Week) -> datetime:
    """The instant at which that many open minutes have passed since `ahead` began, or `ahead` ends.

    Where the week never opens in it, they are counted on the wall instead: a promise with no working
    hours is still a promise.
    """
    left, is_never_open = timedelta(minutes=minutes), True
    for part in ahead.pieces(A_MONTH):
        for opening in week.open_spans(part):
            if opening.length >= left:
                return opening.start + left
            left, is_never_open = left - opening.length, False
    return ahead.start + timedelta(minutes=minutes) if is_never_open else ahead.end
