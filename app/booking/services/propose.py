"""Another time, named by the lab: it is held at once, and what was asked for is given back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.accounts.models import User
from app.booking.events import BookingProposed, OccurrenceEvent, ProposalAccepted, ProposalExpired
from app.booking.models import Booking, Occurrence, OccurrenceItem, OccurrenceState, Proposal, ProposalOutcome
from app.booking.permissions import may_accept
from app.booking.queries.bookings import find_for_update, get_booking
from app.booking.queries.proposals import list_unanswered, open_proposals, proposal_is_over
from app.booking.queries.things import list_equipment_with_place
from app.booking.rules.states import Verb
from app.booking.services.evaluate import Evaluation
from app.booking.services.meant import dates_meant
from app.booking.services.move import check_move
from app.booking.services.overrides import keep_overrides, overruled
from app.booking.services.request import answer_by, compete_all
from app.booking.services.rivals import turn_down_rivals
from app.booking.services.serving import join_again
from app.booking.services.transitions import (
    enter,
    enter_all,
    equipment_of,
    give_units,
    happened,
    state_after,
    tell,
    tell_all,
)
from app.booking.services.waitlist.promote import offer_freed
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.spans import Span
from app.core.text import clean
from app.extensions import db
from app.occupancy.services import claims

BATCH = 200


@dataclass(frozen=True)
class Propose:
    """Not then, but at this time."""

    span: Span
    message: str = ""
    override: str | None = None
    """Why a rule that does not hold is set aside; None: it holds."""


def propose(actor: User, date: Occurrence, said: Propose, items: Sequence[OccurrenceItem]) -> OccurrenceEvent:
    """Put the date on the time that was named; the labs of these items have agreed to it thereby.

    Every rule is asked about the new time. Raises WrongState, InvalidInput where it is the time that was
    asked for, OutsidePolicy, SlotTaken. For who has checked the right, and offers what is freed.
    """
    state_after(Verb.PROPOSE, date)
    if said.span == date.span:
        raise InvalidInput(("starts_at", "same_time"))
    found, aside = overruled(check_move(date=date, span=said.span), actor, said.override)
    found.raise_if_refused()
    keep_overrides(date, aside, actor, said.override)
    was = date.span
    for item in date.items:
        rules = found.things[item.equipment_id].rules
        item.setup_minutes, item.cleanup_minutes = rules.setup_minutes, rules.cleanup_minutes
        item.agreed_at, item.agreed_by_id = (now(), actor.id) if item in items else (None, None)
        item.cleared_at = item.cleared_by_id = None
        item.needs_safety = rules.needs_safety(has_hazards=found.wish.has_hazards)
    date.competes = compete_all(found.things)
    date.answer_by, date.reason = None, clean(said.message)
    proposal = Proposal(
        occurrence_id=date.id,
        starts_at=said.span.start,
        ends_at=said.span.end,
        from_starts_at=was.start,
        from_ends_at=was.end,
        message=clean(said.message),
        proposed_by_id=actor.id,
        proposed_at=now(),
        expires_at=_answer_by(date, found, said.span),
    )
    db.session.add(proposal)
    enter(date, Verb.PROPOSE, span=said.span)
    join_again(date)
    return happened(
        BookingProposed,
        date,
        actor,
        from_starts_at=was.start,
        from_ends_at=was.end,
        expires_at=proposal.expires_at,
        message=proposal.message,
    )


@unit_of_work
def accept_proposal(*, actor: User, reference: str, occurrence_ids: Collection[int] = ()) -> Booking:
    """Take the times that the lab named; without ids, all that are open.

    A date is approved when every lab of it has agreed, and waits for the others otherwise. Raises NotFound,
    Forbidden, WrongState (also for what has run out), SlotTaken when no single unit is free throughout.
    """
    booking = get_booking(actor, reference, for_update=True)
    if not may_accept(actor, booking):
        raise Forbidden
    dates = dates_meant(booking, occurrence_ids, Verb.ACCEPT, _is_proposed)
    open_ones = open_proposals(dates)
    if any(open_ones[date.id].expires_at <= now() for date in dates):
        raise WrongState(verb=Verb.ACCEPT.value, state=OccurrenceState.EXPIRED.value)
    claims.lock(equipment_of(dates))
    for date in dates:
        _end(open_ones[date.id], ProposalOutcome.ACCEPTED)
    partly = [date for date in dates if not all(item.is_settled for item in date.items)]
    wholly = [date for date in dates if date not in partly]
    for date in partly:
        date.answer_by = _answer_by(date, check_move(date=date, span=date.span), date.span)
    for date in wholly:
        date.decided_at = now()
        date.decided_by_id = next(item.agreed_by_id for item in date.items)
    enter_all(partly, Verb.ACCEPT_IN_PART)
    enter_all(wholly, Verb.ACCEPT)
    if wholly:
        give_units(*wholly)
    tell_all([happened(ProposalAccepted, date, actor) for date in dates])
    tell_all(turn_down_rivals(actor, dates))
    return booking


def end_proposals(dates: Sequence[Occurrence], outcome: ProposalOutcome) -> None:
    """What was named for dates that are called off waits for no answer any more."""
    for proposal in open_proposals(dates).values():
        _end(proposal, outcome)


def expire_proposals() -> int:
    """End what the company did not answer in time; the slots are free again."""
    return sum(_expire(id_) for id_ in list_unanswered(now(), limit=BATCH))


@unit_of_work
def _expire(occurrence_id: int) -> bool:
    date = find_for_update(occurrence_id, {OccurrenceState.PROPOSED}, proposal_is_over(now()))
    if date is None:
        return False
    end_proposals([date], ProposalOutcome.EXPIRED)
    enter(date, Verb.EXPIRE)
    tell(ProposalExpired, date, None)
    offer_freed(equipment_of([date]))
    return True


def _answer_by(date: Occurrence, found: Evaluation, span: Span) -> datetime:
    """As long as the slowest lab may take for an answer, in working hours; before it begins."""
    equipment = list_equipment_with_place([item.equipment_id for item in date.items])
    return answer_by({one.id: one for one in equipment}, found.things, span)


def _end(proposal: Proposal, outcome: ProposalOutcome) -> None:
    proposal.outcome, proposal.ended_at = outcome, now()


def _is_proposed(date: Occurrence) -> bool:
    return date.state is OccurrenceState.PROPOSED
