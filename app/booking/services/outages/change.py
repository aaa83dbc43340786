"""An outage that lasts longer or less long than was said, and what it displaced looked after once more."""

from collections.abc import Sequence
from datetime import datetime

from app.accounts.models import User
from app.booking.events import OccurrenceEvent, OutageChanged, OutageEnded
from app.booking.models import Occurrence, OccurrenceState, Outage
from app.booking.permissions import may_declare_outage
from app.booking.queries.outages import get_outage, list_equipment_at, lock_dates
from app.booking.rules.outages import RANKS
from app.booking.services.outages.declare import (
    LONGEST_REASON,
    happened_to,
    keep_from_others,
    settle,
    source_of,
    take_time,
    time_past,
)
from app.booking.services.outages.give_way import give_way, put, take_back
from app.booking.services.outages.places import Place, find_places
from app.booking.services.outages.plan import Plan, Trouble, plan_outage, settled, window_of
from app.booking.services.transitions import equipment_of, tell_all
from app.booking.services.waitlist.promote import offer_freed
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.events import publish
from app.core.text import clean
from app.inventory.models import Equipment, UnitStatus
from app.inventory.services.units import change_unit_status
from app.occupancy.services import claims


@unit_of_work
def end_outage(*, actor: User, outage_id: int) -> Outage:
    """It works again, or will not fail after all: the time is free, the units are back.

    What it displaced and nobody has put elsewhere has its time again, where that is free. Raises NotFound,
    Forbidden, and WrongState for what is over.
    """
    outage, equipment = _locked(actor, outage_id)
    outage.ended_at = now()
    _let_go(actor, outage, outage.ended_at)
    told = _put_back(actor, outage, _displaced_by(outage), equipment, None)
    publish(happened_to(OutageEnded, outage, equipment, actor))
    tell_all(told)
    offer_freed([one.id for one in equipment])
    return outage


@unit_of_work
def change_outage(
    *, actor: User, outage_id: int, ends_at: datetime | None, reason: str | None = None
) -> Outage:
    """Let it last until then (None: until somebody says that it works), for this reason (None: as before).

    Whoever is in the way of the new time gives way; who was displaced from time that is free again has it
    back. Raises as declare_outage does, and WrongState for what is over.
    """
    if reason is not None and len(clean(reason)) > LONGEST_REASON:
        raise InvalidInput(("reason", "too-long"))
    outage, equipment = _locked(actor, outage_id)
    outage.reason = outage.reason if reason is None else clean(reason)
    told = _last_until(actor, outage, equipment, ends_at) if ends_at != outage.ends_at else []
    publish(happened_to(OutageChanged, outage, equipment, actor))
    tell_all(told)
    gave_way = [one.occurrence for one in outage.displacements]
    offer_freed({one.id for one in equipment} | equipment_of(gave_way))
    return outage


@unit_of_work
def repair_outage(*, actor: User, outage_id: int) -> int:
    """Look once more for places for what it displaced and nobody has put elsewhere; how many found one.

    Raises NotFound and Forbidden.
    """
    outage, equipment = _locked(actor, outage_id, may_be_over=True)
    dates = _displaced_by(outage)
    plan = None
    if not outage.is_over(now()):
        plan = plan_outage(actor, _trouble_of(outage, outage.ends_at), equipment, without=[source_of(outage)])
    told = _put_back(actor, outage, dates, equipment, plan)
    if told:
        tell_all(told)
    return len(told)


def _last_until(
    actor: User, outage: Outage, equipment: Sequence[Equipment], ends_at: datetime | None
) -> list[OccurrenceEvent]:
    """Give back what is ahead of it, and take what is to be taken now: nobody comes in between."""
    _let_go(actor, outage, now())
    trouble, _equipment = settled(_trouble_of(outage, ends_at))
    outage.ends_at = ends_at
    ids = {one.id for one in equipment}
    keep_from_others(equipment, lock_dates(ids, window_of(trouble, equipment)))
    earlier = _displaced_by(outage)
    plan = plan_outage(actor, trouble, equipment, for_update=True)
    told = give_way(actor, outage, plan.hits)
    take_back(plan.offers)
    told += take_time(actor, outage, plan)
    told += settle(actor, outage, plan.hits, ids)
    return told + _put_back(actor, outage, earlier, equipment, plan)


def _locked(actor: User, outage_id: int, *, may_be_over: bool = False) -> tuple[Outage, list[Equipment]]:
    outage = get_outage(actor, outage_id, for_update=True)
    equipment = list(
        list_equipment_at(equipment_id=outage.equipment_id, lab_id=outage.lab_id, site_id=outage.site_id)
    )
    if not may_declare_outage(actor, {one.lab_id for one in equipment} or {outage.lab_id or 0}):
        raise Forbidden
    if outage.is_over(now()) and not may_be_over:
        raise WrongState(state="over")
    organisations = {one.occurrence.booking.organisation_id for one in outage.displacements}
    keep_from_others(equipment, organisations)
    return outage, equipment


def _trouble_of(outage: Outage, ends_at: datetime | None) -> Trouble:
    """What is left of it, or would be, as something to declare."""
    return Trouble(
        kind=outage.kind,
        starts_at=max(outage.starts_at, now()),
        ends_at=ends_at,
        equipment_id=outage.equipment_id,
        lab_id=outage.lab_id,
        site_id=outage.site_id,
        unit_id=outage.unit_id,
        quantity=outage.quantity,
        reason=outage.reason,
    )


def _let_go(actor: User, outage: Outage, at: datetime) -> None:
    """Give back the time from then on, and the units that it took out of service and nobody has retired."""
    claims.replace({source_of(outage): time_past(outage, at)})
    for unit in outage.units:
        if unit.status is UnitStatus.OUT_OF_SERVICE:
            change_unit_status(
                actor=actor, unit_id=unit.id, status=UnitStatus.IN_SERVICE, reason=outage.reason
            )
    outage.units = []


def _displaced_by(outage: Outage) -> list[tuple[Occurrence, bool]]:
    """Dates that still have to move because of it, who stays longest first; whether they waited then."""
    found = {
        one.occurrence: one.from_state
        for one in outage.displacements
        if one.occurrence.state is OccurrenceState.DISPLACED and one.occurrence.starts_at > now()
    }
    ordered = sorted(found, key=lambda date: (RANKS[found[date]], date.requested_at, date.id))
    waited = (OccurrenceState.REQUESTED, OccurrenceState.PROPOSED)
    return [(date, found[date] in waited) for date in ordered]


def _put_back(
    actor: User,
    outage: Outage,
    dates: Sequence[tuple[Occurrence, bool]],
    equipment: Sequence[Equipment],
    plan: Plan | None,
) -> list[OccurrenceEvent]:
    """Where they were, if that is free; else where there is a place. `plan` None: nothing fails any more."""
    told, left = [], []
    for date, waited in dates:
        event = put(actor, outage, date, Place(date.span), waited=waited)
        if event is None:
            left.append((date, waited))
        else:
            told.append(event)
    takes = plan.takes if plan is not None else {}
    found = find_places(actor, [date for date, _waited in left], equipment, takes)
    for date, waited in left:
        event = put(actor, outage, date, found[date.id], waited=waited) if date.id in found else None
        told += [event] if event is not None else []
    return told
