"""A request made while registering begins to count, or one made with the address of an account."""

from collections.abc import Sequence
from dataclasses import replace

from app.accounts.errors import LinkUnusable
from app.accounts.models import User
from app.accounts.services.take_over import take_over
from app.booking.events import BookingConfirmed, BookingExpired
from app.booking.models import Booking, Occurrence
from app.booking.queries.bookings import list_unconfirmed
from app.booking.queries.things import things_for
from app.booking.rules.facts import Want
from app.booking.rules.states import Verb
from app.booking.services.request import Request, answer_by, request_booking
from app.booking.services.transitions import enter, sources_of, tell
from app.core.db import unit_of_work
from app.extensions import db


@unit_of_work
def confirm_requests(*, user_id: int, organisation_id: int) -> Sequence[Occurrence]:
    """What the person asked for as this organisation is the lab's to answer, from now on.

    What was asked in the name of another organisation stays unconfirmed and expires: somebody else may
    have typed the address.
    """
    dates = list_unconfirmed(user_id, organisation_id, for_update=True)
    person = db.session.get_one(User, user_id)
    for date in dates:
        date.expires_at = None
        equipment = [item.equipment for item in date.items]
        things = things_for(equipment, date.span, without=sources_of([date]))
        date.answer_by = answer_by({one.id: one for one in equipment}, things, date.span)
        tell(BookingConfirmed, date, person)
    return dates


@unit_of_work
def take_over_request(*, actor: User, token: str, organisation_id: int | None) -> Booking:
    """Ask again, as the actor, for what was asked with their address while they were not signed in.

    The unconfirmed request ends and its time goes to the new one, which every rule judges by whom it is for
    now: the organisation named, or None, the company typed with the request, theirs from now on. Raises as
    request_booking does (then the old one keeps its time and the link works on), and LinkUnusable.
    """
    taken = take_over(actor=actor, token=token, with_company=organisation_id is None)
    dates = list_unconfirmed(taken.user.id, taken.organisation.id, for_update=True)
    if not dates:
        raise LinkUnusable
    (date,) = dates
    enter(date, Verb.EXPIRE)
    tell(BookingExpired, date, None)
    request = replace(_as_asked(date), organisation_id=organisation_id or taken.organisation.id)
    return request_booking(actor=actor, request=request)


def _as_asked(date: Occurrence) -> Request:
    booking = date.booking
    return Request(
        wants=[Want(item.equipment_id, item.quantity) for item in date.asked],
        span=date.span,
        mode=booking.mode,
        purpose=booking.purpose,
        people=[(one.name, one.email) for one in booking.people],
        samples=booking.samples,
        note=booking.note,
    )
