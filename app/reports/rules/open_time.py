"""How much of a stretch of time is open, asked thousands of times. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from app.core.spans import Span


class OpenTime:
    """Openings, in order and apart from one another. Answers in the logarithm of their number."""

    def __init__(self, openings: Sequence[Span]) -> None:
        self._starts = [one.start.timestamp() for one in openings]
        self._lengths = [one.length.total_seconds() for one in openings]
        self._before = [0.0, *accumulate(self._lengths)]

    def minutes(self, start: datetime, end: datetime) -> float:
        """Open minutes between two instants; none where the end is not after the start."""
        return max(0.0, self._until(end.timestamp()) - self._until(start.timestamp())) / 60

    def _until(self, at: float) -> float:
        """Open seconds before the instant."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return 0.0
        return self._before[index] + min(at - self._starts[index], self._lengths[index])
