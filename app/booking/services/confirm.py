"""A request made while registering begins to count."""

from collections.abc import Sequence

from app.accounts.models import User
from app.booking.events import BookingConfirmed
from app.booking.models import Occurrence
from app.booking.queries.bookings import list_unconfirmed
from app.booking.queries.things import things_for
from app.booking.services.request import answer_by
from app.booking.services.transitions import sources_of, tell
from app.core.db import unit_of_work
from app.extensions import db


@unit_of_work
def confirm_requests(*, user_id: int, organisation_id: int) -> Sequence[Occurrence]:
    """What the person asked for as this organisation is the lab's to answer, from now on.

    What was asked in the name of another organisation stays unconfirmed and expires: somebody else may
    have typed the address.
    """
    dates = list_unconfirmed(user_id, organisation_id)
    person = db.session.get_one(User, user_id)
    for date in dates:
        date.expires_at = None
        equipment = [item.equipment for item in date.items]
        things = things_for(equipment, date.span, without=sources_of([date]))
        date.answer_by = answer_by({one.id: one for one in equipment}, things, date.span)
        tell(BookingConfirmed, date, person)
    return dates
