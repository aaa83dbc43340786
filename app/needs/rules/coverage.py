"""How far a need is met: derived from counts of units, never typed. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Covered(StrEnum):
    OPEN = "open"
    PARTLY = "partly_covered"
    FULLY = "fully_spoken_for"
    ARRIVING = "arriving"
    FULFILLED = "fulfilled"


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """Units that somebody gives, each counted at the furthest place it has reached."""

    reserved: int = 0
    agreed: int = 0
    delivered: int = 0
    commissioned: int = 0

    def __post_init__(self) -> None:
        if min(self.reserved, self.agreed, self.delivered, self.commissioned) < 0:
            raise ValueError("no count of units is below zero")

    @property
    def total(self) -> int:
        return self.reserved + self.agreed + self.delivered + self.commissioned


NOTHING = Spoken()


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What is required, and what of it is spoken for."""

    required: int
    spoken: Spoken = NOTHING

    @property
    def left(self) -> int:
        """Still open; never below zero."""
        return max(0, self.required - self.spoken.total)

    @property
    def share(self) -> float:
        """How much is spoken for, 0 to 1."""
        return 1 - self.left / self.required

    @property
    def label(self) -> Covered:
        if self.spoken.commissioned >= self.required:
            return Covered.FULFILLED
        if self.spoken.delivered:
            return Covered.ARRIVING
        if not self.left:
            return Covered.FULLY
        return Covered.PARTLY if self.spoken.total else Covered.OPEN
