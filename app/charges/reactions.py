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
    DecisionTakenBack,
    OccurrenceEvent,
    ProposalExpired,
)
from app.booking.models import Booking, OccurrenceState
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
    DecisionTakenBack,
)
"""What puts a date on a time or on equipment that nobody has priced yet."""
OFF = (BookingCancelled, BookingDeclined, BookingLost, BookingExpired, ProposalExpired)
KINDS: tuple[type[OccurrenceEvent], ...] = (*TIMED, BookingApproved, *OFF)


def quote_what_changed(events: Sequence[OccurrenceEvent]) -> None:
    """Each booking has a quote of the dates it has now."""
    events = [event for event in events if _matters(event)]
    if not events:
        return
    ids = {event.booking_id for event in events}
    if not charging_labs({lab_id for event in events for lab_id in event.lab_ids}):
        ids &= quoted_of(ids)  # what was quoted before it was switched off does not outlive a change
    for booking_id in sorted(ids):
        booking = db.session.get_one(Booking, booking_id)
        its = [event for event in events if event.booking_id == booking_id]
        keep_quote(booking, {event.subject_id for event in its if not isinstance(event, OFF)})


def _matters(event: OccurrenceEvent) -> bool:
    """A yes changes nothing of the price, unless it was asked for and approved in one; nor does its end."""
    if isinstance(event, DecisionTakenBack):
        return event.from_state == OccurrenceState.DECLINED
    return not isinstance(event, BookingApproved) or event.sequence == 0
