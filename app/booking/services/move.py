"""Putting a date on another time."""

from collections.abc import Collection

from app.accounts.models import User
from app.booking.events import BookingMoved
from app.booking.models import Booking, Occurrence
from app.booking.permissions import may_change, may_decide_in
from app.booking.queries.bookings import get_booking
from app.booking.queries.things import list_equipment_with_place, rules_of
from app.booking.rules.moves import is_small
from app.booking.rules.states import OccurrenceState, Verb, after
from app.booking.services import misses
from app.booking.services.coming import comers_of, wish_of
from app.booking.services.evaluate import Evaluation, evaluate
from app.booking.services.locking import lock
from app.booking.services.meant import date_meant
from app.booking.services.overrides import keep_overrides, overruled
from app.booking.services.request import agree, answer_by, compete_all
from app.booking.services.rivals import turn_down_rivals
from app.booking.services.serving import join_again
from app.booking.services.transitions import (
    enter,
    give_units,
    sources_of,
    tell,
    tell_all,
)
from app.booking.services.waitlist.promote import offer_freed
from app.booking.verdicts import Code
from app.core.clock import now
from app.core.db import after_refusal, unit_of_work
from app.core.errors import Forbidden
from app.core.spans import Span
from app.core.text import clean


@unit_of_work
def move_booking(
    *,
    actor: User,
    reference: str,
    span: Span,
    occurrence_ids: Collection[int] = (),
    message: str = "",
    override: str | None = None,
) -> Booking:
    """Put one date on another time: it takes the new time and frees the old at once, or nothing changes.

    What is there already stays as it is. An approved date goes back to asking, unless the mover could
    approve it, nobody has to, or it is a small move. `override` is why staff set aside a rule that speaks
    against the new time.
    Raises NotFound, Forbidden, WrongState, InvalidInput (which date?), OutsidePolicy, SlotTaken.
    """
    booking = get_booking(actor, reference, for_update=True)
    if not may_change(actor, booking):
        raise Forbidden
    date = date_meant(booking, occurrence_ids, Verb.MOVE, can_be_moved)
    if span == date.span:
        return booking
    equipment = list_equipment_with_place([item.equipment_id for item in date.items])
    lock(booking.organisation, [one.id for one in equipment])
    found, aside = overruled(check_move(date=date, span=span), actor, override)
    _refuse(found, actor, booking)
    was = date.span
    if _stays_approved(date, span):
        enter(date, Verb.MOVE_AT_ONCE, span=span)
        give_units(date)
    else:
        _ask_again(date, found, span)
        _put(date, found, span, actor)
    join_again(date)
    keep_overrides(date, aside, actor, override)
    taken = [date] if date.holds else []
    tell(
        BookingMoved,
        date,
        actor,
        from_starts_at=was.start,
        from_ends_at=was.end,
        message=clean(message),
    )
    tell_all(turn_down_rivals(actor, taken))
    offer_freed([one.id for one in equipment])
    return booking


def check_move(*, date: Occurrence, span: Span) -> Evaluation:
    """What would be said to this date on the other time now. Changes nothing."""
    is_kept = _stays_approved(date, span)
    return evaluate(
        wish=wish_of(date, span=span, asked_at=None if is_kept else now()),
        equipment=list_equipment_with_place([item.equipment_id for item in date.items]),
        organisation=date.booking.organisation,
        without=sources_of([date]),
        is_new=False,
        kept=date.items if is_kept else (),
        comers=comers_of(date.booking),
    )


def can_be_moved(date: Occurrence) -> bool:
    return after(Verb.MOVE, date.state) is not None and date.starts_at > now()


def asks_again(date: Occurrence, found: Evaluation, actor: User) -> bool:
    """Whether the date would wait for the lab's answer after this move: said before it is made."""
    if _stays_approved(date, found.wish.span):
        return False
    decides = all(may_decide_in(actor, thing.lab_id) for thing in found.things.values())
    return asks_for_safety(found) or (found.asks_the_lab and not decides)


def asks_for_safety(found: Evaluation) -> bool:
    """Whether a safety officer has to agree."""
    return any(verdict.code is Code.SAFETY_DECIDES for verdict in found.verdicts)


def _stays_approved(date: Occurrence, span: Span) -> bool:
    """Whether it is approved, and all its labs let so small a move pass."""
    if date.state is not OccurrenceState.APPROVED:
        return False
    rules = rules_of([item.equipment for item in date.items])
    limits = [one.small_move_minutes for one in rules.values()]
    return is_small(date.span, span, date.items[0].equipment.lab.site.zone, limits)


def _put(date: Occurrence, found: Evaluation, span: Span, actor: User) -> None:
    waits = asks_again(date, found, actor)
    if waits and all(may_decide_in(actor, thing.lab_id) for thing in found.things.values()):
        agree(date, actor)  # the safety officer alone is asked
    if waits or date.expires_at is not None:
        enter(date, Verb.MOVE, span=span)
        return
    agree(date, actor)
    date.decided_at, date.decided_by_id = now(), actor.id
    enter(date, Verb.MOVE_AT_ONCE, span=span)
    give_units(date)


def _ask_again(date: Occurrence, found: Evaluation, span: Span) -> None:
    """The new time is a new question: its clock starts, its buffers are today's."""
    date.requested_at = now()
    date.reminded_at = date.escalated_at = None
    date.decided_at = date.decided_by_id = None
    date.answer_by = answer_by({item.equipment_id: item.equipment for item in date.items}, found.things, span)
    for item in date.items:
        rules = found.things[item.equipment_id].rules
        item.setup_minutes, item.cleanup_minutes = (
            rules.setup_minutes,
            rules.cleanup_minutes,
        )
        item.agreed_at = item.agreed_by_id = item.cleared_at = item.cleared_by_id = None
        item.needs_safety = rules.needs_safety(has_hazards=found.wish.has_hazards)
    date.competes = compete_all(found.things)


def _refuse(found: Evaluation, actor: User, booking: Booking) -> None:
    if found.allowed:
        return
    actor_id, organisation_id = actor.id, booking.organisation_id
    after_refusal(lambda: misses.remember_refusal(actor_id, organisation_id, found))
    found.raise_if_refused()
