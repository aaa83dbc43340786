"""What arrives: received, damaged, sent back; then inspected; then in service."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.models import User
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.text import clean, one_line
from app.donations.events import OfferCommissioned, OfferDelivered, OfferInspected
from app.donations.models import (
    Commissioning,
    Consignment,
    ConsignmentLine,
    DonatedUnit,
    Inspection,
    Offer,
    OfferLine,
)
from app.donations.permissions import may_commission, may_inspect
from app.donations.queries.deliveries import arrived_of, get_donated_unit, open_promises
from app.donations.queries.offers import get_offer, labs_of
from app.donations.rules.promising import spread
from app.donations.rules.states import BOUND, Result, Verb
from app.donations.services.decide import get_for_decision, line_of
from app.donations.services.states import enter, tell
from app.extensions import db
from app.inventory.models import AcquisitionKind, Equipment, EquipmentStatus, Unit, UnitStatus
from app.inventory.queries import categories, places
from app.inventory.queries.equipment import get_equipment
from app.inventory.services.equipment import add_equipment
from app.inventory.services.receiving import commission_unit, pass_unit, receive_units

LONGEST_RESPONSIBLE, LONGEST_NOTE = 200, 4000


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """So many of a line came whole, damaged, or were sent back at the door."""

    line_id: int
    received: int
    damaged: int = 0
    refused: int = 0


@unit_of_work
def receive(*, actor: User, offer_id: int, lines: Sequence[Arrived]) -> list[Unit]:
    """Enter a delivery. What came whole becomes units that await inspection; nothing of it can be booked.

    Raises NotFound, Forbidden, WrongState, InvalidInput (nothing came, a line twice, more than is owed).
    """
    offer = get_for_decision(actor, offer_id)
    _check(offer, lines)
    enter(offer, Verb.DELIVER)
    today = places.home_today()
    consignment = Consignment(offer=offer, received_on=today, received_by_id=actor.id, created_at=now())
    db.session.add(consignment)
    units = [unit for arrived in lines for unit in _take(offer, consignment, arrived)]
    tell(
        OfferDelivered,
        offer,
        actor,
        consignment_id=consignment.id,
        unit_ids=tuple(unit.id for unit in units),
    )
    return units


@unit_of_work
def inspect(*, actor: User, offer_id: int, unit_id: int, result: Result, note: str = "") -> Unit:
    """Write down what was found. A unit that failed awaits another look. Every look is kept.

    Raises NotFound, Forbidden, WrongState.
    """
    offer, donated = _unit_of(actor, offer_id, unit_id)
    if not may_inspect(actor, offer, labs_of(offer)):
        raise Forbidden
    unit = donated.unit
    if unit.status is not UnitStatus.AWAITING_INSPECTION:
        raise WrongState(verb="inspect", state=unit.status.value)
    note = clean(note)[:LONGEST_NOTE]
    db.session.add(Inspection(unit_id=unit.id, result=result, note=note, inspected_by_id=actor.id, at=now()))
    if result is Result.PASS:
        pass_unit(unit)
    tell(OfferInspected, offer, actor, unit_id=unit.id, result=result.value, note=note)
    return unit


@unit_of_work
def commission(
    *,
    actor: User,
    offer_id: int,
    unit_id: int,
    lab_id: int,
    responsible: str,
    equipment_id: int | None = None,
) -> tuple[Unit, Equipment]:
    """Put an inspected unit into service, as one more of an equipment of the lab, or as new equipment.

    From now on it can be booked by the lab's rules, the giver by the same as everybody. Raises NotFound,
    Forbidden, WrongState, InvalidInput.
    """
    offer, donated = _unit_of(actor, offer_id, unit_id)
    if not may_commission(actor, offer, lab_id):
        raise Forbidden
    unit, responsible = donated.unit, one_line(responsible)
    if not responsible or len(responsible) > LONGEST_RESPONSIBLE:
        raise InvalidInput(("responsible", "required" if not responsible else "too-long"))
    if unit.status is not UnitStatus.INSPECTED:
        raise WrongState(verb="commission", state=unit.status.value)
    if equipment_id is None:
        equipment_id = _new_equipment(actor, lab_id, donated.consignment_line.line).id
    elif get_equipment(actor, equipment_id).lab_id != lab_id:
        raise NotFound
    on = now().astimezone(places.get_lab(lab_id).site.zone).date()
    equipment = commission_unit(actor=actor, unit=unit, equipment_id=equipment_id, on=on)
    db.session.add(
        Commissioning(unit_id=unit.id, responsible=responsible, commissioned_by_id=actor.id, at=now())
    )
    enter(offer, Verb.COMMISSION)
    tell(OfferCommissioned, offer, actor, unit_id=unit.id, equipment_id=equipment.id, responsible=responsible)
    return unit, equipment


def _check(offer: Offer, lines: Sequence[Arrived]) -> None:
    """Raises InvalidInput and NotFound."""
    if not lines or len({one.line_id for one in lines}) != len(lines):
        raise InvalidInput(("lines", "required" if not lines else "twice"))
    here = arrived_of([line.id for line in offer.lines])
    for position, one in enumerate(lines):
        counts = (one.received, one.damaged, one.refused)
        if min(counts) < 0 or not any(counts):
            raise InvalidInput((f"lines.{position}.received", "out-of-range"))
        if here.get(one.line_id, 0) + one.received + one.damaged > line_of(offer, one.line_id).quantity:
            raise InvalidInput((f"lines.{position}.received", "more-than-offered"))


def _take(offer: Offer, consignment: Consignment, arrived: Arrived) -> list[Unit]:
    line = line_of(offer, arrived.line_id)
    entry = ConsignmentLine(
        line=line, received=arrived.received, damaged=arrived.damaged, refused=arrived.refused
    )
    consignment.lines.append(entry)
    units = receive_units(
        quantity=arrived.received,
        kind=AcquisitionKind.GIFT,
        source_organisation_id=offer.organisation_id,
        acquired_on=consignment.received_on,
        note=line.description,
    )
    served = spread(len(units), open_promises(line))
    for unit, allocation_id in zip(units, served, strict=True):
        db.session.add(DonatedUnit(unit=unit, consignment_line=entry, allocation_id=allocation_id))
    db.session.flush()
    return units


def _unit_of(actor: User, offer_id: int, unit_id: int) -> tuple[Offer, DonatedUnit]:
    """Raises NotFound, and WrongState for an offer without an agreement."""
    offer = get_offer(actor, offer_id, for_update=True)
    if offer.state not in BOUND:
        raise WrongState(verb="inspect", state=offer.state.value)
    return offer, get_donated_unit(offer_id, unit_id)


def _new_equipment(actor: User, lab_id: int, line: OfferLine) -> Equipment:
    return add_equipment(
        actor=actor,
        lab=places.get_lab(lab_id),
        category=categories.get_category(line.category_id),
        units=[],
        status=EquipmentStatus.IN_SERVICE,
        name=line.description,
    )
