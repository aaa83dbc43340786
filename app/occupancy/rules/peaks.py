"""How much is taken when: exact peaks of quantities over half-open spans. Pure.

Buffers are inside the spans already; spans that touch do not meet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from app.core.spans import Span, union


@dataclass(frozen=True, slots=True)
class Taken:
    """`quantity` of something is taken during `span`."""

    span: Span
    quantity: int
    kind: str = "booking"


@dataclass(frozen=True, slots=True)
class Level:
    """During `span`, `taken` are in use; nothing changes inside it."""

    span: Span
    taken: int


def levels(window: Span, claims: Iterable[Taken]) -> list[Level]:
    """The window cut at every change, each piece with what is taken in it. Covers all of the window."""
    steps: dict[datetime, int] = {window.start: 0, window.end: 0}
    for claim in claims:
        inside = claim.span.clamp(window)
        if inside is not None:
            steps[inside.start] = steps.get(inside.start, 0) + claim.quantity
            steps[inside.end] = steps.get(inside.end, 0) - claim.quantity
    taken, found = 0, []
    for start, end in pairwise(sorted(steps)):
        taken += steps[start]
        found.append(Level(Span(start, end), taken))
    return found


def peak(window: Span, claims: Iterable[Taken]) -> int:
    """The greatest quantity taken at any instant of the window."""
    return max(level.taken for level in levels(window, claims))


def fits(wanted: Taken, claims: Iterable[Taken], capacity: int) -> bool:
    """Whether the wanted quantity is free during all of its span."""
    return peak(wanted.span, claims) + wanted.quantity <= capacity


def free_spans(window: Span, quantity: int, claims: Sequence[Taken], capacity: int) -> list[Span]:
    """The longest spans of the window in which the quantity is free throughout."""
    if quantity > capacity:
        return []
    if not claims:
        return [window]
    room = capacity - quantity
    return union(level.span for level in levels(window, claims) if level.taken <= room)


def lacking(wanted: Taken, claims: Sequence[Taken], capacity: int) -> list[tuple[Taken, int]]:
    """The claims that stand in the way, each with the quantity left free at its worst moment."""
    tight = [level for level in levels(wanted.span, claims) if level.taken + wanted.quantity > capacity]
    found = []
    for claim in claims:
        over = [level.taken for level in tight if level.span.overlaps(claim.span)]
        if over:
            found.append((claim, max(0, capacity - max(over))))
    return found
