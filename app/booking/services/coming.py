"""What a booking says of what is wanted, of those who come and of what they send."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from app.booking.models import Booking, Occurrence, OccurrenceItem
from app.booking.queries.standing import Comers
from app.booking.rules.facts import Want, Wish
from app.core.spans import Span


def comers_of(booking: Booking) -> Comers:
    """Who asked, and the people named with their addresses."""
    return Comers(booking.requester_id, tuple(one.email for one in booking.people if one.email))


def sample_count(samples: Mapping[str, Any] | None) -> int | None:
    """How many samples are sent in; None where nobody has said."""
    return samples.get("count") if samples else None


def has_hazards(samples: Mapping[str, Any] | None) -> bool:
    """Whether something is said of dangers of the samples."""
    return bool(samples and samples.get("hazards"))


def wants_of(items: Iterable[OccurrenceItem]) -> list[Want]:
    return [Want(item.equipment_id, item.quantity, item.is_required) for item in items]


def wish_of(date: Occurrence, *, span: Span | None = None, asked_at: datetime | None = None) -> Wish:
    """The date as a wish to be judged again: on another span, or as if it were asked at another time."""
    return Wish(
        wants_of(date.items),
        span or date.span,
        date.booking.mode.value,
        asked_at=asked_at or date.requested_at,
        samples=sample_count(date.booking.samples),
        has_hazards=has_hazards(date.booking.samples),
    )
