"""What cannot be used when, and who is in the way of that."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Role, User
from app.booking.models import (
    Booking,
    Displacement,
    Occurrence,
    OccurrenceItem,
    Outage,
    WaitlistEntry,
    WaitlistOffer,
)
from app.booking.permissions import LAB_STAFF
from app.booking.queries.bookings import WHOLE as WHOLE_BOOKING
from app.booking.rules.states import HOLDING
from app.core.clock import now
from app.core.counting import Count
from app.core.errors import NotFound
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment, EquipmentStatus, Lab, Unit
from app.occupancy.models import Claim, ClaimKind
from app.occupancy.queries import Held, claimed_from, list_held

WHOLE = (
    joinedload(Outage.equipment).joinedload(Equipment.lab).joinedload(Lab.site),
    joinedload(Outage.lab).joinedload(Lab.site),
    joinedload(Outage.site),
    joinedload(Outage.unit),
    joinedload(Outage.declared_by),
    selectinload(Outage.units),
    selectinload(Outage.displacements)
    .joinedload(Displacement.occurrence)
    .joinedload(Occurrence.booking)
    .options(*WHOLE_BOOKING),
)


class InTheWay(NamedTuple):
    """Who has time on some equipment within a window, and what is taken by what nobody moves."""

    dates: Sequence[Occurrence]
    offers: Sequence[WaitlistOffer]
    claims: Sequence[Held]


def list_in_the_way(equipment_ids: Collection[int], window: Span, *, for_update: bool = False) -> InTheWay:
    """Dates ahead of use and times held for the waitlist that have claims there, each once."""
    held = list_held(equipment_ids, window)
    items = [one.source_id for one in held if one.kind is ClaimKind.BOOKING]
    holds = [one.source_id for one in held if one.kind is ClaimKind.HOLD]
    return InTheWay(_dates(items, for_update=for_update), _offers(holds), held)


def lock_dates(equipment_ids: Collection[int], window: Span) -> set[int]:
    """Keep the dates in the way from others; the ids of their organisations."""
    items = [one.source_id for one in list_held(equipment_ids, window) if one.kind is ClaimKind.BOOKING]
    of_items = select(OccurrenceItem.occurrence_id).where(OccurrenceItem.id.in_(items))
    ids = db.session.scalars(
        select(Occurrence.id).where(Occurrence.id.in_(of_items)).order_by(Occurrence.id).with_for_update()
    ).all()
    return set(
        db.session.scalars(
            select(Booking.organisation_id).join(Booking.occurrences).where(Occurrence.id.in_(ids))
        )
    )


def last_claimed(equipment_ids: Collection[int]) -> datetime | None:
    """Until when any of the equipment is claimed, as far ahead as that reaches."""
    return db.session.scalar(
        select(func.max(Claim.ends_at)).where(Claim.equipment_id.in_(equipment_ids), claimed_from(now()))
    )


def list_equipment_at(
    *, equipment_id: int | None = None, lab_id: int | None = None, site_id: int | None = None
) -> Sequence[Equipment]:
    """The equipment meant, with its place: one, a lab's or a site's, without what is retired."""
    query = (
        select(Equipment)
        .join(Equipment.lab)
        .where(Equipment.status != EquipmentStatus.RETIRED)
        .options(joinedload(Equipment.lab).joinedload(Lab.site))
        .order_by(Equipment.id)
    )
    if equipment_id is not None:
        query = query.where(Equipment.id == equipment_id)
    elif lab_id is not None:
        query = query.where(Equipment.lab_id == lab_id)
    else:
        query = query.where(Lab.site_id == site_id)
    return db.session.scalars(query).all()


def list_like(equipment: Collection[Equipment], lab_ids: Collection[int] | None) -> Sequence[Equipment]:
    """What else of the same categories is in service in these labs (None: in any), with its place."""
    query = (
        select(Equipment)
        .where(
            Equipment.category_id.in_({one.category_id for one in equipment}),
            Equipment.id.not_in([one.id for one in equipment]),
            Equipment.status == EquipmentStatus.IN_SERVICE,
        )
        .options(joinedload(Equipment.lab).joinedload(Lab.site))
        .order_by(Equipment.id)
    )
    if lab_ids is not None:
        query = query.where(Equipment.lab_id.in_(lab_ids))
    return db.session.scalars(query).all()


def get_outage(actor: User, outage_id: int, *, for_update: bool = False) -> Outage:
    """The outage with all that gave way to it. NotFound when there is none the actor may see."""
    query = select(Outage).where(Outage.id == outage_id, visible_to(actor)).options(*WHOLE)
    if for_update:
        query = query.with_for_update(of=Outage).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def list_outages(
    actor: User, *, is_over: bool = False, before: int | None = None, limit: int = 50
) -> Sequence[Outage]:
    """What is out of use or will be (`is_over`: was), the latest first; `before` is the last id before."""
    query = select(Outage).where(visible_to(actor), _over() if is_over else ~_over()).options(*WHOLE)
    if before is not None:
        query = query.where(Outage.id < before)
    return db.session.scalars(query.order_by(Outage.id.desc()).limit(limit)).unique().all()


def select_out_of_use(actor: User, day: Span) -> Count:
    """How many things that the actor may know of are out of use on that day."""
    return select(func.count(Outage.id)).where(
        visible_to(actor),
        Outage.starts_at < day.end,
        or_(Outage.ends_at.is_(None), Outage.ends_at > day.start),
        ~_over(),
    )


def list_covering(equipment: Equipment) -> Sequence[Outage]:
    """What takes all of the equipment with it, however many there are, and is not over; the oldest first."""
    return db.session.scalars(
        select(Outage)
        .where(
            or_(
                Outage.equipment_id == equipment.id,
                Outage.lab_id == equipment.lab_id,
                Outage.site_id == equipment.lab.site_id,
            ),
            Outage.quantity.is_(None),
            Outage.unit_id.is_(None),
            Outage.ends_at > now(),
            Outage.ended_at.is_(None),
        )
        .order_by(Outage.id)
    ).all()


def list_running(actor: User, equipment: Equipment) -> Sequence[Outage]:
    """What takes this equipment, or part of it, and is not over, as far as the actor may see it."""
    here = or_(
        Outage.equipment_id == equipment.id,
        Outage.lab_id == equipment.lab_id,
        Outage.site_id == equipment.lab.site_id,
    )
    return (
        db.session.scalars(
            select(Outage).where(here, ~_over(), visible_to(actor)).options(*WHOLE).order_by(Outage.id)
        )
        .unique()
        .all()
    )


def displaced_ids(occurrence_ids: Collection[int]) -> set[int]:
    """Which of the dates ever gave way to an outage."""
    return set(
        db.session.scalars(
            select(Displacement.occurrence_id).where(Displacement.occurrence_id.in_(occurrence_ids))
        )
    )


def outage_of(date: Occurrence) -> Outage | None:
    """The last outage that the date gave way to."""
    return db.session.scalar(
        select(Outage)
        .join(Outage.displacements)
        .where(Displacement.occurrence_id == date.id)
        .order_by(Displacement.id.desc())
        .limit(1)
    )


def units_of(equipment_id: int, number: int | None = None) -> Sequence[Unit]:
    """The units of the equipment, or the one of that number."""
    query = select(Unit).where(Unit.equipment_id == equipment_id).order_by(Unit.number)
    return db.session.scalars(query if number is None else query.where(Unit.number == number)).all()


def visible_to(actor: User) -> ColumnElement[bool]:
    """The staff of the labs concerned, the office and admins."""
    if actor.has_role(Role.ADMIN, Role.LIAISON):
        return Outage.id.is_not(None)
    labs = actor.lab_ids(*LAB_STAFF)
    return or_(
        Outage.lab_id.in_(labs),
        Outage.equipment_id.in_(select(Equipment.id).where(Equipment.lab_id.in_(labs))),
        Outage.site_id.in_(select(Lab.site_id).where(Lab.id.in_(labs))),
    )


def _over() -> ColumnElement[bool]:
    return or_(Outage.ended_at.is_not(None), and_(Outage.ends_at.is_not(None), Outage.ends_at <= now()))


def _dates(item_ids: Collection[int], *, for_update: bool) -> Sequence[Occurrence]:
    of_items = select(OccurrenceItem.occurrence_id).where(OccurrenceItem.id.in_(item_ids))
    return (
        db.session.scalars(
            select(Occurrence)
            .where(Occurrence.id.in_(of_items), Occurrence.state.in_(HOLDING))
            .options(joinedload(Occurrence.booking).options(*WHOLE_BOOKING))
            .order_by(Occurrence.starts_at, Occurrence.id)
            .execution_options(populate_existing=for_update)
        )
        .unique()
        .all()
    )


def _offers(offer_ids: Collection[int]) -> Sequence[WaitlistOffer]:
    return db.session.scalars(
        select(WaitlistOffer)
        .where(WaitlistOffer.id.in_(offer_ids))
        .options(joinedload(WaitlistOffer.entry).selectinload(WaitlistEntry.offers))
        .order_by(WaitlistOffer.id)
    ).all()
