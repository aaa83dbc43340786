"""Keeping what is needed to take an answer back: as it is given, in its transaction."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import delete

from app.accounts.models import User
from app.booking.events import BookingLost, OccurrenceEvent
from app.booking.models import DecidedDate, Decision, Obstacle, Occurrence
from app.booking.queries.decisions import FOR
from app.core.clock import now
from app.extensions import db
from app.notifications.services.write import held_back

KEPT = timedelta(days=1)


@contextmanager
def kept_decision(actor: User, dates: Collection[Occurrence]) -> Iterator[Decision]:
    """What happens to the dates inside is one answer of the actor; the letters that tell of it wait.

    Whoever answers says what stands in the way of taking it back.
    """
    db.session.execute(delete(Decision).where(Decision.by_id == actor.id, Decision.at < now() - KEPT))
    before = {date.id: (date.reason, _agreed(date), _cleared(date)) for date in dates}
    decision = Decision(by_id=actor.id, at=now(), bundle=f"answer:{uuid4().hex}")
    db.session.add(decision)
    db.session.flush()
    with held_back(decision.bundle, FOR):
        yield decision
    db.session.add_all(
        DecidedDate(
            decision_id=decision.id,
            occurrence_id=date.id,
            state=date.state,
            sequence=date.sequence,
            reason_before=before[date.id][0],
            agreed=sorted(_agreed(date) - before[date.id][1]),
            cleared=sorted(_cleared(date) - before[date.id][2]),
        )
        for date in dates
    )


def obstacle_of(events: Sequence[OccurrenceEvent], *, has_proposed: bool, offered: int) -> Obstacle | None:
    """What the answer did that cannot be taken back; None: nothing."""
    if has_proposed:
        return Obstacle.PROPOSED
    if any(isinstance(event, BookingLost) for event in events):
        return Obstacle.RIVALS
    return Obstacle.WAITLIST if offered else None


def _agreed(date: Occurrence) -> set[int]:
    return {item.id for item in date.items if item.agreed_at is not None}


def _cleared(date: Occurrence) -> set[int]:
    return {item.id for item in date.items if item.cleared_at is not None}
