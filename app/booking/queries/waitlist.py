"""Who waits for what."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Role, User
from app.booking.models import Outcome, WaitlistEntry, WaitlistOffer, WaitState
from app.booking.permissions import LAB_STAFF
from app.booking.rules.waiting import ACTIVE, Waiting, place_of
from app.core.counting import Count
from app.core.errors import NotFound
from app.extensions import db
from app.inventory.models import Category, Equipment, EquipmentStatus, Lab
from app.inventory.queries.categories import all_categories, with_ancestors, with_descendants

WHOLE = (
    joinedload(WaitlistEntry.organisation),
    joinedload(WaitlistEntry.user),
    joinedload(WaitlistEntry.category),
    joinedload(WaitlistEntry.booking),
    joinedload(WaitlistEntry.lab).joinedload(Lab.site),
    joinedload(WaitlistEntry.equipment).joinedload(Equipment.lab).joinedload(Lab.site),
    selectinload(WaitlistEntry.offers)
    .joinedload(WaitlistOffer.equipment)
    .joinedload(Equipment.lab)
    .joinedload(Lab.site),
)
MOST = 200


class Unanswered(NamedTuple):
    """A time that is held: for whom, and on what."""

    entry_id: int
    equipment_ids: Sequence[int]


def visible_to(actor: User) -> ColumnElement[bool]:
    """The organisation's people, the staff of the labs that could serve it, the office and admins."""
    if actor.has_role(Role.ADMIN, Role.LIAISON):
        return WaitlistEntry.id.is_not(None)
    labs = actor.lab_ids(*LAB_STAFF)
    return or_(WaitlistEntry.organisation_id.in_(actor.organisation_ids()), _waits_in(labs))


def get_entry(actor: User, entry_id: int, *, for_update: bool = False) -> WaitlistEntry:
    """The entry. NotFound when there is none the actor may see."""
    query = select(WaitlistEntry).where(WaitlistEntry.id == entry_id, visible_to(actor)).options(*WHOLE)
    if for_update:
        query = query.with_for_update(of=WaitlistEntry).execution_options(populate_existing=True)
    entry = db.session.scalar(query)
    if entry is None:
        raise NotFound
    return entry


def list_entries_of(
    actor: User, *, states: Collection[WaitState] = (), after: int | None = None, limit: int = MOST
) -> Sequence[WaitlistEntry]:
    """What the actor's organisations wait and waited for, newest first; `after` is the last id before."""
    mine = WaitlistEntry.organisation_id.in_(actor.organisation_ids())
    query = _listed(mine, states).order_by(WaitlistEntry.id.desc()).limit(limit)
    return db.session.scalars(query if after is None else query.where(WaitlistEntry.id < after)).all()


def list_entries_in_labs(actor: User) -> Sequence[WaitlistEntry]:
    """Who waits for equipment of the labs that the actor works in, in the order of the queue."""
    here = (
        WaitlistEntry.id.is_not(None) if actor.has_role(Role.ADMIN) else _waits_in(actor.lab_ids(*LAB_STAFF))
    )
    query = _listed(here, ACTIVE).order_by(WaitlistEntry.queued_at, WaitlistEntry.id).limit(MOST)
    return db.session.scalars(query).all()


def select_held_for(actor: User) -> Count:
    """How many times are held for the actor's organisations and wait for a word."""
    return select(func.count(WaitlistEntry.id)).where(
        WaitlistEntry.organisation_id.in_(actor.organisation_ids()),
        WaitlistEntry.state == WaitState.OFFERED,
    )


def count_held_for(actor: User) -> int:
    return db.session.scalar(select_held_for(actor)) or 0


def count_active(organisation_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count(WaitlistEntry.id)).where(
                WaitlistEntry.organisation_id == organisation_id, WaitlistEntry.state.in_(ACTIVE)
            )
        )
        or 0
    )


def find_same(entry: WaitlistEntry) -> WaitlistEntry | None:
    """An active entry of the organisation that waits for the very same."""
    return db.session.scalar(
        select(WaitlistEntry).where(
            WaitlistEntry.organisation_id == entry.organisation.id,
            WaitlistEntry.state.in_(ACTIVE),
            WaitlistEntry.equipment_id == entry.equipment_id
            if entry.equipment_id is not None
            else WaitlistEntry.category_id == entry.category_id,
            WaitlistEntry.minutes == entry.minutes,
            WaitlistEntry.quantity == entry.quantity,
            WaitlistEntry.wanted_to == entry.wanted_to,
        )
    )


def list_waiting_for(
    equipment: Collection[Equipment], at: datetime, *, for_update: bool = False
) -> Sequence[WaitlistEntry]:
    """The entries that one of these could serve, in the order of the queue, and which are not too late."""
    categories = all_categories() if equipment else {}
    kinds = {
        (above.id, one.lab_id)
        for one in equipment
        if one.category_id is not None
        for above in with_ancestors(categories[one.category_id], categories)
    }
    of_a_kind = (
        and_(
            WaitlistEntry.category_id == category_id,
            or_(WaitlistEntry.lab_id.is_(None), WaitlistEntry.lab_id == lab_id),
        )
        for category_id, lab_id in kinds
    )
    query = (
        select(WaitlistEntry)
        .where(
            WaitlistEntry.state == WaitState.WAITING,
            WaitlistEntry.wanted_to > at,
            or_(WaitlistEntry.equipment_id.in_([one.id for one in equipment]), *of_a_kind),
        )
        .order_by(WaitlistEntry.queued_at, WaitlistEntry.id)
        .limit(MOST)
        .options(selectinload(WaitlistEntry.offers), joinedload(WaitlistEntry.organisation))
    )
    if for_update:
        query = query.with_for_update(of=WaitlistEntry).execution_options(populate_existing=True)
    return db.session.scalars(query).all()


def serving(entries: Collection[WaitlistEntry]) -> dict[int, frozenset[int]]:
    """For each entry the equipment in service that would do. Two queries however many entries."""
    by_category: dict[int, frozenset[int]] = {
        id_: frozenset(with_descendants(id_))
        for id_ in {entry.category_id for entry in entries if entry.category_id is not None}
    }
    wanted = frozenset[int]().union(*by_category.values())
    found = db.session.execute(
        select(Equipment.id, Equipment.category_id, Equipment.lab_id).where(
            Equipment.category_id.in_(wanted),
            Equipment.status == EquipmentStatus.IN_SERVICE,
            Equipment.is_lent_alone,
        )
    ).all()
    return {
        entry.id: frozenset({entry.equipment_id})
        if entry.equipment_id is not None
        else frozenset(
            id_
            for id_, category_id, lab_id in found
            if category_id in by_category[entry.category_id or 0] and entry.lab_id in (None, lab_id)
        )
        for entry in entries
    }


def places(entries: Collection[WaitlistEntry]) -> dict[int, int]:
    """The place of each active entry in the queue for what it wants, by its id."""
    if not entries:
        return {}
    active = db.session.scalars(select(WaitlistEntry).where(WaitlistEntry.state.in_(ACTIVE))).all()
    can = serving(active)
    queue = {one.id: Waiting(one.id, one.queued_at, one.window, can[one.id]) for one in active}
    return {one.id: place_of(queue[one.id], queue.values()) for one in entries if one.id in queue}


def list_sought_equipment(at: datetime) -> set[int]:
    """Ids of everything that could serve somebody who waits."""
    waiting = db.session.scalars(
        select(WaitlistEntry).where(WaitlistEntry.state == WaitState.WAITING, WaitlistEntry.wanted_to > at)
    ).all()
    return set().union(*serving(waiting).values()) if waiting else set()


def list_unanswered(at: datetime) -> list[Unanswered]:
    """The times that were held long enough."""
    offers = db.session.scalars(
        select(WaitlistOffer)
        .where(WaitlistOffer.outcome == Outcome.OPEN, WaitlistOffer.expires_at <= at)
        .order_by(WaitlistOffer.id)
        .limit(MOST)
    )
    return [Unanswered(offer.entry_id, offer.equipment_ids) for offer in offers]


def list_too_late(at: datetime) -> Sequence[int]:
    """Entries that wait and could not begin in time any more."""
    waiting = db.session.execute(
        select(WaitlistEntry.id, WaitlistEntry.wanted_to, WaitlistEntry.minutes)
        .where(WaitlistEntry.state == WaitState.WAITING)
        .order_by(WaitlistEntry.wanted_to)
    )
    return [row.id for row in waiting if (row.wanted_to - at).total_seconds() <= row.minutes * 60][:MOST]


def lock_entry(entry_id: int) -> WaitlistEntry:
    """The entry as it is now, kept from others until the unit of work ends."""
    return db.session.scalars(
        select(WaitlistEntry)
        .where(WaitlistEntry.id == entry_id)
        .options(selectinload(WaitlistEntry.offers))
        .with_for_update(of=WaitlistEntry)
        .execution_options(populate_existing=True)
    ).one()


def _listed(whose: ColumnElement[bool], states: Collection[WaitState]) -> Select[WaitlistEntry]:
    query = select(WaitlistEntry).where(whose).options(*WHOLE)
    return query.where(WaitlistEntry.state.in_(states)) if states else query


def _waits_in(lab_ids: Collection[int]) -> ColumnElement[bool]:
    """The condition that equipment of these labs could serve it: named, or of its kind."""
    if not lab_ids:
        return false()
    ids = select(Equipment.id).where(Equipment.lab_id.in_(lab_ids))
    categories = all_categories()
    having = db.session.scalars(
        select(Category)
        .join(Equipment, Equipment.category_id == Category.id)
        .where(Equipment.lab_id.in_(lab_ids))
    ).all()
    kinds = {above.id for one in having for above in with_ancestors(one, categories)}
    of_a_kind = and_(
        WaitlistEntry.category_id.in_(kinds),
        or_(WaitlistEntry.lab_id.is_(None), WaitlistEntry.lab_id.in_(lab_ids)),
    )
    return or_(WaitlistEntry.equipment_id.in_(ids), of_a_kind)
