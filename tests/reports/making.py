"""Bookings of last week, as their rows: nobody can ask for the past."""

from datetime import datetime, timedelta
from typing import Any

from app.accounts.models import User
from app.booking.models import Booking, Occurrence, OccurrenceItem
from app.booking.rules.states import TAKEN, OccurrenceState
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment, Mode
from app.occupancy.models import Claim, ClaimKind
from tests.cast import NOW

SATURDAY_NINE = NOW - timedelta(days=8, hours=1)
"""14 November 2026, 9:00 in Tehran: a working day of the last whole week."""
_made = iter(range(1, 10_000))


def took(
    who: User,
    thing: Equipment,
    starts_at: datetime = SATURDAY_NINE,
    hours: float = 2,
    *,
    state: OccurrenceState = OccurrenceState.COMPLETED,
    asked_before: float = 48,
    answered_after: float | None = None,
    by: User | None = None,
    quantity: int = 1,
    **more: Any,
) -> Occurrence:
    """A date of the past in a state of the past; asked so many hours before, answered so many after that."""
    requested_at = starts_at - timedelta(hours=asked_before)
    answer = (
        {}
        if answered_after is None or by is None
        else {"decided_at": requested_at + timedelta(hours=answered_after), "decided_by_id": by.id}
    )
    booking = Booking(
        reference=f"KG-R{next(_made)}",
        organisation_id=min(who.organisation_ids()),
        requester_id=who.id,
        purpose="Measure",
        mode=Mode.SELF,
        created_at=requested_at,
    )
    date = Occurrence(
        booking=booking,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        state=state,
        holds=state in TAKEN,
        requested_at=requested_at,
        changed_at=requested_at,
        **(answer | more),
    )
    item = OccurrenceItem(occurrence=date, equipment_id=thing.id, quantity=quantity)
    db.session.add_all([booking, date, item])
    db.session.flush()
    if state in TAKEN:
        claim(thing, date.span, ClaimKind.BOOKING, item.id, quantity=quantity)
    db.session.commit()
    return date


def claim(thing: Equipment, span: Span, kind: ClaimKind, source_id: int = 1, *, quantity: int = 1) -> None:
    db.session.add(
        Claim(
            equipment_id=thing.id,
            quantity=quantity,
            starts_at=span.start,
            ends_at=span.end,
            kind=kind,
            source_id=source_id,
        )
    )
    db.session.commit()
