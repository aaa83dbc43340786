"""What happens to quotes when something happens to bookings, in the same transaction."""

from collections.abc import Sequence

from app.booking.events import (
    BookingApproved,
    BookingCancelled,
    BookingCut,
    BookingDeclined,
    BookingExpired,
    BookingExtended,
    BookingLost,
    BookingMoved,
    BookingProposed,
    BookingReplaced,
    BookingRequested,
    OccurrenceEvent,
    ProposalExpired,
)
from app.booking.models import Booking
from app.charges.queries.quotes import quoted_of
from app.charges.queries.sites import charging_labs
from app.charges.services.quoting import keep_quote
from app.extensions import db

TIMED = (
    BookingRequested,
    BookingMoved,
    BookingProposed,
    BookingExtended,
    BookingCut,
    BookingReplaced,
)
"""What puts a date on a time or on equipment that nobody has priced yet."""
OFF = (BookingCancelled, BookingDeclined, BookingLost, BookingExpired, ProposalExpired)
KINDS: tuple[type[OccurrenceEvent], ...] = (*TIMED, BookingApproved, *OFF)


def quote_what_changed(events: Sequence[OccurrenceEvent]) -> None:
    """Each booking has a quote of the dates it has now."""
    events = [event for event in events if not isinstance(event, BookingApproved) or _is_new(event)]
    if not events:
        return
    ids = {event.booking_id for event in events}
    if not charging_labs({lab_id for event in events for lab_id in event.lab_ids}):
        ids &= quoted_of(ids)  # what was quoted before it was switched off does not outlive a change
    for booking_id in sorted(ids):
        booking = db.session.get_one(Booking, booking_id)
        its = [event for event in events if event.booking_id == booking_id]
        keep_quote(booking, {event.subject_id for event in its if not isinstance(event, OFF)})


def _is_new(event: OccurrenceEvent) -> bool:
    """Whether it was asked for and approved in one: a later yes changes nothing of the price."""
    return event.sequence == 0
