"""What of an offer has arrived, and where its units are."""

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from app.core.errors import NotFound
from app.donations.models import (
    Allocation,
    Consignment,
    ConsignmentLine,
    DonatedUnit,
    Offer,
    OfferLine,
)
from app.donations.rules.states import PROMISED, AllocationState
from app.extensions import db
from app.inventory.models import Unit
from app.needs.rules.coverage import Spoken


def arrived_of(line_ids: Collection[int]) -> dict[int, int]:
    """How many of each line are here, sent back ones left out."""
    rows = db.session.execute(
        select(ConsignmentLine.line_id, func.sum(ConsignmentLine.received + ConsignmentLine.damaged))
        .where(ConsignmentLine.line_id.in_(line_ids))
        .group_by(ConsignmentLine.line_id)
    )
    return {line_id: int(total) for line_id, total in rows}


def open_promises(line: OfferLine) -> list[tuple[int, int]]:
    """The line's agreed allocations and how many copies each still waits for, the oldest first."""
    ids = [one.id for one in line.allocations]
    kept = db.session.scalars(select(DonatedUnit.allocation_id).where(DonatedUnit.allocation_id.in_(ids)))
    here = Counter(kept)
    return [
        (one.id, one.quantity - here[one.id])
        for one in line.allocations
        if one.state is AllocationState.CONVERTED
    ]


def get_donated_unit(offer_id: int, unit_id: int) -> DonatedUnit:
    """The unit of this offer (for services), kept from being changed by others. Raises NotFound."""
    db.session.execute(select(Unit.id).where(Unit.id == unit_id).with_for_update()).all()
    found = db.session.scalar(
        select(DonatedUnit)
        .join(DonatedUnit.consignment_line)
        .join(ConsignmentLine.consignment)
        .where(DonatedUnit.unit_id == unit_id, Consignment.offer_id == offer_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def list_units(offer: Offer) -> Sequence[DonatedUnit]:
    """Everything of the offer that came, in order of arrival."""
    return db.session.scalars(
        select(DonatedUnit)
        .join(DonatedUnit.consignment_line)
        .join(ConsignmentLine.consignment)
        .where(Consignment.offer_id == offer.id)
        .order_by(DonatedUnit.id)
    ).all()


def spoken_for(need_ids: Collection[int]) -> dict[int, Spoken]:
    """What donors give for each need, each unit counted at the furthest place that it has reached."""
    promised = db.session.execute(
        select(Allocation.need_id, Allocation.state, func.sum(Allocation.quantity))
        .where(Allocation.need_id.in_(need_ids), Allocation.state.in_(PROMISED))
        .group_by(Allocation.need_id, Allocation.state)
    )
    arrived = db.session.execute(
        select(Allocation.need_id, func.count(), func.count(Unit.equipment_id))
        .join(DonatedUnit, DonatedUnit.allocation_id == Allocation.id)
        .join(Unit, Unit.id == DonatedUnit.unit_id)
        .where(Allocation.need_id.in_(need_ids))
        .group_by(Allocation.need_id)
    )
    counts = {(need_id, state): int(quantity) for need_id, state, quantity in promised}
    places = {need_id: (here, working) for need_id, here, working in arrived}
    return {
        need_id: _spoken(
            reserved=counts.get((need_id, AllocationState.RESERVED), 0),
            converted=counts.get((need_id, AllocationState.CONVERTED), 0),
            here=places.get(need_id, (0, 0))[0],
            working=places.get(need_id, (0, 0))[1],
        )
        for need_id in {key[0] for key in counts}
    }


def _spoken(*, reserved: int, converted: int, here: int, working: int) -> Spoken:
    return Spoken(reserved=reserved, agreed=converted - here, delivered=here - working, commissioned=working)
