"""Which unit for which claim. Pure.

Tentative units may be exchanged at will; a fixed one (somebody works with it, or it alone is being
repaired) may not. Without fixed ones counting is enough: jobs taken in order of their start always
find a unit when no instant asks for more than there are (interval graphs are perfect). With fixed
ones ahead that can fail, so `pack` searches; it is exact as long as its budget lasts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations

from app.core.spans import Span

BUDGET = 20_000
"""Choices looked at before giving up. A week of a busy pool needs a few hundred."""

NEVER = Span(datetime(9998, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
"""Sorts after every use."""


@dataclass(frozen=True, slots=True)
class Job:
    """`quantity` units are wanted during all of `span`; `fixed` are given and stay."""

    key: int
    span: Span
    quantity: int
    fixed: frozenset[int] = frozenset()
    keeps: frozenset[int] = frozenset()
    """Units it has now, tentatively: kept where that is possible, so that plans stay calm."""


Assignment = dict[int, frozenset[int]]


def pack(jobs: Sequence[Job], units: Iterable[int]) -> Assignment | None:
    """Units for every job so that none is in two places, or None when there is no such way."""
    ordered = sorted(jobs, key=lambda job: (job.span.start, job.span.end, job.key))
    search = _Search(ordered, tuple(sorted(units)))
    return search.assignment if search.place(0) else None


@dataclass
class _Search:
    jobs: Sequence[Job]
    units: tuple[int, ...]
    assignment: Assignment = field(default_factory=dict)
    looked: int = 0

    def place(self, index: int) -> bool:
        if index == len(self.jobs):
            return True
        job = self.jobs[index]
        for choice in self._choices(job):
            self.looked += 1
            if self.looked > BUDGET:
                return False
            self.assignment[job.key] = job.fixed | choice
            if self.place(index + 1):
                return True
            del self.assignment[job.key]
        return False

    def _choices(self, job: Job) -> Iterator[frozenset[int]]:
        """Ways to give the job the units it still lacks; interchangeable ways only once."""
        missing = job.quantity - len(job.fixed)
        if missing <= 0:
            yield frozenset()
            return
        ahead = self._fixed_ahead(job)
        free = [u for u in self.units if u not in job.fixed and self._is_free(u, job, ahead)]
        # What it has now first; then units wanted soonest by a fixed job, to leave the others whole.
        free.sort(key=lambda u: (u not in job.keeps, ahead.get(u, NEVER), u))
        seen = set()
        for chosen in combinations(free, missing):
            shape = tuple(sorted(ahead.get(u, NEVER) for u in chosen))
            if shape not in seen:
                seen.add(shape)
                yield frozenset(chosen)

    def _is_free(self, unit: int, job: Job, ahead: Mapping[int, Span]) -> bool:
        if unit in ahead and ahead[unit].overlaps(job.span):
            return False
        return not any(
            unit in self.assignment.get(other.key, ()) and other.span.overlaps(job.span)
            for other in self.jobs
        )

    def _fixed_ahead(self, job: Job) -> dict[int, Span]:
        """For each unit, the first fixed use of it that is not over when this job begins."""
        ahead: dict[int, Span] = {}
        for other in self.jobs:
            if other.key != job.key and other.span.end > job.span.start:
                for unit in other.fixed:
                    ahead.setdefault(unit, other.span)
        return ahead
