"""What became of the open hours of equipment. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.core.spans import Span
from app.reports.rules.open_time import OpenTime


class Use(StrEnum):
    """In the order in which a bar is stacked."""

    USED = "used"
    TEACHING = "teaching"
    BOOKED = "booked"
    """Held for what is still ahead or waits for an answer."""
    MISSED = "missed"
    """Held, and nobody came."""
    OUT = "out"
    """Maintenance, an outage, or closed."""
    FREE = "free"


class Taken(NamedTuple):
    """So many of the equipment, from and until when, and for what."""

    starts_at: datetime
    ends_at: datetime
    quantity: int
    use: Use


class Stock(NamedTuple):
    """How many there were in a stretch of time."""

    start: datetime
    end: datetime
    quantity: int


@dataclass
class Tally:
    """Equipment-minutes in opening hours, by what became of them. Adding two gives both together."""

    open_minutes: float = 0
    taken: dict[Use, float] = field(default_factory=lambda: defaultdict(float))

    def minutes(self, use: Use) -> float:
        if use is Use.FREE:
            return max(0.0, self.open_minutes - self.all_taken)
        return self.taken.get(use, 0)

    @property
    def all_taken(self) -> float:
        return sum(self.taken.values())

    def share(self, *uses: Use) -> float | None:
        """Of the time in which it could have been used; None where there was none."""
        usable = self.open_minutes - self.taken.get(Use.OUT, 0)
        return sum(self.minutes(use) for use in uses) / usable if usable > 0 else None

    @property
    def is_empty(self) -> bool:
        """Nothing was open and nothing taken."""
        return not self.open_minutes and not self.all_taken

    def add(self, other: "Tally") -> None:
        self.open_minutes += other.open_minutes
        for use, minutes in other.taken.items():
            self.taken[use] += minutes


def together(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for one in tallies:
        whole.add(one)
    return whole


def stock_over(window: Span, past: Iterable[tuple[Span, int]], quantity: int) -> list[Stock]:
    """How many there were over the window: what is known of the past, and since then `quantity`.

    Before anything is known of it there was what the earliest record says.
    """
    found, start = list[Stock](), window.start
    for span, number in sorted(past):
        if span.end > start:
            end = min(span.end, window.end)
            found.append(Stock(start, end, number))
            start = end
        if start >= window.end:
            return found
    return [*found, Stock(start, window.end, quantity)]


def tallies(
    edges: Sequence[datetime], openings: OpenTime, stock: Iterable[Stock], takings: Iterable[Taken]
) -> list[Tally]:
    """One equipment's tally for each part of time between two neighbouring edges."""
    parts = [Tally() for _edge in edges[1:]]
    for one in stock:
        for index, minutes in _by_part(edges, openings, one.start, one.end):
            parts[index].open_minutes += minutes * one.quantity
    for taking in takings:
        for index, minutes in _by_part(edges, openings, taking.starts_at, taking.ends_at):
            parts[index].taken[taking.use] += minutes * taking.quantity
    return parts


def _by_part(
    edges: Sequence[datetime], openings: OpenTime, start: datetime, end: datetime
) -> Iterable[tuple[int, float]]:
    """The open minutes of a stretch in each of the parts that it touches."""
    start, end = max(start, edges[0]), min(end, edges[-1])
    index = bisect_right(edges, start) - 1
    while start < end:
        until = min(end, edges[index + 1])
        yield index, openings.minutes(start, until)
        start, index = until, index + 1
