"""What a booking says of those who come and of what they send."""

from collections.abc import Mapping
from typing import Any

from app.booking.models import Booking
from app.booking.queries.standing import Comers


def comers_of(booking: Booking) -> Comers:
    """Who asked, and the people named with their addresses."""
    return Comers(booking.requester_id, tuple(one.email for one in booking.people if one.email))


def sample_count(samples: Mapping[str, Any] | None) -> int | None:
    """How many samples are sent in; None where nobody has said."""
    return samples.get("count") if samples else None
