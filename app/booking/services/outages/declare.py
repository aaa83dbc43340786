"""Saying that equipment, a lab or a site cannot be used: whoever is in the way is looked after at once."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TypeVar

from app.accounts.models import Organisation, User
from app.booking.events import OccurrenceEvent, OutageDeclared, OutageEvent
from app.booking.models import OccurrenceState, Outage
from app.booking.permissions import may_declare_outage
from app.booking.queries.outages import list_like, lock_dates
from app.booking.services import misses
from app.booking.services.locking import lock
from app.booking.services.outages.give_way import give_way, held_on, put, take_back
from app.booking.services.outages.plan import (
    Hit,
    Plan,
    Trouble,
    hit_by,
    plan_outage,
    settled,
    window_of,
)
from app.booking.services.transitions import equipment_of, tell_all
from app.booking.services.waitlist.promote import offer_freed
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput
from app.core.events import publish
from app.core.spans import Span
from app.core.text import clean
from app.extensions import db
from app.inventory.models import Equipment, Unit, UnitStatus
from app.inventory.services.units import change_unit_status
from app.occupancy.errors import CapacityInUse
from app.occupancy.models import ClaimKind, Source
from app.occupancy.queries import list_held_by
from app.occupancy.services import claims, units

E = TypeVar("E", bound=OutageEvent)
LONGEST_REASON = 2000


def foresee_outage(*, actor: User, trouble: Trouble) -> Plan:
    """What it would do if it were declared now. Changes nothing. Raises as `declare_outage` does."""
    trouble, equipment = _allowed(actor, trouble)
    return plan_outage(actor, trouble, equipment)


@unit_of_work
def declare_outage(*, actor: User, trouble: Trouble, repair: bool = True) -> Outage:
    """Take the time, or without an end the units; whoever is in the way gives way in the same breath.

    What goes on is ended there, what waits to begin is displaced, and with `repair` put on equipment like
    it at its time, or offered another time. Each person hears of it once. Raises NotFound, Forbidden,
    InvalidInput.
    """
    trouble, equipment = _allowed(actor, trouble)
    ids = [one.id for one in equipment]
    keep_from_others(equipment, lock_dates(ids, window_of(trouble, equipment)))
    plan = plan_outage(actor, trouble, equipment, repair=repair, for_update=True)
    outage = _written(actor, trouble)
    told = give_way(actor, outage, plan.hits)
    take_back(plan.offers)
    told += take_time(actor, outage, plan)
    told += settle(actor, outage, plan.hits, ids)
    publish(happened_to(OutageDeclared, outage, equipment, actor, gave_way=len(plan.hits)))
    tell_all(told)
    offer_freed(set(ids) | equipment_of([hit.date for hit in plan.hits]) | held_on(plan.offers))
    return outage


def keep_from_others(equipment: Collection[Equipment], organisation_ids: Collection[int]) -> None:
    """Nobody else asks in their names or claims this equipment and what is like it, until it is over."""
    for id_ in sorted(organisation_ids):
        lock(db.session.get_one(Organisation, id_))
    claims.lock({one.id for one in (*equipment, *list_like(equipment, None))})


def take_time(actor: User, outage: Outage, plan: Plan) -> list[OccurrenceEvent]:
    """Claim the time, or take the units out of service.

    Where the units that are left cannot be dealt out so that each date keeps one throughout, those who
    would go first give way as well, until they can.
    """
    if outage.ends_at is None:
        chosen = outage.units = units_to_take(plan)
        return _with_room(actor, outage, plan, lambda: _out_of_service(actor, outage, chosen))
    source = source_of(outage)
    wanted = [claims.Wanted(id_, one.span, one.quantity) for id_, its in plan.takes.items() for one in its]
    claims.replace({source: [*time_past(outage, now()), *wanted]})
    if outage.unit_id is None:
        return []
    units.fix_to(source, outage.unit_id)
    return _with_room(actor, outage, plan, lambda: units.assign([source]))


def settle(
    actor: User, outage: Outage, hits: Sequence[Hit], failing: Collection[int]
) -> list[OccurrenceEvent]:
    """Put who was displaced where there is a place, and remember the hours that were lost."""
    told = []
    for hit in hits:
        if hit.date.state is not OccurrenceState.DISPLACED:
            continue
        waited = hit.was in (OccurrenceState.REQUESTED, OccurrenceState.PROPOSED)
        event = put(actor, outage, hit.date, hit.place, waited=waited) if hit.place else None
        if event is not None:
            told.append(event)
        if event is None or hit.date.span != hit.span:
            misses.remember_displaced(hit.date, hit.span, failing)
    return told


def time_past(outage: Outage, at: datetime) -> list[claims.Wanted]:
    """What it has taken up to then: that is so, whatever becomes of the rest."""
    begun = [one for one in list_held_by([source_of(outage)]) if one.starts_at < at]
    return [
        claims.Wanted(one.equipment_id, Span(one.starts_at, min(one.ends_at, at)), one.quantity)
        for one in begun
    ]


def source_of(outage: Outage) -> Source:
    """Whose claims the time is."""
    return Source(ClaimKind(outage.kind.value), outage.id)


def happened_to(
    event: type[E], outage: Outage, equipment: Collection[Equipment], actor: User, **more: object
) -> E:
    """The event, with all that is known of the outage."""
    return event(
        actor_id=actor.id,
        subject_id=outage.id,
        equipment_ids=tuple(sorted(one.id for one in equipment)),
        lab_ids=tuple(sorted({one.lab_id for one in equipment})),
        kind=outage.kind.value,
        starts_at=outage.starts_at,
        ends_at=outage.ends_at,
        reason=outage.reason,
        **more,
    )


def units_to_take(plan: Plan) -> list[Unit]:
    """The units that go out of service: those that fail, the last of them first, nobody's hands emptied."""
    serving = {
        one.id: [unit for unit in one.units if unit.status is UnitStatus.IN_SERVICE] for one in plan.equipment
    }
    if plan.trouble.unit_id is not None:
        return [unit for its in serving.values() for unit in its if unit.id == plan.trouble.unit_id]
    if plan.trouble.quantity is None:
        return [unit for its in serving.values() for unit in its]
    in_hands = plan.fixed_units
    its = [unit for found in serving.values() for unit in found]
    its.sort(key=lambda unit: (unit.id in in_hands, -(unit.number or 0)))
    return its[: plan.trouble.quantity]


def _allowed(actor: User, trouble: Trouble) -> tuple[Trouble, list[Equipment]]:
    """Raises Forbidden for who may not, in one of the labs, and InvalidInput."""
    if len(clean(trouble.reason)) > LONGEST_REASON:
        raise InvalidInput(("reason", "too-long"))
    trouble, equipment = settled(trouble)
    labs = {one.lab_id for one in equipment} | ({trouble.lab_id} if trouble.lab_id else set())
    if not may_declare_outage(actor, labs):
        raise Forbidden
    return trouble, equipment


def _written(actor: User, trouble: Trouble) -> Outage:
    outage = Outage(
        kind=trouble.kind,
        equipment_id=trouble.equipment_id,
        lab_id=trouble.lab_id,
        site_id=trouble.site_id,
        unit_id=trouble.unit_id,
        quantity=None if trouble.unit_id is not None else trouble.quantity,
        starts_at=trouble.starts_at,
        ends_at=trouble.ends_at,
        reason=clean(trouble.reason),
        declared_by_id=actor.id,
        declared_at=now(),
    )
    db.session.add(outage)
    db.session.flush()
    return outage


def _out_of_service(actor: User, outage: Outage, chosen: Sequence[Unit]) -> bool:
    """Take the units out of service. False, and nothing changes, when the others cannot serve what stays."""
    try:
        with db.session.begin_nested():
            for unit in chosen:
                change_unit_status(
                    actor=actor, unit_id=unit.id, status=UnitStatus.OUT_OF_SERVICE, reason=outage.reason
                )
    except CapacityInUse:
        return False
    return True


def _with_room(actor: User, outage: Outage, plan: Plan, is_done: Callable[[], bool]) -> list[OccurrenceEvent]:
    told: list[OccurrenceEvent] = []
    staying = iter(plan.staying)
    while not is_done():
        date = next(staying, None)
        if date is None:
            raise CapacityInUse
        told += give_way(actor, outage, [hit_by(plan.trouble, date)])
    return told
