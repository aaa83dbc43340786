"""Who is expected at the gate of a site."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.booking.models import Booking, BookingPerson, Occurrence, OccurrenceItem
from app.booking.queries.presence import EXPECTED, SHOWN
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment, Lab
from app.occupancy.models import LONGEST_CLAIM

BATCH = 500


def list_expected_at(site_id: int, day: Span) -> Sequence[Occurrence]:
    """The dates at the site that overlap the day and to which people come, by time."""
    here = (
        select(OccurrenceItem.id)
        .join(Equipment)
        .join(Lab)
        .where(OccurrenceItem.occurrence_id == Occurrence.id, Lab.site_id == site_id)
    )
    return (
        db.session.scalars(
            select(Occurrence)
            .where(
                Occurrence.state.in_(EXPECTED),
                Occurrence.starts_at < day.end,
                Occurrence.starts_at > day.start - LONGEST_CLAIM,
                Occurrence.ends_at > day.start,
                here.exists(),
            )
            .options(*SHOWN)
            .order_by(Occurrence.starts_at, Occurrence.id)
        )
        .unique()
        .all()
    )


def list_long_gone(before: datetime) -> Sequence[int]:
    """Ids of people named in bookings whose last date was over by then; the oldest first."""
    last = (
        select(func.max(Occurrence.ends_at))
        .where(Occurrence.booking_id == BookingPerson.booking_id)
        .correlate(BookingPerson)
        .scalar_subquery()
    )
    return db.session.scalars(
        select(BookingPerson.id).where(last <= before).order_by(BookingPerson.id).limit(BATCH)
    ).all()


def forget_people(ids: Sequence[int]) -> int:
    """Delete what is known of them."""
    return db.session.execute(delete(BookingPerson).where(BookingPerson.id.in_(ids))).rowcount  # type: ignore[attr-defined,no-any-return]


def latest_end(booking: Booking) -> datetime:
    """When the last of its dates is over."""
    return max((date.ends_at for date in booking.occurrences), default=booking.created_at + timedelta(0))
