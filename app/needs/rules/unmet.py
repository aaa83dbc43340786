"""How much was asked for and not given, each organisation's repeated asking counted once. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from app.core.spans import Span


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A miss for lack of equipment: so many for so long, within a window."""

    organisation_id: int
    at: datetime
    """When it was remembered."""
    window: Span
    minutes: int
    quantity: int
    served_minutes: int = 0
    """Equipment-minutes that a later booking made up for."""

    @property
    def is_exact(self) -> bool:
        """Wanted at this very time, not somewhere in the window."""
        return self.window.minutes <= self.minutes


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What would have had to be given: so many for so long, within a window."""

    window: Span
    minutes: int
    quantity: int

    @property
    def equipment_minutes(self) -> int:
        return self.minutes * self.quantity


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One need of one organisation, however often it asked: misses whose windows hang together.

    Exact wishes count by the time they cover, at each instant the greatest quantity; wishes that would
    have taken any time of a window count by the largest; of the two the greater is what was missing.
    """

    organisation_id: int
    first_at: datetime
    wishes: tuple[Wish, ...] = field(repr=False)
    served_minutes: int

    @property
    def owed_minutes(self) -> int:
        """Equipment-minutes that nothing made up for."""
        return max(0, sum(wish.equipment_minutes for wish in self.wishes) - self.served_minutes)


def asked(misses: Iterable[Missed]) -> list[Asked]:
    """The needs behind the misses, in the order in which they were first told."""
    by_organisation: dict[int, list[Missed]] = defaultdict(list)
    for miss in misses:
        by_organisation[miss.organisation_id].append(miss)
    found = [
        _asked(together)
        for of_one in by_organisation.values()
        for together in _hanging_together(sorted(of_one, key=lambda miss: miss.window))
    ]
    return sorted(found, key=lambda need: (need.first_at, need.organisation_id, need.wishes[0].window))


def unmet_minutes(needs: Iterable[Asked]) -> int:
    """Equipment-minutes over all organisations."""
    return sum(need.owed_minutes for need in needs)


def _hanging_together(misses: Sequence[Missed]) -> Iterator[list[Missed]]:
    """Runs of misses, sorted by window, of which each overlaps one before it."""
    together: list[Missed] = []
    reach = None
    for miss in misses:
        if reach is not None and miss.window.start >= reach:
            yield together
            together, reach = [], None
        together.append(miss)
        reach = miss.window.end if reach is None else max(reach, miss.window.end)
    if together:
        yield together


def _asked(together: Sequence[Missed]) -> Asked:
    exact = tuple(_covered([miss for miss in together if miss.is_exact]))
    flexible = [_wish(miss) for miss in together if not miss.is_exact]
    largest = max(flexible, key=lambda wish: wish.equipment_minutes, default=None)
    wishes = exact
    if largest and largest.equipment_minutes > sum(wish.equipment_minutes for wish in exact):
        wishes = (largest,)
    return Asked(
        organisation_id=together[0].organisation_id,
        first_at=min(miss.at for miss in together),
        wishes=wishes,
        served_minutes=sum(miss.served_minutes for miss in together),
    )


def _wish(miss: Missed) -> Wish:
    return Wish(window=miss.window, minutes=miss.minutes, quantity=miss.quantity)


def _covered(exact: Sequence[Missed]) -> Iterator[Wish]:
    """The time that exact wishes cover, in stretches of one greatest quantity."""
    edges = sorted({edge for miss in exact for edge in (miss.window.start, miss.window.end)})
    stretch: tuple[Span, int] | None = None
    for start, end in pairwise(edges):
        most = max((m.quantity for m in exact if m.window.start <= start < m.window.end), default=0)
        if stretch and stretch[1] == most and stretch[0].end == start:
            stretch = (Span(stretch[0].start, end), most)
            continue
        if stretch:
            yield _stretch(*stretch)
        stretch = (Span(start, end), most) if most else None
    if stretch:
        yield _stretch(*stretch)


def _stretch(span: Span, quantity: int) -> Wish:
    return Wish(window=span, minutes=span.minutes, quantity=quantity)
