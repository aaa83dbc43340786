"""Is what is known of visitors forgotten in time?"""

from collections.abc import Iterator
from datetime import timedelta

from flask import current_app
from sqlalchemy import func, select

from app.booking.models import BookingPerson, Occurrence
from app.core.clock import now
from app.extensions import db

GRACE = timedelta(days=2)
"""The work is done twice a day; a server that was off makes it up."""


def visitors_are_forgotten() -> Iterator[str]:
    """Nobody is named in a booking that was over longer ago than the setting says."""
    before = now() - timedelta(days=current_app.config["VISITORS_KEPT_DAYS"]) - GRACE
    over = (
        select(BookingPerson.booking_id, func.count(BookingPerson.id.distinct()))
        .join(Occurrence, Occurrence.booking_id == BookingPerson.booking_id)
        .group_by(BookingPerson.booking_id)
        .having(func.max(Occurrence.ends_at) <= before)
    )
    for booking_id, many in db.session.execute(over):
        yield f"booking {booking_id}: {many} visitors are still named, long after it was over"
