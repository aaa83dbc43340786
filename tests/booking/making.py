"""Short ways to ask for things in tests. Hours count from TOMORROW, 08:30 in Tehran."""

from typing import Any

from app.accounts.models import User
from app.booking.models import Booking
from app.booking.rules.facts import Want
from app.booking.rules.recurrence import Recurrence
from app.booking.services.request import Request, request_booking
from app.inventory.models import Equipment, Mode
from tests.occupancy.making import span


def a_request(
    *things: Equipment | tuple[Equipment, int], start: float = 0, length: float = 2, **more: Any
) -> Request:
    """A request that every rule of the cast's labs is content with, unless told otherwise."""
    wants = [Want(t.id, 1) if isinstance(t, Equipment) else Want(t[0].id, t[1]) for t in things]
    settled = {"mode": Mode.SELF, "purpose": "Measure the samples of batch 12"} | more
    return Request(wants=wants, span=span(start, length), **settled)


def ask(actor: User, *things: Equipment | tuple[Equipment, int], **more: Any) -> Booking:
    return request_booking(actor=actor, request=a_request(*things, **more))


def weekly(count: int, **more: Any) -> Recurrence:
    """The same every week, so many times."""
    return Recurrence(f"FREQ=WEEKLY;COUNT={count}", **more)
