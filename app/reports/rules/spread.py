"""How values are spread: their middle, where nine of ten lie, and how many in each class. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

HOUR, DAY = 60, 24 * 60
LEAD_EDGES = (0, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 56 * DAY)
"""Minutes from the request to the start at which the classes begin; the last one has no end."""
ANSWER_EDGES = (0, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, 40 * HOUR)
"""Working minutes from the request to the answer."""


@dataclass(frozen=True)
class Spread:
    """Values above nothing, in classes that begin at the edges."""

    edges: Sequence[float]
    counts: Sequence[int]
    median: float
    ninetieth: float

    @property
    def number(self) -> int:
        return sum(self.counts)

    def place(self, value: float) -> float:
        """Where a value lies on the classes side by side: 1.5 is the middle of the second."""
        index = _class_of(value, self.edges)
        if index == len(self.edges) - 1:
            return index + 0.5
        begins, ends = self.edges[index], self.edges[index + 1]
        return index + (value - begins) / (ends - begins)


def spread(values: Sequence[float], edges: Sequence[float]) -> Spread | None:
    """None where there are no values."""
    if not values:
        return None
    counts = [0] * len(edges)
    for value in values:
        counts[_class_of(value, edges)] += 1
    return Spread(edges, counts, percentile(values, 0.5), percentile(values, 0.9))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies, between neighbours in proportion. Needs one at least."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def _class_of(value: float, edges: Sequence[float]) -> int:
    return max(0, bisect_right(edges, value) - 1)
