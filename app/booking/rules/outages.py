"""Time in which equipment cannot be used: of what kind, how much of it, and who has to give way. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from app.booking.rules.states import OccurrenceState
from app.core.spans import Span
from app.occupancy.rules.peaks import Taken, fits, levels


class OutageKind(StrEnum):
    """Why; the values are those of the claims."""

    MAINTENANCE = "maintenance"
    """Planned work on it."""
    OUTAGE = "outage"
    """It is broken, or cannot be trusted."""
    CLOSURE = "closure"
    """The place is closed."""


class Rank(IntEnum):
    """Who stays before whom: what goes on, what was agreed to, what waits, and what is only held."""

    IN_USE = 0
    APPROVED = 1
    PROPOSED = 2
    REQUESTED = 3
    HELD = 4


@dataclass(frozen=True)
class Contender:
    """Somebody who has time on what is to fail, as far as it lies in that time."""

    who: tuple[str, int]
    """What it is, and its id."""
    rank: Rank
    asked_at: datetime
    takes: Mapping[int, Sequence[Taken]]
    """By equipment: its claims, cut to the window."""
    must_go: bool = False
    """It works, or was to work, with the very unit that fails."""


@dataclass(frozen=True)
class Room:
    """What is there of an equipment while it fails in part."""

    capacity: int
    taken: list[Taken] = field(default_factory=list)
    """What nobody moves: the trouble itself, other trouble, what is over."""


def who_gives_way(contenders: Collection[Contender], rooms: Mapping[int, Room]) -> list[tuple[str, int]]:
    """Who cannot stay, those who stay longest first. Never more than needed: nobody of them would fit again.

    Within a rank who asked earlier stays. A date that takes several things stays with all of them or goes.
    """
    left = {id_: Room(room.capacity, list(room.taken)) for id_, room in rooms.items()}
    gone = []
    for one in sorted(contenders, key=lambda one: (one.rank, one.asked_at, one.who)):
        if one.must_go or not _fits(one, left):
            gone.append(one.who)
            continue
        for equipment_id, its in one.takes.items():
            left[equipment_id].taken.extend(its)
    return gone


def out_of_use(window: Span, quantity: int | None, room: Room) -> list[Taken]:
    """What the trouble takes: so many, or all (None), but never what other trouble has taken already."""
    wanted = room.capacity if quantity is None else min(quantity, room.capacity)
    found: list[Taken] = []
    for level in levels(window, room.taken):
        here = min(wanted, room.capacity - level.taken)
        if here <= 0:
            continue
        before = found[-1] if found else None
        if before is not None and before.span.end == level.span.start and before.quantity == here:
            found[-1] = Taken(Span(before.span.start, level.span.end), here)
        else:
            found.append(Taken(level.span, here))
    return found


RANKS = {
    OccurrenceState.IN_USE: Rank.IN_USE,
    OccurrenceState.APPROVED: Rank.APPROVED,
    OccurrenceState.PROPOSED: Rank.PROPOSED,
    OccurrenceState.REQUESTED: Rank.REQUESTED,
}


def rank_of(state: OccurrenceState, span: Span, at: datetime) -> Rank:
    """Of a date: one that has been agreed to and has begun goes on, whether or not somebody checked in."""
    begun = state is OccurrenceState.APPROVED and span.start < at
    return Rank.IN_USE if begun else RANKS[state]


def _fits(one: Contender, rooms: Mapping[int, Room]) -> bool:
    return all(
        fits(claim, rooms[equipment_id].taken, rooms[equipment_id].capacity)
        for equipment_id, its in one.takes.items()
        for claim in its
    )
