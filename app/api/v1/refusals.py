"""What the refusals of booking add to their problem document: why, and what would do instead."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from app.booking.errors import OutsidePolicy
from app.booking.queries.things import list_equipment_with_place
from app.booking.services.evaluate import Evaluation
from app.booking.services.free import alternatives_to
from app.booking.verdicts import Verdict
from app.booking.wording import worded
from app.inventory.models import Equipment
from app.occupancy.errors import CapacityInUse, Conflict, SlotTaken

AGAIN = "evaluate"
"""The parameter of SlotTaken that says how to find alternatives, once the refusal is rolled back."""


@contextmanager
def alternatives_from(evaluate: Callable[[], Evaluation]) -> Iterator[None]:
    """Let a SlotTaken raised inside say what would be free instead of what `evaluate` looks at."""
    try:
        yield
    except SlotTaken as taken:
        taken.params[AGAIN] = evaluate
        raise


def of_slot(error: SlotTaken | CapacityInUse) -> dict[str, Any]:
    """`conflicts` and `alternatives`."""
    more: dict[str, Any] = {"conflicts": conflicts_told(error.conflicts), "alternatives": []}
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
    return {"verdicts": verdicts_told(error.verdicts)}


def verdicts_told(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """Each verdict in words, with the equipment it is about."""
    things = _things({v.equipment_id for v in verdicts if v.equipment_id is not None})
    return [_verdict(verdict, things) for verdict in verdicts]


def conflicts_told(conflicts: Sequence[Conflict]) -> list[dict[str, Any]]:
    things = _things({conflict.equipment_id for conflict in conflicts})
    return [
        {
            "equipment": _named(things[conflict.equipment_id]),
            "starts_at": conflict.span.start,
            "ends_at": conflict.span.end,
            "kind": conflict.kind,
            "free": conflict.free,
        }
        for conflict in conflicts
    ]


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
