"""How much of a line may be promised to a need. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Room(NamedTuple):
    """What is left to promise."""

    of_need: int
    of_line: int

    @property
    def left(self) -> int:
        return max(0, min(self))


def room(*, required: int, promised_to_need: int, offered: int, promised_of_line: int) -> Room:
    """What both sides leave; a side that is full leaves nothing."""
    return Room(max(0, required - promised_to_need), max(0, offered - promised_of_line))


def split(quantity: int, left: int) -> tuple[int, int]:
    """How much of the wish is reserved and how much stands by."""
    reserved = min(quantity, max(0, left))
    return reserved, quantity - reserved


def spread(arrived: int, open_promises: Iterable[tuple[int, int]]) -> Sequence[int | None]:
    """Which allocation each arrived copy serves: the earliest promise that is not full yet.

    `open_promises` are (allocation id, copies still to come), in order; None is a copy beyond them.
    """
    owed = [allocation_id for allocation_id, missing in open_promises for _ in range(missing)]
    return [owed[index] if index < len(owed) else None for index in range(arrived)]
