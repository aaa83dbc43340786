"""The rules in force for one equipment: its own over its lab's over the house's. Pure."""

from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Rules:
    """Every value decided. The defaults are the house's: what a lab gets that has said nothing."""

    min_minutes: int = 30
    max_minutes: int = 8 * 60
    notice_minutes: int = 4 * 60
    horizon_days: int = 90
    setup_minutes: int = 0
    cleanup_minutes: int = 0
    needs_approval: bool = True
    answer_within_minutes: int = 8 * 60
    """Of the site's working time."""
    outside_hours: bool = False
    hold_minutes: int = 4 * 60
    """How long a time that became free is held for who waits, of the site's working time."""


def in_force(*layers: Any) -> Rules:
    """The rules after each layer in turn (the lab's, then the equipment's) has said what it says.

    A layer is anything with the fields of Rules, or None; its None values say nothing.
    """
    rules = Rules()
    for layer in layers:
        if layer is not None:
            said = {f.name: getattr(layer, f.name) for f in fields(Rules)}
            rules = replace(
                rules,
                **{name: value for name, value in said.items() if value is not None},
            )
    return rules
