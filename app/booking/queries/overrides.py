"""Rules that were set aside: of a date, and of the labs that one answers for."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Role, User
from app.booking.models import Booking, Occurrence, OccurrenceItem, Override
from app.booking.permissions import LAB_STAFF, is_staff_of_any, labs_of
from app.extensions import db
from app.inventory.models import Equipment, Lab

WHOLE = (
    joinedload(Override.by),
    joinedload(Override.equipment),
    joinedload(Override.occurrence).joinedload(Occurrence.booking).joinedload(Booking.organisation),
)


def overridden_in(occurrence_ids: Collection[int]) -> dict[tuple[int, str, int | None], datetime]:
    """When each code was last set aside for each of the dates and their equipment."""
    rows = db.session.execute(
        select(Override.occurrence_id, Override.code, Override.equipment_id, Override.at)
        .where(Override.occurrence_id.in_(occurrence_ids))
        .order_by(Override.at)
    )
    return {(row.occurrence_id, row.code, row.equipment_id): row.at for row in rows}


def list_overrides_of(actor: User, booking: Booking) -> Sequence[Override]:
    """What was set aside for any date of the booking, for the staff of its labs; nothing for others."""
    if not actor.has_role(Role.ADMIN) and not is_staff_of_any(actor, labs_of(booking)):
        return []
    return db.session.scalars(
        select(Override)
        .join(Override.occurrence)
        .where(Occurrence.booking_id == booking.id)
        .options(*WHOLE)
        .order_by(Override.at, Override.id)
    ).all()


def list_overrides(
    actor: User, *, lab_id: int | None = None, before: int | None = None, limit: int = 100
) -> Sequence[Override]:
    """What was set aside in the actor's labs, the newest first; `before` is the last id seen."""
    found = select(Override).options(*WHOLE).order_by(Override.id.desc()).limit(limit)
    labs = _labs(actor, lab_id)
    if labs is not None:
        asked = (
            select(OccurrenceItem.id)
            .join(OccurrenceItem.equipment)
            .where(OccurrenceItem.occurrence_id == Override.occurrence_id, Equipment.lab_id.in_(labs))
        )
        found = found.where(asked.exists())
    if before is not None:
        found = found.where(Override.id < before)
    return db.session.scalars(found).all()


def list_reported_labs(actor: User) -> Sequence[Lab]:
    """The labs whose overrides this person may read, by name."""
    found = select(Lab).order_by(Lab.name)
    if not actor.has_role(Role.ADMIN):
        found = found.where(Lab.id.in_(actor.lab_ids(*LAB_STAFF)))
    return db.session.scalars(found).all()


def _labs(actor: User, lab_id: int | None) -> Collection[int] | None:
    """The labs meant, as far as they are the actor's; None: all."""
    if actor.has_role(Role.ADMIN):
        return None if lab_id is None else {lab_id}
    own = actor.lab_ids(*LAB_STAFF)
    return own if lab_id is None else own & {lab_id}
