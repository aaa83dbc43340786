"""Do outages have the time, or the units, that they say?"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from app.booking.models import Displacement, Outage, Timetable, TimetableClass
from app.core.clock import now
from app.core.event_log import EventRecord
from app.extensions import db
from app.inventory.models import Equipment, Lab, UnitStatus
from app.occupancy.models import Claim, ClaimKind

Stretch = tuple[int, datetime, datetime]
"""Equipment, start, end."""
KINDS = (ClaimKind.MAINTENANCE, ClaimKind.OUTAGE, ClaimKind.CLOSURE)


def outages_have_their_time() -> Iterator[str]:
    """Claims of an outage lie in its time and place; one without an end has units out of service instead."""
    places = _places()
    claims = _claims()
    for outage in db.session.scalars(select(Outage).execution_options(yield_per=1000)):
        its = claims.pop((outage.kind.value, outage.id), [])
        there = places[outage.equipment_id, outage.lab_id, outage.site_id]
        yield from (
            f"outage {outage.id}: {what}" for what in (*_wrong_time(outage, its, there), *_units(outage))
        )
    for kind, id_ in claims:
        yield f"claims of {kind} {id_}: there is no such outage"


def _wrong_time(outage: Outage, claims: list[Stretch], there: set[int]) -> Iterator[str]:
    end = outage.ended_at or outage.ends_at
    for equipment_id, starts_at, ends_at in claims:
        if equipment_id not in there:
            yield f"claims equipment {equipment_id}, which is somewhere else"
        if starts_at < outage.starts_at or (end is not None and ends_at > end):
            yield "claims time that it does not last"
    if outage.ends_at is None and any(ends_at > now() for _id, _start, ends_at in claims):
        yield "has no end, and claims time ahead"


def _units(outage: Outage) -> Iterator[str]:
    if outage.units and (outage.ends_at is not None or outage.ended_at is not None):
        yield "has an end, and keeps units out of service"
    for unit in outage.units:
        if unit.status is UnitStatus.IN_SERVICE:
            yield f"unit {unit.id} is out of service because of it, and is in service"


def displaced_dates_say_why() -> Iterator[str]:
    """A date that has to move has given way to an outage, and so has one whose events say it did."""
    told = select(EventRecord.subject_id).where(
        EventRecord.subject_kind == "occurrence", EventRecord.name.in_(("BookingDisplaced", "BookingCut"))
    )
    noted = set(db.session.scalars(select(Displacement.occurrence_id)))
    for id_ in sorted(set(db.session.scalars(told)) - noted):
        yield f"date {id_}: its events say that it gave way to an outage, and no outage knows of it"


def classes_have_dates_of_their_own() -> Iterator[str]:
    """Claims of teaching are a class's: on its equipment, as many as it says, within its term."""
    classes = {one.id: one for one in db.session.scalars(select(TimetableClass))}
    terms = {one.id: one for one in db.session.scalars(select(Timetable))}
    rows = db.session.execute(
        select(Claim.source_id, Claim.equipment_id, Claim.quantity, Claim.starts_at)
        .where(Claim.kind == ClaimKind.TIMETABLE)
        .execution_options(yield_per=10_000)
    )
    for class_id, equipment_id, quantity, starts_at in rows:
        one = classes.get(class_id)
        if one is None:
            yield f"claims of teaching {class_id}: there is no such class"
        elif (one.equipment_id, one.quantity) != (equipment_id, quantity):
            yield f"class {class_id}: claims {quantity} of equipment {equipment_id}, not its own"
        elif not _within(terms[one.timetable_id], starts_at):
            yield f"class {class_id}: takes time outside its term"


def _within(term: Timetable, at: datetime) -> bool:
    """A day more at each end, for zones."""
    return term.first_on - timedelta(days=1) <= at.date() <= term.last_on + timedelta(days=1)


def _claims() -> dict[tuple[str, int], list[Stretch]]:
    found: dict[tuple[str, int], list[Stretch]] = defaultdict(list)
    rows = db.session.execute(
        select(Claim.kind, Claim.source_id, Claim.equipment_id, Claim.starts_at, Claim.ends_at)
        .where(Claim.kind.in_(KINDS))
        .execution_options(yield_per=10_000)
    )
    for kind, source_id, equipment_id, starts_at, ends_at in rows:
        found[kind.value, source_id].append((equipment_id, starts_at, ends_at))
    return found


def _places() -> dict[tuple[int | None, int | None, int | None], set[int]]:
    """The equipment of each place that an outage can be about."""
    found: dict[tuple[int | None, int | None, int | None], set[int]] = defaultdict(set)
    rows = db.session.execute(
        select(Equipment.id, Equipment.lab_id, Lab.site_id).join(Lab, Lab.id == Equipment.lab_id)
    )
    for id_, lab_id, site_id in rows:
        found[id_, None, None].add(id_)
        found[None, lab_id, None].add(id_)
        found[None, None, site_id].add(id_)
    return found
