"""What is taught where, and which of its dates have their time."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Role, User
from app.booking.models import Booking, Occurrence, OccurrenceItem, Timetable, TimetableClass
from app.booking.permissions import LAB_STAFF
from app.core.errors import NotFound
from app.core.spans import Span
from app.core.text import fold
from app.extensions import db
from app.inventory.models import Equipment, EquipmentStatus, Holiday, Lab, Unit
from app.occupancy.models import ClaimKind, Source
from app.occupancy.queries import list_held_by

WHOLE = (
    joinedload(Timetable.lab).joinedload(Lab.site),
    joinedload(Timetable.made_by),
    selectinload(Timetable.classes).joinedload(TimetableClass.equipment),
)


def list_timetables(actor: User) -> Sequence[Timetable]:
    """Those of the labs the actor works in, the latest first."""
    return db.session.scalars(
        select(Timetable).where(_visible_to(actor)).options(*WHOLE).order_by(Timetable.id.desc())
    ).all()


def get_timetable(actor: User, timetable_id: int, *, for_update: bool = False) -> Timetable:
    """NotFound when there is none the actor may see."""
    query = select(Timetable).where(Timetable.id == timetable_id, _visible_to(actor)).options(*WHOLE)
    if for_update:
        query = query.with_for_update(of=Timetable).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def equipment_called(lab_id: int) -> dict[str, set[int]]:
    """Ids of what the lab has not retired, by everything it may be called: folded names, aliases, tags."""
    found: dict[str, set[int]] = defaultdict(set)
    here = Equipment.lab_id == lab_id, Equipment.status != EquipmentStatus.RETIRED
    for one in db.session.scalars(select(Equipment).where(*here)):
        for name in (one.name, one.name_fa, one.model, *one.aliases):
            if name:
                found[fold(name)].add(one.id)
    tags = select(Unit.asset_tag, Unit.equipment_id).join(Equipment, Equipment.id == Unit.equipment_id)
    for tag, equipment_id in db.session.execute(tags.where(*here)):
        if tag is not None and equipment_id is not None:
            found[fold(tag)].add(equipment_id)
    return found


def closed_between(site_id: int, first: date, last: date) -> set[date]:
    """The site's holidays from the first day to the last."""
    return set(
        db.session.scalars(
            select(Holiday.on).where(Holiday.site_id == site_id, Holiday.on.between(first, last))
        )
    )


def taken_by(classes: Collection[TimetableClass]) -> dict[int, set[Span]]:
    """The spans that each class has, by its id."""
    found: dict[int, set[Span]] = {one.id: set() for one in classes}
    for claim in list_held_by(source_of(one) for one in classes):
        found[claim.source_id].add(claim.span)
    return found


def source_of(one: TimetableClass) -> Source:
    """Whose claims the class's time is."""
    return Source(ClaimKind.TIMETABLE, one.id)


def references_of(item_ids: Collection[int]) -> dict[int, str]:
    """The references of the bookings of these items, by the item."""
    rows = db.session.execute(
        select(OccurrenceItem.id, Booking.reference)
        .join(Occurrence, Occurrence.id == OccurrenceItem.occurrence_id)
        .join(Booking, Booking.id == Occurrence.booking_id)
        .where(OccurrenceItem.id.in_(item_ids))
    )
    return {row.id: row.reference for row in rows}


def _visible_to(actor: User) -> ColumnElement[bool]:
    if actor.has_role(Role.ADMIN, Role.LIAISON):
        return Timetable.id.is_not(None)
    return Timetable.lab_id.in_(actor.lab_ids(*LAB_STAFF))
