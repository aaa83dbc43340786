"""A colleague takes a booking over."""

from collections.abc import Sequence

from app.accounts.models import User
from app.booking.errors import OutsidePolicy
from app.booking.events import BookingPassedOn
from app.booking.models import Booking, Occurrence
from app.booking.permissions import may_pass_on
from app.booking.queries.bookings import get_booking
from app.booking.queries.people import list_members
from app.booking.rules.states import HOLDING
from app.booking.services.decide import evaluate_all_again
from app.booking.services.transitions import tell
from app.booking.verdicts import Code, Verdict
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.extensions import db


@unit_of_work
def pass_on(*, actor: User, reference: str, user_id: int) -> Booking:
    """The colleague asked for it from now on, and hears what becomes of it; both are told.

    What the labs ask of people is asked of the new one. Raises NotFound, Forbidden, WrongState (nothing of
    it is to come), InvalidInput (no active colleague, or the same), OutsidePolicy.
    """
    booking = get_booking(actor, reference, for_update=True)
    if not may_pass_on(actor, booking):
        raise Forbidden
    dates = ahead(booking)
    if not dates:
        raise WrongState(verb="pass_on", state=booking.occurrences[-1].state.value)
    colleague = next((one for one in list_colleagues(booking) if one.id == user_id), None)
    if colleague is None:
        raise InvalidInput(("user", "no_colleague"))
    before, was_id = _blocks(dates), booking.requester_id
    booking.requester = colleague
    db.session.flush()
    new = [verdict for key, verdict in _blocks(dates).items() if key not in before]
    if new:
        raise OutsidePolicy(tuple(new))
    tell(BookingPassedOn, dates[0], actor, from_id=was_id, to_id=colleague.id)
    return booking


def ahead(booking: Booking) -> list[Occurrence]:
    """Its dates that are to come, or under way."""
    return [date for date in booking.occurrences if date.state in HOLDING and date.ends_at > now()]


def list_colleagues(booking: Booking) -> Sequence[User]:
    """Who could take it over."""
    return [one for one in list_members(booking.organisation_id) if one.id != booking.requester_id]


def _blocks(dates: Sequence[Occurrence]) -> dict[tuple[Code, int | None], Verdict]:
    found = evaluate_all_again(dates)
    return {(verdict.code, verdict.equipment_id): verdict for one in found for verdict in one.blocks}
