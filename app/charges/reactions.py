"""What happens to quotes when something happens to bookings, in the same transaction."""

from collections.abc import Sequence

from app.booking.events import (
    BookingApproved,
    BookingCancelled,
    BookingDeclined,
    BookingExpired,
    BookingExtended,
    BookingMoved,
    BookingProposed,
    BookingRequested,
    OccurrenceEvent,
    ProposalExpired,
)
from app.booking.models import Booking
from app.charges.queries.sites import charging_labs
from app.charges.services.quoting import keep_quote
from app.extensions import db

TIMED = (BookingRequested, BookingMoved, BookingProposed, BookingExtended)
"""What puts a date on a time that nobody has priced yet."""
OFF = (BookingCancelled, BookingDeclined, BookingExpired, ProposalExpired)
KINDS: tuple[type[OccurrenceEvent], ...] = (*TIMED, BookingApproved, *OFF)


def quote_what_changed(events: Sequence[OccurrenceEvent]) -> None:
    """Each booking has a quote of the dates it has now."""
    events = [event for event in events if not isinstance(event, BookingApproved) or _is_new(event)]
    if not events or not charging_labs({lab_id for event in events for lab_id in event.lab_ids}):
        return
    for booking_id in sorted({event.booking_id for event in events}):
        booking = db.session.get_one(Booking, booking_id)
        its = [event for event in events if event.booking_id == booking_id]
        keep_quote(booking, {event.subject_id for event in its if not isinstance(event, OFF)})


def _is_new(event: OccurrenceEvent) -> bool:
    """Whether it was asked for and approved in one: a later yes changes nothing of the price."""
    return event.sequence == 0
