"""The rules in force for one equipment: its own over its lab's over the house's. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any


class SecondApproval(StrEnum):
    """When the safety officer of the lab has to agree as well."""

    NEVER = "never"
    HAZARDS = "hazards"
    """Where samples with hazards are sent in."""
    ALWAYS = "always"


MINUTES_A_DAY = 24 * 60


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
    grid_minutes: int = 0
    """0: bookings may begin and end at any minute."""
    external_horizon_days: int | None = None
    """None: everybody may ask equally far ahead."""
    cancel_notice_minutes: int = 0
    max_open_requests: int | None = None
    """None: as many as there are."""
    needs_authorisation: bool = False
    needs_agreement: bool = False
    needs_papers: Sequence[str] = ()
    no_show_after_minutes: int = 0
    """So long after it began, what nobody checked in to is given back; 0: never."""
    requests_compete: bool = False
    """A request takes no time before the lab has said yes; it chooses among those who ask for the same."""
    second_approval: SecondApproval = SecondApproval.NEVER
    small_move_minutes: int = 0
    """By so much an approved date may be moved without asking again; 0: not at all."""

    @property
    def may_take_days(self) -> bool:
        """Whether a booking may be longer than a day."""
        return self.max_minutes > MINUTES_A_DAY

    def needs_safety(self, *, has_hazards: bool) -> bool:
        """Whether a second person has to agree."""
        return self.second_approval == SecondApproval.ALWAYS or (
            self.second_approval == SecondApproval.HAZARDS and has_hazards
        )

    def horizon_for(self, *, is_internal: bool) -> int:
        """How many days ahead somebody may ask."""
        if is_internal or self.external_horizon_days is None:
            return self.horizon_days
        return min(self.horizon_days, self.external_horizon_days)


class Layer(StrEnum):
    """Who said it."""

    HOUSE = "house"
    LAB = "lab"
    EQUIPMENT = "equipment"


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


def origins(of_lab: Any, of_equipment: Any) -> dict[str, Layer]:
    """Where the value in force of each field of Rules comes from; None in place of a layer says nothing."""
    layers = ((Layer.LAB, of_lab), (Layer.EQUIPMENT, of_equipment))
    found = {field.name: Layer.HOUSE for field in fields(Rules)}
    for name, layer in layers:
        if layer is not None:
            found |= {field: name for field in found if getattr(layer, field) is not None}
    return found
