"""The lab lets somebody wait no longer."""

from app.accounts.models import User
from app.booking.events import WaitlistRemoved
from app.booking.models import Outcome, WaitlistEntry
from app.booking.permissions import may_remove_from_waitlist
from app.booking.queries.waitlist import get_entry, lock_entry
from app.booking.rules.waiting import WaitVerb
from app.booking.services.locking import lock
from app.booking.services.waitlist.promote import offer_freed
from app.booking.services.waitlist.states import enter, let_go, tell
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput
from app.core.text import clean

LONGEST_REASON = 2000


@unit_of_work
def remove_from_waitlist(*, actor: User, entry_id: int, reason: str) -> WaitlistEntry:
    """Take an entry off the list, with a reason that who waited reads; a held time goes to the next.

    By the staff of the lab that it is about. Raises NotFound, Forbidden, WrongState and InvalidInput.
    """
    entry = get_entry(actor, entry_id)
    if not may_remove_from_waitlist(actor, entry):
        raise Forbidden
    if not clean(reason):
        raise InvalidInput(("reason", "required"))
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(("reason", "too-long"))
    lock(entry.organisation, entry.open_offer.equipment_ids if entry.open_offer else ())
    entry = lock_entry(entry_id)
    offer = entry.open_offer
    enter(entry, WaitVerb.LEAVE)
    if offer is not None:
        let_go(offer, Outcome.WITHDRAWN)
        offer_freed(offer.equipment_ids)
    tell(WaitlistRemoved, entry, actor, reason=clean(reason))
    return entry
