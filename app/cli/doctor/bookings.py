"""Do bookings, claims and events tell the same story?"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.booking.models import Booking, Occurrence, OccurrenceItem, Proposal, ProposalOutcome, ResultFile
from app.core.event_log import EventRecord
from app.extensions import db
from app.occupancy.models import Claim, ClaimKind, ClaimUnit

HOLD = {"requested", "proposed", "approved", "in_use"}
KEEP = {"completed", "no_show"}

Stretch = tuple[int, int, datetime, datetime]
"""Equipment, quantity, start, end."""


def dates_have_their_claims() -> Iterator[str]:
    """A date that holds, or took place, has its items' time with buffers; every other one has none."""
    claimed = _claimed()
    rows = db.session.execute(
        select(
            OccurrenceItem,
            Occurrence.state,
            Occurrence.holds,
            Occurrence.competes,
            Occurrence.starts_at,
            Occurrence.ends_at,
        )
        .join(Occurrence, Occurrence.id == OccurrenceItem.occurrence_id)
        .execution_options(yield_per=10_000)
    )
    for item, state, holds, competes, starts_at, ends_at in rows:
        if holds and state not in HOLD:
            yield f"date {item.occurrence_id}: {state}, and still marked as holding its time"
        if not holds and state in HOLD and not (competes and state == "requested"):
            yield f"date {item.occurrence_id}: {state}, and holds no time"
        wanted = {_wanted(item, starts_at, ends_at)} if holds or state in KEEP else set()
        found = _joined(claimed.pop(item.id, []))
        if found != wanted:
            yield f"date {item.occurrence_id}, item {item.id}: {state}, but its claims are {len(found)} other"


def claims_have_their_source() -> Iterator[str]:
    items = select(OccurrenceItem.id)
    for claim_id, source_id in db.session.execute(
        select(Claim.id, Claim.source_id).where(
            Claim.kind == ClaimKind.BOOKING, Claim.source_id.not_in(items)
        )
    ):
        yield f"claim {claim_id}: there is no booking item {source_id}"


def dates_were_asked_for() -> Iterator[str]:
    """What came along came along with something."""
    asked = select(OccurrenceItem.occurrence_id).where(OccurrenceItem.is_required.is_(False))
    for id_ in db.session.scalars(select(Occurrence.id).where(Occurrence.id.not_in(asked))):
        yield f"date {id_}: nothing was asked for, and something came along"


def events_tell_the_state() -> Iterator[str]:
    """Each date has an event, and the state that its last one led to is the one that is stored."""
    last = (
        select(func.max(EventRecord.id))
        .where(EventRecord.subject_kind == "occurrence", EventRecord.subject_id == Occurrence.id)
        .correlate(Occurrence)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Occurrence.id, Occurrence.state, EventRecord.data)
        .outerjoin(EventRecord, EventRecord.id == last)
        .execution_options(yield_per=10_000)
    )
    for id_, state, data in rows:
        if data is None:
            yield f"date {id_}: {state}, and no event says how it came to be"
        elif data.get("state") != state:
            yield f"date {id_}: {state}, but its last event says {data.get('state')}"


def what_counts_was_agreed_to() -> Iterator[str]:
    """A date that is approved has every yes it needs, the second of them by somebody else."""
    item, date = OccurrenceItem, Occurrence
    wrong = {
        "approved without the yes of a lab": item.agreed_at.is_(None) & (date.state == "approved"),
        "approved without the safety officer": item.needs_safety
        & item.cleared_at.is_(None)
        & (date.state == "approved"),
        "cleared by who agreed": item.cleared_by_id == item.agreed_by_id,
        "cleared before the lab agreed": item.cleared_at.is_not(None) & item.agreed_at.is_(None),
    }
    for what, condition in wrong.items():
        for id_ in db.session.scalars(select(date.id).join(date.items).where(condition)):
            yield f"date {id_}: {what}"


def use_fits_the_state() -> Iterator[str]:
    """Who left has come, what ended early ended before its plan, and units in use are fixed."""
    date = Occurrence
    wrong = {
        "in use, but nobody checked in": (date.state == "in_use") & date.came_at.is_(None),
        "nobody came, but somebody checked in": (date.state == "no_show") & date.came_at.is_not(None),
        "checked out, but never in": date.left_at.is_not(None) & date.came_at.is_(None),
        "checked out, but not completed": date.left_at.is_not(None) & (date.state != "completed"),
        "ended early, but not before its plan": date.planned_ends_at <= date.ends_at,
        "ended early, but it is not over": date.planned_ends_at.is_not(None) & date.state.not_in(KEEP),
    }
    for what, condition in wrong.items():
        for id_ in db.session.scalars(select(date.id).where(condition)):
            yield f"date {id_}: {what}"
    loose = (
        select(Claim.id, ClaimUnit.unit_id)
        .join(ClaimUnit, ClaimUnit.claim_id == Claim.id)
        .join(OccurrenceItem, OccurrenceItem.id == Claim.source_id)
        .join(date, date.id == OccurrenceItem.occurrence_id)
        .where(Claim.kind == ClaimKind.BOOKING, date.state == "in_use", ClaimUnit.is_fixed.is_(False))
    )
    for claim_id, unit_id in db.session.execute(loose):
        yield f"claim {claim_id}: unit {unit_id} is in use, and not fixed"


def samples_went_in_order() -> Iterator[str]:
    """What was sent back, or has results, had been received."""
    has_results = select(ResultFile.id).where(ResultFile.booking_id == Booking.id).exists()
    late = Booking.samples_received_at.is_(None) | (Booking.samples_returned_at < Booking.samples_received_at)
    for id_ in db.session.scalars(
        select(Booking.id).where(late, Booking.samples_returned_at.is_not(None) | has_results)
    ):
        yield f"booking {id_}: its samples were sent back or have results, but never came"


def proposals_fit_their_dates() -> Iterator[str]:
    """A date that is proposed has one open proposal, of its own time; every other one has none."""
    named: dict[int, list[datetime]] = defaultdict(list)
    open_ones = select(Proposal).where(Proposal.outcome == ProposalOutcome.OPEN)
    for proposal in db.session.scalars(open_ones):
        named[proposal.occurrence_id].append(proposal.starts_at)
    rows = db.session.execute(
        select(Occurrence.id, Occurrence.state, Occurrence.starts_at).where(
            (Occurrence.state == "proposed")
            | Occurrence.id.in_(open_ones.with_only_columns(Proposal.occurrence_id))
        )
    )
    for id_, state, starts_at in rows:
        if state != "proposed":
            yield f"date {id_}: {state}, but another time that was named still waits for an answer"
        elif named[id_] != [starts_at]:
            yield f"date {id_}: proposed, but the times that are named and open are {len(named[id_])} other"


def _claimed() -> dict[int, list[Stretch]]:
    found: dict[int, list[Stretch]] = defaultdict(list)
    rows = db.session.execute(
        select(Claim.source_id, Claim.equipment_id, Claim.quantity, Claim.starts_at, Claim.ends_at)
        .where(Claim.kind == ClaimKind.BOOKING)
        .order_by(Claim.source_id, Claim.starts_at)
        .execution_options(yield_per=10_000)
    )
    for source_id, equipment_id, quantity, starts_at, ends_at in rows:
        found[source_id].append((equipment_id, quantity, starts_at, ends_at))
    return found


def _joined(stretches: list[Stretch]) -> set[Stretch]:
    """Stretches that follow each other are one: long bookings are chopped."""
    joined: list[Stretch] = []
    for one in stretches:
        if joined and joined[-1][:2] == one[:2] and joined[-1][3] == one[2]:
            joined[-1] = (*joined[-1][:3], one[3])
        else:
            joined.append(one)
    return set(joined)


def _wanted(item: OccurrenceItem, starts_at: datetime, ends_at: datetime) -> Stretch:
    before, after = timedelta(minutes=item.setup_minutes), timedelta(minutes=item.cleanup_minutes)
    return item.equipment_id, item.quantity, starts_at - before, ends_at + after
