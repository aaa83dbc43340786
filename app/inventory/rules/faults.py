"""What becomes of a fault, and which verb leads where. Pure."""

from enum import StrEnum

from app.inventory.rules.states import EquipmentKind


class FaultState(StrEnum):
    REPORTED = "reported"
    """Somebody says so; the lab has not looked yet."""
    CONFIRMED = "confirmed"
    REPAIRED = "repaired"
    DISMISSED = "dismissed"
    """It is none, or nothing is done about it."""


class Usability(StrEnum):
    """Whether one can still work with it."""

    USABLE = "usable"
    LIMITED = "limited"
    UNUSABLE = "unusable"


OPEN = (FaultState.REPORTED, FaultState.CONFIRMED)
# What is put right on the spot need not be confirmed first.
CHANGES = frozenset(
    {
        (FaultState.REPORTED, FaultState.CONFIRMED),
        (FaultState.REPORTED, FaultState.REPAIRED),
        (FaultState.REPORTED, FaultState.DISMISSED),
        (FaultState.CONFIRMED, FaultState.REPAIRED),
        (FaultState.CONFIRMED, FaultState.DISMISSED),
    }
)
"""From, to. What is over stays over: when it comes back, it is another fault."""


def may_become(before: FaultState, after: FaultState) -> bool:
    return (before, after) in CHANGES


def may_break(kind: EquipmentKind) -> bool:
    """Of people nobody reports faults, and nobody maintains them."""
    return kind is not EquipmentKind.PEOPLE
