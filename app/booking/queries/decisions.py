"""Answers that may still be taken back."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import select

from app.accounts.models import User
from app.booking.models import Booking, DecidedDate, Decision, Occurrence
from app.core.clock import now
from app.core.errors import NotFound
from app.extensions import db

FOR = timedelta(seconds=30)
"""So long an answer may be taken back, and its letters wait."""


def list_just_given(actor: User, references: Collection[str]) -> Sequence[Decision]:
    """The actor's last answer to each of these bookings, where it was given just now and still stands."""
    rows = db.session.execute(
        select(Decision, Booking.reference)
        .join(Decision.dates)
        .join(DecidedDate.occurrence)
        .join(Occurrence.booking)
        .where(
            Decision.by_id == actor.id,
            Decision.at >= now() - FOR,
            Decision.taken_back_at.is_(None),
            Booking.reference.in_([one.strip().upper() for one in references]),
        )
        .order_by(Decision.id)
    )
    return list({row.reference: row.Decision for row in rows}.values())


def reference_decided(actor: User, decision_id: int) -> str:
    """Of which booking the actor's answer is. NotFound when it is nobody's, or somebody else's."""
    reference = db.session.scalar(
        select(Booking.reference)
        .join(Booking.occurrences)
        .join(DecidedDate, DecidedDate.occurrence_id == Occurrence.id)
        .join(Decision, Decision.id == DecidedDate.decision_id)
        .where(Decision.id == decision_id, Decision.by_id == actor.id)
        .limit(1)
    )
    if reference is None:
        raise NotFound
    return reference


def get_decision(decision_id: int) -> Decision:
    """The answer as it is now, for who has the lock of its dates."""
    return db.session.get_one(Decision, decision_id, populate_existing=True)
