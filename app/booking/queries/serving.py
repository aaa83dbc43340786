"""What was missed and what of it was served later."""

from collections.abc import Collection, Sequence
from typing import TypeVarTuple

from sqlalchemy import ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.booking.models import Occurrence, OccurrenceItem, ServedMiss
from app.booking.rules.states import OccurrenceState
from app.core.spans import Span
from app.demand.models import Miss, MissKind
from app.extensions import db

Columns = TypeVarTuple("Columns")

SERVING = (OccurrenceState.APPROVED, OccurrenceState.IN_USE, OccurrenceState.COMPLETED)
"""Dates that somebody has, or had."""
GONE = (
    OccurrenceState.DECLINED,
    OccurrenceState.CANCELLED,
    OccurrenceState.EXPIRED,
    OccurrenceState.NO_SHOW,
    OccurrenceState.DISPLACED,
)
"""Dates that will serve nobody any more: what they had been joined to is open again."""


def served_minutes_by_miss(miss_ids: Collection[int]) -> dict[int, int]:
    """Equipment-minutes of each miss that dates which are agreed or took place made up for, where any did."""
    return _minutes(_joined(miss_ids).where(Occurrence.state.in_(SERVING)))


def served_minutes_of(miss_id: InstrumentedAttribute[int]) -> ScalarSelect[int]:
    """The same of one miss, inside a query about misses; NULL where nothing was."""
    served = _with_dates(select(func.sum(ServedMiss.minutes)))
    return served.where(ServedMiss.miss_id == miss_id, Occurrence.state.in_(SERVING)).scalar_subquery()


def joined_minutes_by_miss(miss_ids: Collection[int]) -> dict[int, int]:
    """Equipment-minutes of each miss that a date makes up for or still may."""
    return _minutes(_joined(miss_ids).where(Occurrence.state.not_in(GONE)))


def list_lacking(
    *,
    organisation_id: int,
    remembered: Span,
    equipment_ids: Collection[int],
    category_ids: Collection[int],
) -> Sequence[Miss]:
    """The organisation's misses for lack of such equipment, oldest first, locked: two bookings must not
    both serve the same one."""
    named = or_(Miss.equipment_id.in_(equipment_ids), Miss.category_id.in_(category_ids))
    return db.session.scalars(
        select(Miss)
        .where(
            Miss.organisation_id == organisation_id,
            Miss.kind.in_((MissKind.CAPACITY, MissKind.OUTAGE)),
            Miss.at >= remembered.start,
            Miss.at < remembered.end,
            named,
        )
        .order_by(Miss.at, Miss.id)
        .with_for_update()
    ).all()


def _joined(miss_ids: Collection[int]) -> Select[int, int]:
    found = _with_dates(select(ServedMiss.miss_id, func.sum(ServedMiss.minutes)))
    return found.where(ServedMiss.miss_id.in_(miss_ids)).group_by(ServedMiss.miss_id)


def _with_dates(found: Select[*Columns]) -> Select[*Columns]:
    """With the dates that make up for what was missed."""
    return found.join(OccurrenceItem, OccurrenceItem.id == ServedMiss.occurrence_item_id).join(
        Occurrence, Occurrence.id == OccurrenceItem.occurrence_id
    )


def _minutes(found: Select[int, int]) -> dict[int, int]:
    return {miss_id: int(minutes) for miss_id, minutes in db.session.execute(found)}
