"""Requests that nobody has answered, and how long answers took."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from app.booking.models import Booking, Occurrence, OccurrenceItem, OccurrenceState
from app.booking.queries.bookings import WHOLE
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment

BATCH = 200
SOME_ANSWERS = 200


def list_to_nudge(at: datetime) -> Sequence[Occurrence]:
    """Requests that wait and of which nobody was reminded, or nobody else told; kept from others.

    Those of other runners are left to them.
    """
    ids = db.session.scalars(
        select(Occurrence.id)
        .where(
            Occurrence.state == OccurrenceState.REQUESTED,
            Occurrence.expires_at.is_(None),
            Occurrence.starts_at > at,
            or_(
                Occurrence.reminded_at.is_(None),
                (Occurrence.escalated_at.is_(None)) & (Occurrence.answer_by <= at),
            ),
        )
        .order_by(Occurrence.answer_by, Occurrence.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    return (
        db.session.scalars(
            select(Occurrence)
            .where(Occurrence.id.in_(ids))
            .options(joinedload(Occurrence.booking).options(*WHOLE))
            .order_by(Occurrence.answer_by, Occurrence.id)
            .execution_options(populate_existing=True)
        )
        .unique()
        .all()
    )


def answered_by_another() -> ColumnElement[bool]:
    """The condition that somebody else than who asked answered: what nobody had to decide is no answer."""
    return and_(Occurrence.decided_by_id.is_not(None), Occurrence.decided_by_id != Booking.requester_id)


def list_answers(lab_id: int, since: datetime) -> list[Span]:
    """When the lab was asked and when it had answered, for its last answers since then."""
    rows = db.session.execute(
        select(Occurrence.requested_at, OccurrenceItem.agreed_at, Occurrence.decided_at)
        .join(OccurrenceItem, OccurrenceItem.occurrence_id == Occurrence.id)
        .join(Equipment, Equipment.id == OccurrenceItem.equipment_id)
        .join(Booking, Booking.id == Occurrence.booking_id)
        .where(
            Equipment.lab_id == lab_id,
            answered_by_another(),
            Occurrence.requested_at >= since,
        )
        .order_by(Occurrence.requested_at.desc())
        .limit(SOME_ANSWERS)
    )
    ends = ((row.requested_at, row.agreed_at or row.decided_at) for row in rows)
    return [Span(asked, max(said, asked + timedelta(seconds=1))) for asked, said in ends if said is not None]
