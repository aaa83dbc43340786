"""The lab's answer: yes, or no with a reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.accounts.models import User
from app.booking.events import BookingApproved, BookingDeclined, BookingPartlyApproved, OccurrenceEvent
from app.booking.models import Booking, DeclineReason, Occurrence, OccurrenceItem
from app.booking.permissions import may_clear, may_clear_in, may_decide, may_decide_in
from app.booking.queries.bookings import get_booking
from app.booking.rules.states import Verb, after
from app.booking.services import misses
from app.booking.services.coming import comers_of, wish_of
from app.booking.services.decisions import kept_decision, obstacle_of
from app.booking.services.evaluate import Evaluation, evaluate_all, raise_if_any_refused
from app.booking.services.locking import lock
from app.booking.services.meant import dates_meant
from app.booking.services.overrides import keep_overrides, overruled, with_earlier_overrides
from app.booking.services.propose import Propose, propose
from app.booking.services.rivals import turn_down_rivals
from app.booking.services.transitions import (
    enter_all,
    equipment_of,
    give_units,
    happened,
    sources_of,
    state_after,
    tell_all,
)
from app.booking.services.waitlist.promote import offer_freed
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.spans import Span
from app.core.text import clean
from app.occupancy.services import claims


@dataclass(frozen=True)
class Approve:
    """Yes, for the labs in which the actor decides."""

    note: str = ""
    override: str | None = None
    """Why a rule that does not hold is set aside; None: it holds."""


@dataclass(frozen=True)
class Decline:
    """No, and why: the company reads it."""

    reason_code: DeclineReason
    reason: str


Answer = Approve | Decline | Propose
"""What may be said to one date."""


@unit_of_work
def approve_booking(
    *,
    actor: User,
    reference: str,
    occurrence_ids: Collection[int] = (),
    note: str = "",
    override: str | None = None,
) -> Booking:
    """Say yes for the labs the actor decides in; a date is approved when all its labs have.

    Without ids every date that waits for the actor is meant. Every rule is asked again; `override` is why
    one that does not hold is set aside. Raises NotFound, Forbidden, WrongState (also for labs that have
    said yes), InvalidInput, OutsidePolicy, SlotTaken.
    """
    booking = _get_decided_by(actor, reference)
    dates = waiting_dates(booking, occurrence_ids, Verb.APPROVE)
    if not occurrence_ids:
        dates = [date for date in dates if awaits(actor, date)] or dates
    _answer(actor, {date: Approve(note, override) for date in dates})
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
    dates = waiting_dates(booking, occurrence_ids, Verb.DECLINE)
    _answer(actor, {date: Decline(reason_code, reason) for date in dates})
    return booking


@unit_of_work
def propose_time(
    *,
    actor: User,
    reference: str,
    span: Span,
    occurrence_ids: Collection[int] = (),
    message: str = "",
    override: str | None = None,
) -> Booking:
    """Name another time for one date: it is held for the company's answer, the old one free at once.

    Raises as a yes does, and InvalidInput where several dates wait (which one?) or the time is the same.
    """
    booking = _get_decided_by(actor, reference)
    dates = waiting_dates(booking, occurrence_ids, Verb.PROPOSE)
    if not occurrence_ids:
        dates = [date for date in dates if awaits(actor, date)] or dates
    if len(dates) > 1:
        raise InvalidInput(("occurrences", "choose_one"))
    _answer(actor, {date: Propose(span, message, override) for date in dates})
    return booking


@unit_of_work
def decide_dates(*, actor: User, reference: str, answers: Mapping[int, Answer]) -> Booking:
    """Answer several dates in one go, each with its own yes or no: all of it counts, or none.

    `answers` by the id of the date. Whoever hears of it gets one letter. What is declined is free for what
    is approved. Raises as the single answers do, and InvalidInput where there is nothing to answer.
    """
    if not answers:
        raise InvalidInput(("occurrences", "required"))
    if any(isinstance(one, Decline) and not clean(one.reason) for one in answers.values()):
        raise InvalidInput(("reason", "required"))
    booking = _get_decided_by(actor, reference)
    dates = {date.id: date for date in booking.occurrences if date.id in answers}
    if len(dates) != len(answers):
        raise NotFound
    for id_, answer in answers.items():
        state_after(_VERBS[type(answer)], dates[id_])
    _answer(actor, {date: answers[date.id] for date in dates.values()})
    return booking


def evaluate_again(date: Occurrence) -> Evaluation:
    """Ask every rule again about a date that waits, leaving its own claims out."""
    return evaluate_all_again([date])[0]


def evaluate_all_again(dates: Sequence[Occurrence]) -> tuple[Evaluation, ...]:
    """The same for several dates of a booking, in their order."""
    booking = dates[0].booking
    found = evaluate_all(
        wishes=[wish_of(date) for date in dates],
        equipment=list({item.equipment_id: item.equipment for date in dates for item in date.items}.values()),
        organisation=booking.organisation,
        without=sources_of(dates),
        is_new=False,
        kept=[date.items for date in dates],
        comers=comers_of(booking),
    )
    return with_earlier_overrides(found, dates)


def waiting_dates(booking: Booking, ids: Collection[int], verb: Verb) -> Sequence[Occurrence]:
    """The dates meant: those named, or all that the verb fits. Raises NotFound and WrongState."""
    return dates_meant(booking, ids, verb, lambda date: after(verb, date.state) is not None)


def awaits(actor: User, date: Occurrence) -> bool:
    """Whether the date waits for this person's yes: for their lab, or as its safety officer."""
    return any(
        (item.agreed_at is None and may_decide_in(actor, item.equipment.lab_id)) or may_clear(actor, item)
        for item in date.items
    )


def _get_decided_by(actor: User, reference: str) -> Booking:
    """The booking, for somebody who decides in one of its labs. Who may not is told before the state is."""
    booking = get_booking(actor, reference, for_update=True)
    if not may_decide(actor, booking):
        raise Forbidden
    return booking


def _decided_by(actor: User, date: Occurrence) -> list[OccurrenceItem]:
    """The items that the actor may answer for. Raises Forbidden when there is none."""
    items = [
        item
        for item in date.items
        if may_decide_in(actor, item.equipment.lab_id)
        or (item.needs_safety and may_clear_in(actor, item.equipment.lab_id))
    ]
    if not items:
        raise Forbidden
    return items


def _answer(actor: User, answers: Mapping[Occurrence, Answer]) -> None:
    """Give the answers: first what frees time, then what takes it; told together, half a minute later."""
    items = {date: _decided_by(actor, date) for date in answers}
    has_proposed = any(isinstance(one, Propose) for one in answers.values())
    if has_proposed:
        lock(next(iter(answers)).booking.organisation)
    claims.lock({item.equipment_id for date in answers for item in date.items})
    with kept_decision(actor, answers) as decision:
        told = _give(actor, answers, items)
        gone = [date for date, one in answers.items() if not isinstance(one, Approve)]
        offered = offer_freed(equipment_of(gone)) if gone else 0
        decision.obstacle = obstacle_of(told, has_proposed=has_proposed, offered=offered)


def _give(
    actor: User, answers: Mapping[Occurrence, Answer], items: Mapping[Occurrence, list[OccurrenceItem]]
) -> list[OccurrenceEvent]:
    """All that happened, told already."""
    declined = {date: one for date, one in answers.items() if isinstance(one, Decline)}
    proposed = {date: one for date, one in answers.items() if isinstance(one, Propose)}
    told = _decline(actor, declined)
    told += [propose(actor, date, said, _of_own_lab(actor, date)) for date, said in proposed.items()]
    told += _approve(actor, {date: one for date, one in answers.items() if isinstance(one, Approve)}, items)
    tell_all(sorted(told, key=lambda event: event.starts_at))
    for date, one in declined.items():
        if one.reason_code is DeclineReason.CAPACITY:
            misses.remember_declined(date)
    if proposed:
        tell_all(turn_down_rivals(actor, list(proposed)))
    return told


def _approve(
    actor: User, answers: Mapping[Occurrence, Approve], items: Mapping[Occurrence, list[OccurrenceItem]]
) -> list[OccurrenceEvent]:
    if not answers:
        return []
    waiting = {date: _waiting_items(actor, date, items[date]) for date in answers}
    again = zip(answers.values(), evaluate_all_again(list(answers)), strict=True)
    judged = [overruled(found, actor, answer.override) for answer, found in again]
    raise_if_any_refused([found for found, _aside in judged])
    for date, (_found, aside) in zip(answers, judged, strict=True):
        keep_overrides(date, aside, actor, answers[date].override)
    for date in answers:
        for item in waiting[date]:
            _agree(actor, item)
    partly = [date for date in answers if not all(item.is_settled for item in date.items)]
    approved = [date for date in answers if date not in partly]
    for date in approved:
        date.decided_at, date.decided_by_id, date.reason = now(), actor.id, clean(answers[date].note)
    enter_all(approved, Verb.APPROVE)
    if approved:
        give_units(*approved)
    lost = turn_down_rivals(actor, approved)
    return [
        *lost,
        *(_partly(date, actor, waiting[date]) for date in partly),
        *(happened(BookingApproved, date, actor) for date in approved),
    ]


def _of_own_lab(actor: User, date: Occurrence) -> list[OccurrenceItem]:
    """What waits for the yes of a lab in which the actor decides. Raises Forbidden where there is none."""
    items = [item for item in date.items if may_decide_in(actor, item.equipment.lab_id)]
    if not items:
        raise Forbidden
    return _waiting_items(actor, date, [item for item in items if item.agreed_at is None])


_VERBS = {Approve: Verb.APPROVE, Decline: Verb.DECLINE, Propose: Verb.PROPOSE}


def _agree(actor: User, item: OccurrenceItem) -> None:
    """For the lab; where it has agreed, as its safety officer."""
    if item.agreed_at is None:
        item.agreed_at, item.agreed_by_id = now(), actor.id
    else:
        item.cleared_at, item.cleared_by_id = now(), actor.id


def _waiting_items(actor: User, date: Occurrence, items: Sequence[OccurrenceItem]) -> list[OccurrenceItem]:
    """Of these items those that wait for this person's yes. Raises WrongState when none does."""
    if date.expires_at is not None:
        raise WrongState(verb=Verb.APPROVE.value, state="unconfirmed")
    waiting = [
        item
        for item in items
        if (item.agreed_at is None and may_decide_in(actor, item.equipment.lab_id)) or may_clear(actor, item)
    ]
    if not waiting:
        raise WrongState(verb=Verb.APPROVE.value, state="agreed")
    return waiting


def _partly(date: Occurrence, actor: User, items: Sequence[OccurrenceItem]) -> OccurrenceEvent:
    ids = tuple(item.equipment_id for item in items)
    return happened(BookingPartlyApproved, date, actor, approved_equipment_ids=ids)


def _decline(actor: User, answers: Mapping[Occurrence, Decline]) -> list[OccurrenceEvent]:
    for date, answer in answers.items():
        date.decided_at, date.decided_by_id = now(), actor.id
        date.reason_code, date.reason = answer.reason_code, clean(answer.reason)
    enter_all(list(answers), Verb.DECLINE)
    return [
        happened(BookingDeclined, date, actor, reason_code=answer.reason_code.value, reason=date.reason)
        for date, answer in answers.items()
    ]
