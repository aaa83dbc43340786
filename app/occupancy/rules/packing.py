"""Which unit for which claim. Pure.

Tentative units may be exchanged at will; a fixed one (somebody works with it, or it alone is being
repaired) may not. Without fixed ones counting is enough: jobs taken in order of their start always
find a unit when no instant asks for more than there are (interval graphs are perfect). With fixed
ones ahead that can fail, so `pack` searches; it is exact as long as its budget lasts.
"""

from collections.abc import Iterable, Iterator, Sequence
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
    return search.assignment if search.place() else None


@dataclass
class _Search:
    jobs: Sequence[Job]
    units: tuple[int, ...]
    assignment: Assignment = field(default_factory=dict)
    looked: int = 0

    def place(self) -> bool:
        """Give every job its units in turn; at a dead end the one before takes its next choice."""
        open_choices: list[Iterator[frozenset[int]]] = []
        while len(self.assignment) < len(self.jobs):
            if len(open_choices) == len(self.assignment):
                open_choices.append(self._choices(len(open_choices)))
            choice = next(open_choices[-1], None)
            if choice is not None:
                self.looked += 1
                if self.looked > BUDGET:
                    return False
                job = self.jobs[len(open_choices) - 1]
                self.assignment[job.key] = job.fixed | choice
                continue
            open_choices.pop()
            if not open_choices:
                return False
            del self.assignment[self.jobs[len(open_choices) - 1].key]
        return True

    def _choices(self, index: int) -> Iterator[frozenset[int]]:
        """Ways to give the job the units it still lacks; interchangeable ways only once."""
        job = self.jobs[index]
        missing = job.quantity - len(job.fixed)
        if missing <= 0:
            yield frozenset()
            return
        ahead, busy = self._fixed_ahead(job), self._busy(index)
        free = [u for u in self.units if u not in busy and not (u in ahead and ahead[u].overlaps(job.span))]
        # What it has now first; then units wanted soonest by a fixed job, to leave the others whole.
        free.sort(key=lambda u: (u not in job.keeps, ahead.get(u, NEVER), u))
        seen = set()
        for chosen in combinations(free, missing):
            shape = tuple(sorted(ahead.get(u, NEVER) for u in chosen))
            if shape not in seen:
                seen.add(shape)
                yield frozenset(chosen)

    def _busy(self, index: int) -> frozenset[int]:
        """Units of the job itself, and of those before it that are not over when it begins."""
        job = self.jobs[index]
        before = (other for other in self.jobs[:index] if other.span.end > job.span.start)
        return job.fixed.union(*(self.assignment[other.key] for other in before))

    def _fixed_ahead(self, job: Job) -> dict[int, Span]:
        """For each unit, the first fixed use of it that is not over when this job begins."""
        ahead: dict[int, Span] = {}
        for other in self.jobs:
            if other.key != job.key and other.span.end > job.span.start:
                for unit in other.fixed:
                    ahead.setdefault(unit, other.span)
        return ahead
