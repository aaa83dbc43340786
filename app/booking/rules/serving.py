"""Which earlier misses a new booking makes up for. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

REMEMBERED_FOR = timedelta(days=60)
"""A wish older than that is another wish."""


@dataclass(frozen=True)
class Lack:
    """A miss that equipment could have served, and the equipment-minutes of it still open."""

    miss_id: int
    equipment_id: int | None
    category_id: int | None
    lab_id: int | None
    minutes: int


@dataclass(frozen=True)
class Supply:
    """An item of a booking: the equipment, where it belongs, and its equipment-minutes."""

    item_id: int
    equipment_id: int
    category_id: int | None
    lab_id: int
    minutes: int


@dataclass(frozen=True)
class Share:
    """So many equipment-minutes of the item serve the miss."""

    miss_id: int
    item_id: int
    minutes: int


def shares(lacks: Iterable[Lack], supplies: Sequence[Supply]) -> list[Share]:
    """The misses, in the order given (oldest first), take from the items what they lack.

    Never more than the miss lacks, nor than the item has, all together.
    """
    left = {one.item_id: one.minutes for one in supplies}
    found = []
    for lack in lacks:
        open_minutes = lack.minutes
        for supply in supplies:
            minutes = min(open_minutes, left[supply.item_id])
            if minutes > 0 and serves(supply, lack):
                found.append(Share(lack.miss_id, supply.item_id, minutes))
                open_minutes -= minutes
                left[supply.item_id] -= minutes
    return found


def serves(supply: Supply, lack: Lack) -> bool:
    """The very equipment; any of the category that was named; or a sibling of it in the same lab."""
    if lack.equipment_id == supply.equipment_id:
        return True
    if lack.category_id is None or lack.category_id != supply.category_id:
        return False
    return lack.equipment_id is None or lack.lab_id == supply.lab_id
