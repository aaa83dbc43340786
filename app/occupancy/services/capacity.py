"""How many of an equipment can be used at once: set by the units in service, effective from now."""

from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from app.core.clock import now
from app.core.db import in_unit_of_work
from app.core.spans import Span
from app.extensions import db
from app.occupancy import invariants
from app.occupancy.errors import CapacityInUse, Conflict
from app.occupancy.models import Capacity, Claim
from app.occupancy.queries import claimed_from
from app.occupancy.rules.peaks import Taken, levels

# Before the first record there was as much as there is: history that is imported stays true.
BEGINNING = "1970-01-01T00:00:00+00:00"


def set_capacity(*, equipment_id: int, quantity: int) -> None:
    """Let `quantity` of the equipment be usable at once from now on; the past keeps what it had.

    Raises CapacityInUse, with when and how much, while more than that is claimed ahead.
    """
    if not in_unit_of_work():
        raise RuntimeError("capacity changes inside a unit of work only")
    known = db.session.scalar(select(Capacity).where(Capacity.equipment_id == equipment_id).with_for_update())
    if known is None:
        first = now().fromisoformat(BEGINNING)
        db.session.add(Capacity(equipment_id=equipment_id, quantity=quantity, from_at=first))
        db.session.flush()
    elif known.quantity != quantity:
        _change(equipment_id, quantity)


def _change(equipment_id: int, quantity: int) -> None:
    beyond = _claimed_beyond(equipment_id, quantity)
    if beyond:
        raise CapacityInUse(beyond)
    try:
        db.session.execute(
            update(Capacity)
            .where(Capacity.equipment_id == equipment_id)
            .values(quantity=quantity, from_at=now())
            .execution_options(synchronize_session="fetch")
        )
    except DBAPIError as error:
        if invariants.NAME in str(error.orig):
            raise CapacityInUse from error
        raise


def _claimed_beyond(equipment_id: int, quantity: int) -> list[Conflict]:
    rows = db.session.execute(
        select(Claim.starts_at, Claim.ends_at, Claim.quantity).where(
            Claim.equipment_id == equipment_id, claimed_from(now())
        )
    ).all()
    if not rows:
        return []
    ahead = Span(now(), max(row.ends_at for row in rows))
    taken = [Taken(Span(row.starts_at, row.ends_at), row.quantity) for row in rows]
    return [
        Conflict(equipment_id, level.span, "booking", 0)
        for level in levels(ahead, taken)
        if level.taken > quantity
    ]
