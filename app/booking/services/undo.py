"""Taking an answer back: the date waits again, and nobody was told.

Only by who gave it, for half a minute, and only where it did nothing to others: who was turned down or
was offered the time would have to be asked again, and the time may be somebody's by then.
"""

from sqlalchemy import delete

from app.accounts.models import User
from app.booking.errors import Stands
from app.booking.events import DecisionTakenBack
from app.booking.models import Booking, DecidedDate, Decision, Occurrence, OccurrenceItem, Override
from app.booking.permissions import may_decide
from app.booking.queries.bookings import get_booking
from app.booking.queries.decisions import FOR, get_decision, reference_decided
from app.booking.rules.states import OccurrenceState, Verb
from app.booking.services import misses
from app.booking.services.transitions import enter_all, equipment_of, happened, sources_of, tell_all
from app.booking.services.waitlist.promote import offer_freed
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden
from app.core.events import untold
from app.extensions import db
from app.notifications.services.take_back import take_back_news
from app.occupancy.services import claims, units


@unit_of_work
def take_back(*, actor: User, decision_id: int) -> Booking:
    """Put the dates of the actor's answer back to where they waited, and remove its letters and notices.

    Told twice, it is done once. Raises NotFound for an answer of somebody else, Forbidden, Stands, and
    SlotTaken where somebody took the time of a date that was declined.
    """
    booking = get_booking(actor, reference_decided(actor, decision_id), for_update=True)
    if not may_decide(actor, booking):
        raise Forbidden
    decision = get_decision(decision_id)
    if decision.taken_back_at is not None:
        return booking
    dates = {date.id: date for date in booking.occurrences}
    decided = [(dates[one.occurrence_id], one) for one in decision.dates]
    _raise_if_it_stands(decision, decided)
    claims.lock(equipment_of(date for date, _was in decided))
    # Last of the locks: a sender takes a mail and nothing else.
    if not take_back_news(bundle=decision.bundle):
        raise Stands("sent")
    decision.taken_back_at = now()
    _put_back(actor, decision, decided)
    return booking


def _raise_if_it_stands(decision: Decision, decided: list[tuple[Occurrence, DecidedDate]]) -> None:
    if decision.obstacle is not None:
        raise Stands(decision.obstacle.value)
    if now() - decision.at > FOR:
        raise Stands("late")
    if any(_has_changed(date, was) for date, was in decided):
        raise Stands("changed")


def _has_changed(date: Occurrence, was: DecidedDate) -> bool:
    """Whether something has happened to the date since: also the safety officer's yes that came after."""
    gone_on = any(
        item.cleared_at is not None and item.id not in was.cleared
        for item in date.items
        if item.id in was.agreed
    )
    return gone_on or (date.state, date.sequence) != (was.state, was.sequence)


def _put_back(actor: User, decision: Decision, decided: list[tuple[Occurrence, DecidedDate]]) -> None:
    dates = [date for date, _was in decided]
    approved = [date for date in dates if date.state is OccurrenceState.APPROVED]
    declined = [date for date in dates if date.state is OccurrenceState.DECLINED]
    if approved:
        units.let_go(sources_of(approved))
    misses.forget_declined(declined, since=decision.at)
    _forget_overrides(decision, dates)
    for date, was in decided:
        date.decided_at = date.decided_by_id = None
        date.reason_code, date.reason = None, was.reason_before
        for item in date.items:
            _undo_yes(item, was)
    enter_all(dates, Verb.TAKE_BACK)
    back = [happened(DecisionTakenBack, date, actor, from_state=was.state.value) for date, was in decided]
    with untold():  # who asked has not heard of the answer either
        tell_all(back)
    freed = [date for date in approved if not date.holds]
    if freed:
        offer_freed(equipment_of(freed))


def _undo_yes(item: OccurrenceItem, was: DecidedDate) -> None:
    if item.id in was.agreed:
        item.agreed_at = item.agreed_by_id = None
    if item.id in was.cleared:
        item.cleared_at = item.cleared_by_id = None


def _forget_overrides(decision: Decision, dates: list[Occurrence]) -> None:
    """What was set aside for the yes; the event that says so stays."""
    db.session.execute(
        delete(Override).where(
            Override.occurrence_id.in_([date.id for date in dates]),
            Override.by_id == decision.by_id,
            Override.at >= decision.at,
        )
    )
