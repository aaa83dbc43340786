"""Regular work on bookings; the registry says how often."""

from app.booking.services.due import complete_bookings, expire_requests
from app.booking.services.propose import expire_proposals
from app.booking.services.waitlist.due import end_unanswered, expire_waiting, serve_waitlist

__all__ = [
    "complete_bookings",
    "end_unanswered",
    "expire_proposals",
    "expire_requests",
    "expire_waiting",
    "serve_waitlist",
]
