"""What time does to the waitlist. Each finds what is due in the tables, so a missed run is made up."""

from collections.abc import Sequence

from app.booking.events import WaitlistExpired, WaitlistLapsed, WaitlistPassed
from app.booking.models import Outcome, WaitlistEntry
from app.booking.queries.waitlist import list_sought_equipment, list_too_late, list_unanswered, lock_entry
from app.booking.rules.waiting import MOST_UNANSWERED, WaitState, WaitVerb
from app.booking.services.waitlist.promote import offer_freed, with_room
from app.booking.services.waitlist.states import enter, let_go, tell
from app.booking.services.wishes import wanted_of
from app.core.clock import now
from app.core.db import unit_of_work
from app.demand.models import MissReason
from app.demand.services import remember
from app.occupancy.services import claims


def serve_waitlist() -> int:
    """Hold what became free in whatever way: by a booking that ended, a gift, a rule, the calendar."""
    return sum(offer_freed([id_]) for id_ in sorted(with_room(list_sought_equipment(now()))))


def end_unanswered() -> int:
    """Give times that were held long enough to the next."""
    return sum(_end(offer.entry_id, offer.equipment_ids) for offer in list_unanswered(now()))


def expire_waiting() -> int:
    """End what could not begin in time any more; where nothing was ever held for it, it is a miss."""
    return sum(_expire(entry_id) for entry_id in list_too_late(now()))


@unit_of_work
def _end(entry_id: int, equipment_ids: Sequence[int]) -> bool:
    claims.lock(equipment_ids)
    entry = lock_entry(entry_id)
    offer = entry.open_offer
    if offer is None or offer.expires_at > now():
        return False
    let_go(offer, Outcome.UNANSWERED)
    unanswered = sum(one.outcome is Outcome.UNANSWERED for one in entry.offers)
    if unanswered >= MOST_UNANSWERED:
        enter(entry, WaitVerb.LAPSE)
        tell(WaitlistLapsed, entry, None)
    else:
        enter(entry, WaitVerb.LET_GO)
        entry.queued_at = now()
        tell(WaitlistPassed, entry, None, is_answered=False)
    offer_freed(equipment_ids)
    return True


@unit_of_work
def _expire(entry_id: int) -> bool:
    entry = lock_entry(entry_id)
    if entry.state is not WaitState.WAITING or entry.latest_start > now():
        return False
    enter(entry, WaitVerb.EXPIRE)
    tell(WaitlistExpired, entry, None)
    if not entry.offers:
        _remember(entry)
    return True


def _remember(entry: WaitlistEntry) -> None:
    """The same wish that was remembered when it was made is not counted once more."""
    wanted = wanted_of(
        minutes=entry.minutes,
        quantity=entry.quantity,
        window=entry.window,
        equipment=entry.equipment,
        category=entry.category,
        lab=entry.lab,
    )
    remember(
        user_id=entry.user_id,
        organisation_id=entry.organisation_id,
        wanted=wanted,
        reason=MissReason.WAITLIST_EXPIRED,
        not_since=entry.created_at,
    )
