"""Is what is held for who waits held once, for as long as it says, and by nobody else?"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from app.booking.models import Booking, WaitlistEntry, WaitlistOffer
from app.core.event_log import EventRecord
from app.extensions import db
from app.occupancy.models import Claim, ClaimKind


def held_times_are_claimed() -> Iterator[str]:
    """A time that waits for an answer has its claim; what was answered, and what is nobody's, has none."""
    held: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    for source_id, *claim in db.session.execute(
        select(Claim.source_id, Claim.equipment_id, Claim.quantity, Claim.starts_at, Claim.ends_at).where(
            Claim.kind == ClaimKind.HOLD
        )
    ):
        held[source_id].add(tuple(claim))
    rows = db.session.execute(
        select(WaitlistOffer, WaitlistEntry.quantity)
        .join(WaitlistEntry, WaitlistEntry.id == WaitlistOffer.entry_id)
        .where(WaitlistOffer.outcome == "open")
    )
    for offer, quantity in rows:
        wanted = {(offer.equipment_id, quantity, offer.claimed_from, offer.claimed_to)}
        wanted |= {(one.equipment_id, one.quantity, one.claimed_from, one.claimed_to) for one in offer.along}
        if held.pop(offer.id, None) != wanted:
            yield f"held time {offer.id}: it waits for an answer, and its claim is another or missing"
    for source_id in sorted(held):
        yield f"held time {source_id}: it is claimed, and waits for nobody's answer"


def entries_tell_one_story() -> Iterator[str]:
    """Who is offered a time has exactly one; who was served has a booking of their own organisation."""
    for entry in db.session.scalars(select(WaitlistEntry)):
        waits_for_answer = sum(offer.outcome == "open" for offer in entry.offers)
        taken = sum(offer.outcome == "accepted" for offer in entry.offers)
        if waits_for_answer != (entry.state == "offered"):
            yield f"wait {entry.id}: {entry.state}, and {waits_for_answer} times are held for it"
        if taken != (entry.state == "served"):
            yield f"wait {entry.id}: {entry.state}, and {taken} times were taken"
    foreign = (
        select(WaitlistEntry.id)
        .join(Booking, Booking.id == WaitlistEntry.booking_id)
        .where(Booking.organisation_id != WaitlistEntry.organisation_id)
    )
    for id_ in db.session.scalars(foreign):
        yield f"wait {id_}: it was served by a booking of another organisation"


def events_tell_the_state() -> Iterator[str]:
    """The state that the last event of an entry led to is the one that is stored."""
    last = (
        select(func.max(EventRecord.id))
        .where(EventRecord.subject_kind == "waitlist", EventRecord.subject_id == WaitlistEntry.id)
        .correlate(WaitlistEntry)
        .scalar_subquery()
    )
    for id_, state, data in db.session.execute(
        select(WaitlistEntry.id, WaitlistEntry.state, EventRecord.data).outerjoin(
            EventRecord, EventRecord.id == last
        )
    ):
        if data is None or data.get("state") != state:
            yield f"wait {id_}: {state}, but its last event says {data and data.get('state')}"
