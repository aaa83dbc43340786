"""What time does to bookings. Each finds what is due in the tables, so a missed run is made up."""

from collections.abc import Callable

from sqlalchemy import ColumnElement

from app.booking.events import BookingCompleted, BookingExpired
from app.booking.models import Occurrence, OccurrenceState
from app.booking.queries.bookings import find_for_update, list_due, request_is_over
from app.booking.queries.presence import list_begun
from app.booking.rules.states import Verb
from app.booking.services.presence import is_due, miss, rules_by_equipment
from app.booking.services.transitions import enter, equipment_of, tell
from app.booking.services.waitlist.promote import offer_freed
from app.core.clock import now
from app.core.db import unit_of_work

BATCH = 200
UNDER_WAY = (OccurrenceState.APPROVED, OccurrenceState.IN_USE)


def expire_requests() -> int:
    """End requests that nobody confirmed or answered in time; their slots are free again."""
    return _each_due(OccurrenceState.REQUESTED, lambda: request_is_over(now()), _expire)


def expire_displaced() -> int:
    """End what had to give way to an outage and found no other place until it would have begun."""
    return _each_due(OccurrenceState.DISPLACED, lambda: Occurrence.starts_at <= now(), _expire_displaced)


def complete_bookings() -> int:
    """Close what took place: dates whose time is over, in use or not, and nobody said otherwise."""
    return sum(_each_due(state, lambda: Occurrence.ends_at <= now(), _complete) for state in UNDER_WAY)


def release_missed() -> int:
    """Give back what nobody has checked in to, where the lab wants that; how many dates."""
    begun = list_begun(now())
    rules = rules_by_equipment(begun)
    return sum(_release(date_id) for date_id in [date.id for date in begun if is_due(date, rules)])


def _each_due(
    state: OccurrenceState,
    condition: Callable[[], ColumnElement[bool]],
    work: Callable[[int], bool],
) -> int:
    ids = list_due(state, condition=condition(), limit=BATCH)
    return sum(work(id_) for id_ in ids)


@unit_of_work
def _expire(occurrence_id: int) -> bool:
    date = find_for_update(occurrence_id, {OccurrenceState.REQUESTED}, request_is_over(now()))
    if date is None:
        return False
    enter(date, Verb.EXPIRE)
    tell(BookingExpired, date, None)
    offer_freed(equipment_of([date]))
    return True


@unit_of_work
def _expire_displaced(occurrence_id: int) -> bool:
    date = find_for_update(occurrence_id, {OccurrenceState.DISPLACED}, Occurrence.starts_at <= now())
    if date is None:
        return False
    enter(date, Verb.EXPIRE)
    tell(BookingExpired, date, None)
    return True


@unit_of_work
def _complete(occurrence_id: int) -> bool:
    date = find_for_update(occurrence_id, UNDER_WAY, Occurrence.ends_at <= now())
    if date is None:
        return False
    if _is_missed(date):
        miss(date, None)
        return True
    enter(date, Verb.COMPLETE)
    tell(BookingCompleted, date, None)
    return True


@unit_of_work
def _release(occurrence_id: int) -> bool:
    date = find_for_update(occurrence_id, {OccurrenceState.APPROVED}, Occurrence.starts_at <= now())
    if date is None or not _is_missed(date):
        return False
    miss(date, None)
    return True


def _is_missed(date: Occurrence) -> bool:
    return date.state is OccurrenceState.APPROVED and is_due(date, rules_by_equipment([date]))
