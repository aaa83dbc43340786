"""Whether somebody came, said afterwards by the lab or by the clock."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from app.accounts.models import User
from app.booking.events import BookingAttended, BookingMissed
from app.booking.models import Occurrence, OccurrenceState
from app.booking.permissions import is_staff_of_all, labs_of
from app.booking.queries.presence import get_dates_for_update
from app.booking.queries.things import rules_of
from app.booking.rules.policy import Rules
from app.booking.rules.presence import ended
from app.booking.rules.states import Verb, after
from app.booking.services.transitions import end_at, enter, equipment_of, tell
from app.booking.services.waitlist.promote import offer_freed
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, WrongState


@unit_of_work
def record_presence(
    *, actor: User, came: Collection[int] = (), missed: Collection[int] = ()
) -> Sequence[Occurrence]:
    """The lab says to which of the dates somebody came, and to which nobody did: all of it, or nothing.

    Who missed is told, and what was left of their time is free. Raises NotFound, Forbidden and WrongState
    (not begun or not over yet, in use, said already).
    """
    dates = get_dates_for_update(actor, {*came, *missed})
    if not all(is_staff_of_all(actor, labs_of(date.booking)) for date in dates):
        raise Forbidden
    for date in dates:
        if date.id in missed:
            _require(can_be_missed(date), Verb.MISS, date)
            miss(date, actor)
        else:
            _require(can_be_attended(date), Verb.ATTEND, date)
            enter(date, Verb.ATTEND)
            date.came_at = date.came_at or date.starts_at
            tell(BookingAttended, date, actor)
    return dates


def miss(date: Occurrence, actor: User | None) -> None:
    """Nobody came: the date ends now, if it is not over, and the rest of its time is free."""
    planned = date.ends_at
    end_at(date, Verb.MISS, min(planned, ended(date.span, now())))
    date.came_at = None
    if date.ends_at < planned:
        date.planned_ends_at = planned
    tell(BookingMissed, date, actor, planned_ends_at=planned)
    if date.ends_at < planned:
        offer_freed(equipment_of([date]))


def can_be_missed(date: Occurrence) -> bool:
    """Whether it can be said that nobody came: it has begun, and nobody is there or has checked out."""
    return after(Verb.MISS, date.state) is not None and date.starts_at <= now() and date.left_at is None


def can_be_attended(date: Occurrence) -> bool:
    """Whether it can be said afterwards that they came: it is over, and nothing says so yet."""
    return after(Verb.ATTEND, date.state) is not None and date.ends_at <= now() and date.came_at is None


def is_open(date: Occurrence) -> bool:
    """Whether nobody has said yet, of a date that is over, if somebody came."""
    return can_be_attended(date) and date.state is not OccurrenceState.NO_SHOW


def rules_by_equipment(dates: Collection[Occurrence]) -> Mapping[int, Rules]:
    """What the labs of the dates ask, for `is_due`."""
    return rules_of({item.equipment for date in dates for item in date.items})


def is_due(date: Occurrence, rules: Mapping[int, Rules]) -> bool:
    """Whether all labs of the date take it back by now, when nobody has checked in."""
    waits = [rules[item.equipment_id].no_show_after_minutes for item in date.items]
    return all(waits) and _since(date.starts_at, max(waits)) <= now()


def _since(begin: datetime, minutes: int) -> datetime:
    return begin + timedelta(minutes=minutes)


def _require(is_possible: bool, verb: Verb, date: Occurrence) -> None:
    if not is_possible:
        raise WrongState(verb=verb.value, state=date.state.value)
