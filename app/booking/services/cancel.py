"""Calling a booking off."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from app.accounts.models import User
from app.booking.events import BookingCancelled
from app.booking.models import Booking, Occurrence, OccurrenceState, ProposalOutcome
from app.booking.permissions import is_staff_of_all, may_change
from app.booking.queries.bookings import get_booking
from app.booking.queries.outages import displaced_ids
from app.booking.queries.things import rules_of
from app.booking.rules.policy import Rules
from app.booking.rules.states import Verb, after
from app.booking.services.meant import dates_meant
from app.booking.services.propose import end_proposals
from app.booking.services.transitions import enter_all, equipment_of, happened, tell_all
from app.booking.services.waitlist.promote import offer_freed
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden
from app.core.text import clean


@unit_of_work
def cancel_booking(
    *,
    actor: User,
    reference: str,
    occurrence_ids: Collection[int] = (),
    and_following: bool = False,
    note: str = "",
) -> Booking:
    """Call the dates off and free their time; without ids, every date that can be.

    `and_following`: those named, and every date after the first of them that can be. Raises NotFound,
    Forbidden, and WrongState for what is over, under way or called off already.
    """
    booking = get_booking(actor, reference, for_update=True)
    if not may_change(actor, booking):
        raise Forbidden
    dates: Sequence[Occurrence] = dates_meant(booking, occurrence_ids, Verb.CANCEL, can_be_cancelled)
    if and_following:
        first = min(date.starts_at for date in dates)
        later = [date for date in booking.occurrences if date.starts_at > first and can_be_cancelled(date)]
        dates = list(dict.fromkeys([*dates, *later]))
    late = late_dates(actor, dates)
    for date in dates:
        date.reason, date.is_late_cancel = clean(note), date in late
    is_theirs = booking.organisation_id in actor.organisation_ids()
    end_proposals(dates, ProposalOutcome.REFUSED if is_theirs else ProposalOutcome.WITHDRAWN)
    enter_all(dates, Verb.CANCEL)
    tell_all(
        [
            happened(BookingCancelled, date, actor, reason=date.reason, is_late=date.is_late_cancel)
            for date in dates
        ]
    )
    offer_freed(equipment_of(dates))
    return booking


def can_be_cancelled(date: Occurrence) -> bool:
    return after(Verb.CANCEL, date.state) is not None and date.starts_at > now()


def cancels_late(actor: User, date: Occurrence) -> bool:
    """Whether the company would call it off later than the lab asks to be told; the lab itself never does."""
    return date in late_dates(actor, [date])


def late_dates(actor: User, dates: Sequence[Occurrence]) -> list[Occurrence]:
    """The dates of a booking that this person would call off late now."""
    booking = dates[0].booking
    labs = {item.equipment.lab_id for date in dates for item in date.items}
    is_theirs = booking.organisation_id in actor.organisation_ids()
    if not is_theirs and is_staff_of_all(actor, labs):
        return []
    rules = rules_of({item.equipment for date in dates for item in date.items})
    late = [date for date in dates if now() > _in_time_until(date, rules)]
    # To say no to a time that the lab named, or to what an outage has changed, is never late.
    excused = displaced_ids([date.id for date in late]) if late else set()
    return [date for date in late if date.state is not OccurrenceState.PROPOSED and date.id not in excused]


def in_time_until(date: Occurrence, rules: Mapping[int, Rules] | None = None) -> datetime:
    """Until when calling it off leaves the lab the time it asks for; `rules` of its equipment, if known."""
    return _in_time_until(date, rules or rules_of([item.equipment for item in date.items]))


def _in_time_until(date: Occurrence, rules: Mapping[int, Rules]) -> datetime:
    notice = max(rules[item.equipment_id].cancel_notice_minutes for item in date.items)
    return date.starts_at - timedelta(minutes=notice)
