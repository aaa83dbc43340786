"""Is time taken once only? A sweep over every claim, whatever the trigger thinks of it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import func, select

from app.core.clock import now
from app.extensions import db
from app.inventory.models import Equipment, EquipmentStatus, Unit, UnitStatus
from app.occupancy.models import Capacity, CapacityChange, Claim, ClaimUnit

ENDS, CHANGES, STARTS = 0, 1, 2
"""At one instant: what ends goes first, then capacity changes, then what starts."""


def claims_within_capacity() -> Iterator[str]:
    """At every instant the sum of claims is at most the capacity of that time."""
    steps = _capacity_steps()
    rows = db.session.execute(
        select(Claim.equipment_id, Claim.starts_at, Claim.ends_at, Claim.quantity).order_by(
            Claim.equipment_id, Claim.starts_at
        )
    ).yield_per(10_000)
    for equipment_id, claims in groupby(rows, key=itemgetter(0)):
        worst = _worst(steps[equipment_id], [(start, end, quantity) for _, start, end, quantity in claims])
        if worst is not None:
            at, taken, capacity = worst
            yield f"equipment {equipment_id}: {taken} claimed of {capacity} at {at.isoformat()}"


def capacity_is_in_service() -> Iterator[str]:
    """No unit counts while its equipment as a whole is out of service or retired."""
    in_service = (
        select(func.count(Unit.id))
        .join(Equipment, Equipment.id == Unit.equipment_id)
        .where(
            Unit.equipment_id == Capacity.equipment_id,
            Unit.status == UnitStatus.IN_SERVICE,
            Equipment.status == EquipmentStatus.IN_SERVICE,
        )
        .scalar_subquery()
    )
    for equipment_id, quantity, units in db.session.execute(
        select(Capacity.equipment_id, Capacity.quantity, in_service).where(Capacity.quantity > in_service)
    ):
        yield f"equipment {equipment_id}: capacity {quantity}, but {units} units in service"


def units_in_one_place() -> Iterator[str]:
    rows = db.session.execute(
        select(ClaimUnit.unit_id, Claim.starts_at, Claim.ends_at, Claim.id)
        .join(Claim, Claim.id == ClaimUnit.claim_id)
        .order_by(ClaimUnit.unit_id, Claim.starts_at)
    ).yield_per(10_000)
    for unit_id, claims in groupby(rows, key=itemgetter(0)):
        busy_until: datetime | None = None
        for _, starts_at, ends_at, claim_id in claims:
            if busy_until is not None and starts_at < busy_until:
                yield f"unit {unit_id}: given to claim {claim_id} while it is somewhere else"
            busy_until = max(ends_at, busy_until or ends_at)


def units_fit_their_claims() -> Iterator[str]:
    """Each unit is one of the claimed equipment, and there are not more of them than were claimed."""
    for claim_id, unit_id in db.session.execute(
        select(ClaimUnit.claim_id, ClaimUnit.unit_id)
        .join(Claim, Claim.id == ClaimUnit.claim_id)
        .join(Unit, Unit.id == ClaimUnit.unit_id)
        .where(Unit.equipment_id != Claim.equipment_id)
    ):
        yield f"claim {claim_id}: unit {unit_id} belongs to other equipment"
    given = func.count(ClaimUnit.unit_id)
    for claim_id, quantity, units in db.session.execute(
        select(Claim.id, Claim.quantity, given)
        .join(ClaimUnit, ClaimUnit.claim_id == Claim.id)
        .group_by(Claim.id, Claim.quantity)
        .having(given != Claim.quantity)
    ):
        yield f"claim {claim_id}: {units} units given, {quantity} claimed"


def units_ahead_in_service() -> Iterator[str]:
    """What is still to take place is promised no unit that is not there; what is in somebody's hands is."""
    for claim_id, unit_id, status in db.session.execute(
        select(ClaimUnit.claim_id, ClaimUnit.unit_id, Unit.status)
        .join(Claim, Claim.id == ClaimUnit.claim_id)
        .join(Unit, Unit.id == ClaimUnit.unit_id)
        .where(Claim.ends_at > now(), ClaimUnit.is_fixed.is_(False), Unit.status != UnitStatus.IN_SERVICE)
    ):
        yield f"claim {claim_id}: unit {unit_id} is given to it, and is {status}"


def _capacity_steps() -> dict[int, list[tuple[datetime, int]]]:
    """For each equipment when its capacity became what, oldest first."""
    steps: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for table in (CapacityChange, Capacity):
        for equipment_id, from_at, quantity in db.session.execute(
            select(table.equipment_id, table.from_at, table.quantity).order_by(table.from_at)
        ):
            steps[equipment_id].append((from_at, quantity))
    return steps


def _worst(
    steps: list[tuple[datetime, int]], claims: list[tuple[datetime, datetime, int]]
) -> tuple[datetime, int, int] | None:
    """The instant at which most is claimed beyond capacity, with both figures; None when never."""
    moments = [(at, CHANGES, quantity) for at, quantity in steps]
    for starts_at, ends_at, quantity in claims:
        moments += [(starts_at, STARTS, quantity), (ends_at, ENDS, quantity)]
    taken = capacity = 0
    worst: tuple[datetime, int, int] | None = None
    for at, what, quantity in sorted(moments):
        if what == CHANGES:
            capacity = quantity
        else:
            taken += quantity if what == STARTS else -quantity
        if taken > capacity and (worst is None or taken - capacity > worst[1] - worst[2]):
            worst = (at, taken, capacity)
    return worst
