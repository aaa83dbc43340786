"""Saying who comes, and forgetting it in time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.accounts.models import User
from app.booking.events import VisitorsNamed
from app.booking.models import Booking, BookingPerson
from app.booking.permissions import may_change
from app.booking.queries.bookings import get_booking
from app.booking.queries.visitors import forget_people, latest_end, list_long_gone
from app.booking.rules.visitors import Visitor, cleaned, problems_of
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.events import publish


@unit_of_work
def name_visitors(*, actor: User, reference: str, visitors: Sequence[Visitor]) -> Booking:
    """Let exactly these be expected, at all its dates.

    Raises NotFound, Forbidden, InvalidInput by the number of the person, and WrongState for what is over.
    """
    booking = get_booking(actor, reference, for_update=True)
    if not may_change(actor, booking):
        raise Forbidden
    if latest_end(booking) <= now():
        raise WrongState(state="over")
    people = [cleaned(one) for one in visitors]
    if problems := problems_of(people):
        raise InvalidInput(*problems)
    booking.people = [
        BookingPerson(name=one.name, email=one.email, identity=one.identity, plate=one.plate)
        for one in people
    ]
    publish(
        VisitorsNamed(
            actor_id=actor.id,
            subject_id=booking.id,
            organisation_id=booking.organisation_id,
            number=len(people),
        )
    )
    return booking


def forget_visitors(days: int) -> int:
    """Forget who came, so many days after the last date of their booking; how many people."""
    before, many = now() - timedelta(days=days), 0
    while gone := _forget_some(before):
        many += gone
    return many


@unit_of_work
def _forget_some(before: datetime) -> int:
    return forget_people(list_long_gone(before))
