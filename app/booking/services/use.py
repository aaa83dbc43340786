"""Coming to a date, leaving it, and staying longer."""

from collections.abc import Collection

from app.accounts.models import User
from app.booking.events import BookingCheckedIn, BookingCheckedOut
from app.booking.models import Booking, Occurrence
from app.booking.permissions import is_staff_of_all, labs_of, may_use
from app.booking.queries.bookings import get_booking
from app.booking.rules.presence import ended, may_come
from app.booking.rules.states import OccurrenceState, Verb, after
from app.booking.services.meant import dates_meant
from app.booking.services.transitions import (
    end_at,
    equipment_of,
    happened,
    sources_of,
    tell_all,
)
from app.booking.services.waitlist.promote import offer_freed
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden
from app.core.text import clean
from app.occupancy.services import claims, units


@unit_of_work
def check_in(*, actor: User, reference: str, occurrence_ids: Collection[int] = (), note: str = "") -> Booking:
    """They came: the dates are in use, with the units they have. Without ids, those of this hour.

    What was given back because nobody came, the lab may undo on the same day, as long as the time is free.
    Raises NotFound, Forbidden, WrongState (also when it is too early or over), SlotTaken.
    """
    booking = _get_used_by(actor, reference)
    dates = dates_meant(booking, occurrence_ids, Verb.CHECK_IN, lambda date: can_check_in(actor, date))
    claims.lock(equipment_of(dates))
    for date in dates:
        end_at(date, Verb.CHECK_IN, date.planned_ends_at or date.ends_at)
        date.came_at, date.planned_ends_at = now(), None
    units.fix(sources_of(dates))
    tell_all([happened(BookingCheckedIn, date, actor, note=clean(note)) for date in dates])
    return booking


@unit_of_work
def check_out(
    *, actor: User, reference: str, occurrence_ids: Collection[int] = (), note: str = ""
) -> Booking:
    """They left: the dates end now. What is left of the time is free at once; what is beyond it is added.

    Raises NotFound, Forbidden, WrongState, and SlotTaken when the time after it is somebody else's.
    """
    booking = _get_used_by(actor, reference)
    dates = dates_meant(booking, occurrence_ids, Verb.CHECK_OUT, can_check_out)
    planned = {date: date.ends_at for date in dates}
    claims.lock(equipment_of(dates))
    for date in dates:
        end_at(date, Verb.CHECK_OUT, ended(date.span, now()))
        date.left_at = now()
        date.planned_ends_at = planned[date] if date.ends_at < planned[date] else None
    tell_all(
        [
            happened(BookingCheckedOut, date, actor, planned_ends_at=planned[date], note=clean(note))
            for date in dates
        ]
    )
    offer_freed(equipment_of(dates))
    return booking


def can_check_in(actor: User, date: Occurrence) -> bool:
    """Whether this person may say now that they came to it. Whose booking it is, is asked apart."""
    if date.state is OccurrenceState.NO_SHOW:
        return _is_today(date) and is_staff_of_all(actor, labs_of(date.booking))
    return date.state is OccurrenceState.APPROVED and may_come(date.span, now())


def can_check_out(date: Occurrence) -> bool:
    return after(Verb.CHECK_OUT, date.state) is not None


def _is_today(date: Occurrence) -> bool:
    zone = date.items[0].equipment.lab.site.zone
    return date.starts_at.astimezone(zone).date() == now().astimezone(zone).date()


def _get_used_by(actor: User, reference: str) -> Booking:
    booking = get_booking(actor, reference, for_update=True)
    if not may_use(actor, booking):
        raise Forbidden
    return booking
