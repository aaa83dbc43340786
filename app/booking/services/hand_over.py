"""Bookings and misses of a company that staff had entered go to the account that it is."""

from sqlalchemy import select, update

from app.booking.models import Booking, Occurrence, WaitlistEntry
from app.core.clock import now
from app.core.db import unit_of_work
from app.demand.services import hand_over_misses
from app.extensions import db


@unit_of_work
def hand_over_bookings(*, from_id: int, to_id: int) -> int:
    """All bookings of the one organisation are the other's from now on; returns how many.

    Their dates count as changed, so that calendars read the new name.
    """
    ids = db.session.scalars(select(Booking.id).where(Booking.organisation_id == from_id)).all()
    db.session.execute(update(Booking).where(Booking.id.in_(ids)).values(organisation_id=to_id))
    db.session.execute(
        update(Occurrence)
        .where(Occurrence.booking_id.in_(ids))
        .values(sequence=Occurrence.sequence + 1, changed_at=now())
    )
    db.session.execute(
        update(WaitlistEntry).where(WaitlistEntry.organisation_id == from_id).values(organisation_id=to_id)
    )
    hand_over_misses(from_id=from_id, to_id=to_id)
    return len(ids)
