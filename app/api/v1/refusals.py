"""What the refusals of booking add to their problem document: why, and what would do instead."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from app.booking.errors import OutsidePolicy
from app.booking.queries.things import list_equipment_with_place
from app.booking.services.evaluate import DATES, Evaluation
from app.booking.services.free import alternatives_to
from app.booking.verdicts import Verdict
from app.booking.wording import worded
from app.core.errors import DomainError
from app.inventory.models import Equipment
from app.occupancy.errors import CapacityInUse, Conflict, SlotTaken

AGAIN = "evaluate"
"""The parameter of SlotTaken that says how to find alternatives, once the refusal is rolled back."""


@contextmanager
def alternatives_from(evaluate: Callable[[], Evaluation], *, one_date: bool = True) -> Iterator[None]:
    """Let a SlotTaken raised inside say what would be free instead of what `evaluate` looks at.

    Of a series there is no one other time that would do.
    """
    try:
        yield
    except SlotTaken as taken:
        if one_date:
            taken.params[AGAIN] = evaluate
        raise


def of_slot(error: SlotTaken | CapacityInUse) -> dict[str, Any]:
    """`conflicts` and `alternatives`."""
    more: dict[str, Any] = {"conflicts": _conflicts(error), "alternatives": [], **_dates(error)}
    if AGAIN in error.params:
        more["alternatives"] = [
            {
                "equipment": [{"id": want.equipment_id, "quantity": want.quantity} for want in other.wants],
                "starts_at": other.span.start,
                "ends_at": other.span.end,
            }
            for other in alternatives_to(error.params[AGAIN]())
        ]
    return more


def of_policy(error: OutsidePolicy) -> dict[str, Any]:
    return {"verdicts": verdicts_told(error.verdicts), **_dates(error)}


def dates_told(found: Sequence[Evaluation]) -> list[dict[str, Any]]:
    """What was found out about each date."""
    things = _things({want.equipment_id for one in found for want in one.wish.wants})
    return [
        {
            "starts_at": one.wish.span.start,
            "ends_at": one.wish.span.end,
            "allowed": one.allowed,
            "verdicts": [_verdict(verdict, things) for verdict in one.verdicts],
            "conflicts": [_conflict(conflict, things) for conflict in one.conflicts],
        }
        for one in found
    ]


def verdicts_told(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """Each verdict in words, with the equipment it is about."""
    things = _things({v.equipment_id for v in verdicts if v.equipment_id is not None})
    return [_verdict(verdict, things) for verdict in verdicts]


def _conflicts(error: SlotTaken | CapacityInUse) -> list[dict[str, Any]]:
    """Of a series each says at which date it stands in the way."""
    things = _things({conflict.equipment_id for conflict in error.conflicts})
    told = [_conflict(conflict, things) for conflict in error.conflicts]
    if DATES in error.params:
        for conflict, one in zip(error.conflicts, told, strict=True):
            asked = conflict.asked
            one["occurrence"] = {"starts_at": asked.start, "ends_at": asked.end} if asked else None
    return told


def _dates(error: DomainError) -> dict[str, Any]:
    """`occurrences`, where a series was refused."""
    return {"occurrences": dates_told(error.params[DATES])} if DATES in error.params else {}


def _conflict(conflict: Conflict, things: dict[int, Equipment]) -> dict[str, Any]:
    return {
        "equipment": _named(things[conflict.equipment_id]),
        "starts_at": conflict.span.start,
        "ends_at": conflict.span.end,
        "kind": conflict.kind,
        "free": conflict.free,
    }


def _verdict(verdict: Verdict, things: dict[int, Equipment]) -> dict[str, Any]:
    thing = things.get(verdict.equipment_id or 0)
    words = worded(verdict, thing.lab.site.zone if thing else ZoneInfo("UTC"))
    return {
        "code": words.code,
        "severity": words.severity,
        "overridable": words.overridable,
        "text": words.text,
        "remedy": words.remedy,
        "equipment": _named(thing) if thing else None,
    }


def _named(equipment: Equipment) -> dict[str, Any]:
    return {"id": equipment.id, "name": equipment.name}


def _things(ids: set[int]) -> dict[int, Equipment]:
    return {one.id: one for one in list_equipment_with_place(ids)} if ids else {}
