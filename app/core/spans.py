"""Spans of time: half-open, aware, UTC. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """The instants from `start` up to, not including, `end`. Touching spans do not overlap."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a span needs aware instants")
        if self.start >= self.end:
            raise ValueError("a span ends after it starts")
        # Nearly all come from the database and are UTC already; a full calendar makes tens of thousands.
        if self.start.tzinfo is not UTC:
            object.__setattr__(self, "start", self.start.astimezone(UTC))
        if self.end.tzinfo is not UTC:
            object.__setattr__(self, "end", self.end.astimezone(UTC))

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    @property
    def minutes(self) -> int:
        """Whole minutes; seconds are dropped."""
        return int(self.length.total_seconds() // 60)

    def overlaps(self, other: Self) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Self) -> bool:
        return self.start <= other.start and other.end <= self.end

    def holds(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    def clamp(self, window: Self) -> Self | None:
        """The part inside `window`, or None when there is none."""
        start, end = max(self.start, window.start), min(self.end, window.end)
        return type(self)(start, end) if start < end else None

    def widen(self, before: timedelta, after: timedelta) -> Self:
        return type(self)(self.start - before, self.end + after)

    def together_with(self, other: Self) -> Self:
        """The shortest span that contains both."""
        return type(self)(min(self.start, other.start), max(self.end, other.end))

    def shift(self, by: timedelta) -> Self:
        return type(self)(self.start + by, self.end + by)

    def starting(self, minutes: int) -> Self:
        """The first so many minutes from its start."""
        return type(self)(self.start, self.start + timedelta(minutes=minutes))

    def minus(self, others: Iterable[Self]) -> list[Self]:
        """What is left of this span when the others are taken out, in order."""
        left, start = [], self.start
        for other in sorted(others):
            if other.start > start and start < self.end:
                left.append(type(self)(start, min(other.start, self.end)))
            start = max(start, other.end)
        if start < self.end:
            left.append(type(self)(start, self.end))
        return left

    def pieces(self, longest: timedelta) -> list[Self]:
        """The same time as consecutive spans none of which is longer than `longest`."""
        pieces, start = [], self.start
        while start < self.end:
            end = min(start + longest, self.end)
            pieces.append(type(self)(start, end))
            start = end
        return pieces


def union(spans: Iterable[Span]) -> list[Span]:
    """The same instants as few, disjoint, ordered spans; touching ones are joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
