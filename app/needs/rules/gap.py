"""What was asked for of one kind of equipment in one lab and could not be given. Pure."""

from dataclasses import dataclass, replace
from typing import Self

from app.core.spans import Span

FEWEST_SHOWN = 3
"""Figures of fewer organisations than this would say in public what a single company is after."""

FORMULA = "1"
"""The version of the way in which a gap is computed; evidence is kept with it."""


@dataclass(frozen=True, kw_only=True)
class Gain:
    """What `extra` more units would have served of the unmet minutes."""

    extra: int
    served_minutes: int


@dataclass(frozen=True, kw_only=True)
class Lost:
    """What was lost for one reason (a MissReason's value), before repeats were counted once."""

    reason: str
    minutes: int
    wishes: int


@dataclass(frozen=True, kw_only=True)
class Week:
    """The minutes unmet for lack of equipment, and refused by rules, in one part of the window."""

    span: Span
    unmet_minutes: int
    policy_minutes: int


@dataclass(frozen=True, kw_only=True)
class Gap:
    """The figures of a category in a lab over a window. Minutes are of equipment, quantity counted."""

    category_id: int
    lab_id: int | None
    """None where nobody could say in which lab: the university has no such equipment."""
    window: Span
    unmet_minutes: int
    """Lack of capacity or outage, each organisation's overlapping repeats once, minus what it got later."""
    organisations: int
    units: int
    """In service now."""
    open_minutes: int
    used_minutes: int
    downtime_minutes: int
    policy_minutes: int
    """Refused by a rule: not a lack of equipment, and in no other figure."""
    gains: tuple[Gain, ...] = ()
    reasons: tuple[Lost, ...] = ()
    weeks: tuple[Week, ...] = ()

    @property
    def utilisation(self) -> float | None:
        """Used of open time, downtime left out, 0 to 1 and above; None where nothing was open."""
        usable = self.open_minutes - self.downtime_minutes
        return self.used_minutes / usable if usable > 0 else None

    @property
    def is_shown(self) -> bool:
        """Whether its figures may stand in public."""
        return self.organisations >= FEWEST_SHOWN

    def without_parts(self) -> Self:
        """The figures alone, for lists."""
        return replace(self, reasons=(), weeks=())
