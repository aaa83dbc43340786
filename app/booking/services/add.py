"""Taking in a date of a series that could not be had at first."""

from collections.abc import Collection, Sequence

from app.accounts.models import User
from app.booking.models import Booking, SkippedDate
from app.booking.permissions import may_change
from app.booking.queries.along import with_required
from app.booking.queries.bookings import get_booking
from app.booking.queries.things import list_equipment_with_place
from app.booking.rules.facts import Want, Wish
from app.booking.rules.states import TAKEN
from app.booking.services import misses
from app.booking.services.coming import comers_of, has_hazards, sample_count, wants_of
from app.booking.services.evaluate import Evaluation, evaluate_all, raise_if_any_refused
from app.booking.services.locking import lock
from app.booking.services.request import approve_at_once, new_dates, take_time
from app.booking.services.serving import join_to_misses
from app.core.clock import now
from app.core.db import after_refusal, unit_of_work
from app.core.errors import Forbidden, NotFound, WrongState
from app.extensions import db


@unit_of_work
def add_dates(*, actor: User, reference: str, skipped_ids: Collection[int] = ()) -> Booking:
    """Ask for dates that were skipped, all of these or none; without ids, for every one that lies ahead.

    Each is a new question to the lab, judged by today's rules. Raises NotFound, Forbidden, WrongState (for a
    booking that has come to nothing, and where no date was skipped), OutsidePolicy, SlotTaken.
    """
    booking = get_booking(actor, reference, for_update=True)
    if not may_change(actor, booking):
        raise Forbidden
    skipped = _meant(booking, skipped_ids)
    ids = [want.equipment_id for want in _wants(booking)]
    lock(booking.organisation, ids)
    found = check_skipped(booking, skipped)
    if not all(one.allowed for one in found):
        actor_id, organisation_id = actor.id, booking.organisation_id
        after_refusal(lambda: misses.remember_refusals(actor_id, organisation_id, found))
    raise_if_any_refused(found)
    dates = new_dates(booking, found)
    db.session.add_all(dates)
    approve_at_once(dates, found, actor)
    for one in skipped:
        booking.skipped.remove(one)
    db.session.flush()
    join_to_misses(*dates)
    take_time(dates, actor)
    db.session.refresh(booking, ["occurrences"])
    return booking


def check_skipped(booking: Booking, skipped: Sequence[SkippedDate]) -> tuple[Evaluation, ...]:
    """What would be said to each of the skipped dates now. Changes nothing."""
    wants, asked_at = _wants(booking), now()
    return evaluate_all(
        wishes=[
            Wish(
                wants,
                one.span,
                booking.mode.value,
                asked_at,
                samples=sample_count(booking.samples),
                has_hazards=has_hazards(booking.samples),
            )
            for one in skipped
        ],
        equipment=list_equipment_with_place([want.equipment_id for want in wants]),
        organisation=booking.organisation,
        is_new=False,
        comers=comers_of(booking),
    )


def can_be_added(booking: Booking, one: SkippedDate) -> bool:
    """Whether the date may still be asked for, if it is free: the booking lives, and it lies ahead."""
    return one.starts_at > now() and any(date.state in TAKEN for date in booking.occurrences)


def _wants(booking: Booking) -> tuple[Want, ...]:
    """What its first date asked for, with what comes along today."""
    return with_required(wants_of(booking.occurrences[0].asked), booking.mode)


def _meant(booking: Booking, ids: Collection[int]) -> list[SkippedDate]:
    named = [one for one in booking.skipped if not ids or one.id in ids]
    if ids and len(named) != len(set(ids)):
        raise NotFound
    possible = [one for one in named if can_be_added(booking, one)]
    if not possible or (ids and len(possible) != len(named)):
        raise WrongState(verb="add", state=booking.occurrences[0].state.value)
    return possible
