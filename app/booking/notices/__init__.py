"""Who is told what when bookings change: a line in their news and a mail, in their language.

Written in the transaction of the change itself. What happens to several dates of a booking in one go is
one letter a person, however many dates.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.booking.events import (
    BookingApproved,
    BookingCancelled,
    BookingConfirmed,
    BookingCut,
    BookingDeclined,
    BookingDisplaced,
    BookingExpired,
    BookingLost,
    BookingMissed,
    BookingMoved,
    BookingPartlyApproved,
    BookingPassedOn,
    BookingProposed,
    BookingReplaced,
    BookingRequested,
    CommentAdded,
    OccurrenceEvent,
    ProposalAccepted,
    ProposalExpired,
    ResultAdded,
    SamplesReceived,
    SamplesReturned,
)
from app.booking.notices import comments, dates, outages, series

OF_ONE: Mapping[type[OccurrenceEvent], Callable[[Any], None]] = {
    BookingRequested: dates.tell_requested,
    BookingConfirmed: dates.tell_requested,
    BookingApproved: dates.tell_approved,
    BookingDeclined: dates.tell_declined,
    BookingLost: dates.tell_lost,
    BookingPartlyApproved: dates.tell_partly,
    BookingCancelled: dates.tell_cancelled,
    BookingMoved: dates.tell_moved,
    BookingExpired: dates.tell_expired,
    BookingMissed: dates.tell_missed,
    BookingPassedOn: dates.tell_passed_on,
    SamplesReceived: dates.tell_samples,
    SamplesReturned: dates.tell_samples,
    ResultAdded: dates.tell_samples,
    BookingProposed: dates.tell_proposed,
    ProposalAccepted: dates.tell_proposal_ended,
    ProposalExpired: dates.tell_proposal_ended,
    CommentAdded: comments.tell_comment,
}
KINDS = frozenset((*OF_ONE, BookingCut, BookingDisplaced, BookingReplaced))
"""What somebody is told of."""


def tell(events: Sequence[OccurrenceEvent]) -> None:
    """Tell of what happened together, booking by booking; what an outage does, person by person."""
    if any(isinstance(event, outages.GIVING_WAY) for event in events):
        outages.tell(events)
        return
    by_booking: dict[int, list[OccurrenceEvent]] = defaultdict(list)
    for event in events:
        by_booking[event.booking_id].append(event)
    for its in by_booking.values():
        if len(its) == 1:
            OF_ONE[type(its[0])](its[0])
        else:
            series.tell(its)
