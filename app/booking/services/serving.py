"""Joining a booking to the misses it makes up for."""

from sqlalchemy import delete

from app.booking.models import Occurrence, OccurrenceItem, ServedMiss
from app.booking.queries.serving import joined_minutes_by_miss, list_lacking
from app.booking.rules.serving import REMEMBERED_FOR, Lack, Supply, shares
from app.core.clock import now
from app.core.spans import Span
from app.demand.models import Miss
from app.extensions import db


def join_to_misses(*dates: Occurrence) -> None:
    """Write down which earlier misses of its organisation dates of a booking make up for, oldest first.

    It asks for no state: whether a date was agreed to is for the reader. In the normal case, where
    nothing was missed, one query.
    """
    booking = dates[0].booking
    asked_at = booking.created_at
    supplies = [_supply(item) for date in dates for item in date.items]
    missed = list_lacking(
        organisation_id=booking.organisation_id,
        remembered=Span(asked_at - REMEMBERED_FOR, asked_at),
        equipment_ids={one.equipment_id for one in supplies},
        category_ids={one.category_id for one in supplies if one.category_id is not None},
    )
    if not missed:
        return
    # Read after the misses are locked: what another request has joined meanwhile counts.
    joined = joined_minutes_by_miss([one.id for one in missed])
    lacks = [_lack(one, joined.get(one.id, 0)) for one in missed]
    db.session.add_all(
        ServedMiss(miss_id=one.miss_id, occurrence_item_id=one.item_id, minutes=one.minutes, created_at=now())
        for one in shares(lacks, supplies)
    )


def join_again(date: Occurrence) -> None:
    """The date has another length, perhaps: it makes up for as much as it has now."""
    items = [item.id for item in date.items]
    db.session.execute(delete(ServedMiss).where(ServedMiss.occurrence_item_id.in_(items)))
    join_to_misses(date)


def _supply(item: OccurrenceItem) -> Supply:
    equipment = item.equipment
    minutes = item.occurrence.span.minutes * item.quantity
    return Supply(item.id, equipment.id, equipment.category_id, equipment.lab_id, minutes)


def _lack(miss: Miss, joined: int) -> Lack:
    whole = miss.minutes * miss.quantity
    return Lack(miss.id, miss.equipment_id, miss.category_id, miss.lab_id, whole - joined)
