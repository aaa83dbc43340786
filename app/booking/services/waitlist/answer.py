"""The answer of who waited: take the time that is held, or let it go."""

from collections.abc import Sequence
from typing import Any

from app.accounts.models import User
from app.booking.events import WaitlistPassed, WaitlistServed
from app.booking.models import Booking, Outcome, WaitlistEntry, WaitlistOffer
from app.booking.rules.facts import Want
from app.booking.rules.waiting import WaitVerb
from app.booking.services.request import Request, request_booking
from app.booking.services.waitlist.join import locked_for
from app.booking.services.waitlist.promote import offer_freed
from app.booking.services.waitlist.states import enter, let_go, tell
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import WrongState


@unit_of_work
def accept_held(
    *,
    actor: User,
    entry_id: int,
    purpose: str = "",
    people: Sequence[tuple[str, str | None]] = (),
    samples: dict[str, Any] | None = None,
    note: str = "",
) -> Booking:
    """Ask for the time that is held: it goes over to the booking, which every rule judges.

    Notice counts from when it was offered: who waited shall not lose it by thinking. Raises NotFound,
    Forbidden, WrongState, and what request_booking raises; then the time is still held.
    """
    entry = locked_for(actor, entry_id)
    offer = _held(entry, WaitVerb.ACCEPT)
    let_go(offer, Outcome.ACCEPTED)
    request = Request(
        wants=[Want(offer.equipment_id, entry.quantity)],
        span=offer.span,
        mode=entry.mode,
        purpose=purpose or entry.purpose,
        organisation_id=entry.organisation_id,
        people=people,
        samples=samples,
        note=note,
    )
    booking = request_booking(actor=actor, request=request, asked_at=offer.offered_at)
    entry.booking = booking
    enter(entry, WaitVerb.ACCEPT)
    tell(WaitlistServed, entry, actor, reference=booking.reference)
    return booking


@unit_of_work
def pass_held(*, actor: User, entry_id: int) -> WaitlistEntry:
    """Not this time: the next one has it, and the entry keeps its place for another.

    Raises NotFound, Forbidden and WrongState.
    """
    entry = locked_for(actor, entry_id)
    offer = _held(entry, WaitVerb.LET_GO)
    let_go(offer, Outcome.PASSED)
    enter(entry, WaitVerb.LET_GO)
    tell(WaitlistPassed, entry, actor, is_answered=True)
    offer_freed(offer.equipment_ids)
    return entry


def _held(entry: WaitlistEntry, verb: WaitVerb) -> WaitlistOffer:
    """The time that is held for the entry, as long as it is."""
    offer = entry.open_offer
    if offer is None or offer.expires_at <= now():
        raise WrongState(verb=verb.value, state=entry.state.value)
    return offer
