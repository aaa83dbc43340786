"""Staying longer than was planned, while at it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from app.accounts.models import User
from app.booking.events import BookingExtended
from app.booking.models import Booking, Occurrence, OccurrenceState
from app.booking.permissions import may_use
from app.booking.queries.bookings import get_booking
from app.booking.queries.things import list_equipment_with_place
from app.booking.rules.states import Verb
from app.booking.services.coming import comers_of, wish_of
from app.booking.services.evaluate import Evaluation, evaluate
from app.booking.services.locking import lock
from app.booking.services.meant import date_meant
from app.booking.services.transitions import end_at, equipment_of, sources_of, tell
from app.booking.verdicts import Code
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput
from app.core.spans import Span
from app.occupancy.errors import SlotTaken

UNTIL = "until"
"""The parameter of SlotTaken that says until when one could stay; None: not at all."""


@unit_of_work
def extend_use(
    *, actor: User, reference: str, ends_at: datetime, occurrence_ids: Collection[int] = ()
) -> Booking:
    """Let the date that is in use go on until then. Every rule is asked about the whole of it.

    What spoke against the date before does not speak against more of it. Raises NotFound, Forbidden,
    WrongState (not in use), InvalidInput (not later), OutsidePolicy, SlotTaken with `until`.
    """
    booking = get_booking(actor, reference, for_update=True)
    if not may_use(actor, booking):
        raise Forbidden
    date = date_meant(booking, occurrence_ids, Verb.EXTEND, _is_in_use)
    if ends_at <= max(date.ends_at, now()):
        raise InvalidInput(("ends_at", "not_later"))
    lock(booking.organisation, equipment_of([date]))
    found = check_extension(date=date, ends_at=ends_at)
    if not found.blocks and found.conflicts:
        raise _taken(date, found)
    found.raise_if_refused()
    was = date.ends_at
    end_at(date, Verb.EXTEND, ends_at)
    tell(BookingExtended, date, actor, from_ends_at=was)
    return booking


def check_extension(*, date: Occurrence, ends_at: datetime) -> Evaluation:
    """What would be said to the date if it went on until then. Changes nothing."""
    before = {(verdict.code, verdict.equipment_id) for verdict in _evaluated(date, date.ends_at).blocks}
    found = _evaluated(date, ends_at)
    new = [v for v in found.checklist if (v.code, v.equipment_id) not in before]
    return replace(found, checklist=tuple(v for v in new if v.code is not Code.IN_THE_PAST))


def _evaluated(date: Occurrence, ends_at: datetime) -> Evaluation:
    booking = date.booking
    return evaluate(
        wish=wish_of(date, span=Span(date.starts_at, ends_at)),
        equipment=list_equipment_with_place([item.equipment_id for item in date.items]),
        organisation=booking.organisation,
        without=sources_of([date]),
        is_new=False,
        kept=date.items,
        comers=comers_of(booking),
    )


def _taken(date: Occurrence, found: Evaluation) -> SlotTaken:
    cleanup = {item.equipment_id: timedelta(minutes=item.cleanup_minutes) for item in date.items}
    until = min(conflict.span.start - cleanup[conflict.equipment_id] for conflict in found.conflicts)
    taken = SlotTaken(found.conflicts)
    taken.params[UNTIL] = until if until > date.ends_at else None
    return taken


def _is_in_use(date: Occurrence) -> bool:
    return date.state is OccurrenceState.IN_USE
