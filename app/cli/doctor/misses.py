"""Is what was missed, and served later, counted once and for the right people?"""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from app.booking.models import Booking, Occurrence, OccurrenceItem, ServedMiss
from app.demand.models import Miss, MissKind
from app.extensions import db

LOST = {"declined", "cancelled", "expired", "no_show", "displaced"}
"""Dates that give back what they had been joined to."""


def joins_within_both() -> Iterator[str]:
    """No miss is served beyond what was missed, and no item serves beyond what it takes."""
    missed: dict[int, int] = defaultdict(int)
    given: dict[int, int] = defaultdict(int)
    most_missed, most_given = {}, {}
    rows = db.session.execute(
        select(ServedMiss, Miss, OccurrenceItem, Occurrence)
        .join(Miss, Miss.id == ServedMiss.miss_id)
        .join(OccurrenceItem, OccurrenceItem.id == ServedMiss.occurrence_item_id)
        .join(Occurrence, Occurrence.id == OccurrenceItem.occurrence_id)
        .execution_options(yield_per=10_000)
    )
    for joined, miss, item, date in rows:
        most_missed[miss.id] = miss.minutes * miss.quantity
        most_given[item.id] = int((date.ends_at - date.starts_at).total_seconds()) // 60 * item.quantity
        given[item.id] += joined.minutes
        if date.state not in LOST:
            missed[miss.id] += joined.minutes
    for id_, minutes in missed.items():
        if minutes > most_missed[id_]:
            yield f"miss {id_}: {minutes} minutes served of {most_missed[id_]}"
    for id_, minutes in given.items():
        if minutes > most_given[id_]:
            yield f"item {id_}: serves {minutes} minutes of {most_given[id_]}"


def joins_of_one_organisation() -> Iterator[str]:
    """What one organisation missed is made up for by its own bookings; a rule not met, by none."""
    rows = db.session.execute(
        select(ServedMiss.id, Miss.organisation_id, Booking.organisation_id, Miss.kind)
        .join(Miss, Miss.id == ServedMiss.miss_id)
        .join(OccurrenceItem, OccurrenceItem.id == ServedMiss.occurrence_item_id)
        .join(Occurrence, Occurrence.id == OccurrenceItem.occurrence_id)
        .join(Booking, Booking.id == Occurrence.booking_id)
        .execution_options(yield_per=10_000)
    )
    for id_, who_missed, who_booked, kind in rows:
        if who_missed != who_booked:
            yield f"served miss {id_}: missed by organisation {who_missed}, booked by {who_booked}"
        if kind is MissKind.POLICY:
            yield f"served miss {id_}: a rule that was not met is no lack that a booking could serve"
