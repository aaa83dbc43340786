"""The lab's answer: yes, or no with a reason."""

from collections.abc import Collection, Sequence

from app.accounts.models import User
from app.booking.events import BookingApproved, BookingDeclined, BookingPartlyApproved
from app.booking.models import Booking, DeclineReason, Occurrence, OccurrenceItem
from app.booking.permissions import labs_of, may_decide_in
from app.booking.queries.bookings import get_booking
from app.booking.rules.facts import Want, Wish
from app.booking.rules.states import OccurrenceState, Verb
from app.booking.services import misses
from app.booking.services.evaluate import Evaluation, evaluate
from app.booking.services.transitions import (
    enter,
    equipment_of,
    give_units,
    sources_of,
    state_after,
    tell,
)
from app.booking.services.waitlist.promote import offer_freed
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.text import clean
from app.occupancy.services import claims


@unit_of_work
def approve_booking(
    *, actor: User, reference: str, occurrence_ids: Collection[int] = (), note: str = ""
) -> Booking:
    """Say yes for the labs the actor decides in; a date is approved when all its labs have.

    Without ids every date that waits for the actor is meant. Every rule is asked again. Raises NotFound,
    Forbidden, WrongState (also for labs that have said yes), OutsidePolicy, SlotTaken.
    """
    booking = _get_decided_by(actor, reference)
    dates = waiting_dates(booking, occurrence_ids, Verb.APPROVE)
    if not occurrence_ids:
        dates = [date for date in dates if awaits(actor, date)] or dates
    for date in dates:
        _approve(date, actor, note)
    return booking


@unit_of_work
def decline_booking(
    *,
    actor: User,
    reference: str,
    reason_code: DeclineReason,
    reason: str,
    occurrence_ids: Collection[int] = (),
) -> Booking:
    """Say no, with a reason that the company reads. One lab's no ends the date for all of them."""
    if not clean(reason):
        raise InvalidInput(("reason", "required"))
    booking = _get_decided_by(actor, reference)
    for date in waiting_dates(booking, occurrence_ids, Verb.DECLINE):
        _decline(date, actor, reason_code, clean(reason))
    offer_freed(equipment_of(booking.occurrences))
    return booking


def evaluate_again(date: Occurrence) -> Evaluation:
    """Ask every rule again about a date that waits, leaving its own claims out."""
    wants = [Want(item.equipment_id, item.quantity) for item in date.items]
    return evaluate(
        wish=Wish(wants, date.span, date.booking.mode.value, asked_at=date.requested_at),
        equipment=[item.equipment for item in date.items],
        organisation=date.booking.organisation,
        without=sources_of([date]),
        is_new=False,
        kept=date.items,
    )


def waiting_dates(booking: Booking, ids: Collection[int], verb: Verb) -> Sequence[Occurrence]:
    """The dates meant: those named, or all that the verb fits. Raises NotFound and WrongState."""
    if ids:
        named = [date for date in booking.occurrences if date.id in ids]
        if len(named) != len(set(ids)):
            raise NotFound
        for date in named:
            state_after(verb, date)
        return named
    fitting = [date for date in booking.occurrences if date.state is OccurrenceState.REQUESTED]
    if not fitting:
        raise WrongState(verb=verb.value, state=booking.occurrences[0].state.value)
    return fitting


def awaits(actor: User, date: Occurrence) -> bool:
    """Whether a lab in which the actor decides has not agreed to the date yet."""
    return any(item.agreed_at is None and may_decide_in(actor, item.equipment.lab_id) for item in date.items)


def _get_decided_by(actor: User, reference: str) -> Booking:
    """The booking, for somebody who decides in one of its labs. Who may not is told before the state is."""
    booking = get_booking(actor, reference, for_update=True)
    if not any(may_decide_in(actor, lab_id) for lab_id in labs_of(booking)):
        raise Forbidden
    return booking


def _decided_by(actor: User, date: Occurrence) -> list[OccurrenceItem]:
    """The items in labs where the actor decides. Raises Forbidden when there is none."""
    items = [item for item in date.items if may_decide_in(actor, item.equipment.lab_id)]
    if not items:
        raise Forbidden
    return items


def _approve(date: Occurrence, actor: User, note: str) -> None:
    items = _decided_by(actor, date)
    if date.expires_at is not None:
        raise WrongState(verb=Verb.APPROVE.value, state="unconfirmed")
    items = [item for item in items if item.agreed_at is None]
    if not items:
        raise WrongState(verb=Verb.APPROVE.value, state="agreed")
    claims.lock([item.equipment_id for item in date.items])
    evaluate_again(date).raise_if_refused()
    for item in items:
        item.agreed_at, item.agreed_by_id = now(), actor.id
    if any(item.agreed_at is None for item in date.items):
        tell(
            BookingPartlyApproved,
            date,
            actor,
            approved_equipment_ids=tuple(i.equipment_id for i in items),
        )
        return
    date.decided_at, date.decided_by_id, date.reason = now(), actor.id, clean(note)
    enter(date, Verb.APPROVE)
    give_units(date)
    tell(BookingApproved, date, actor)


def _decline(date: Occurrence, actor: User, reason_code: DeclineReason, reason: str) -> None:
    _decided_by(actor, date)
    date.decided_at, date.decided_by_id = now(), actor.id
    date.reason_code, date.reason = reason_code, reason
    enter(date, Verb.DECLINE)
    tell(BookingDeclined, date, actor, reason_code=reason_code.value, reason=reason)
    if reason_code is DeclineReason.CAPACITY:
        misses.remember_declined(date)
