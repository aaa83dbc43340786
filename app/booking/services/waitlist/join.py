"""Joining the waitlist, and leaving it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.models import Organisation, User, UserClass
from app.accounts.rules.belonging import organisation_meant
from app.booking.errors import OutsidePolicy, StillFree
from app.booking.events import WaitlistJoined, WaitlistLeft
from app.booking.models import Outcome, WaitlistEntry
from app.booking.permissions import may_answer_for
from app.booking.queries.things import list_equipment_with_place, list_of_category
from app.booking.queries.waitlist import count_active, find_same, get_entry, lock_entry
from app.booking.rules.checks import mode_offered
from app.booking.rules.facts import Want, Wish
from app.booking.rules.lacking import why_none
from app.booking.rules.waiting import WaitVerb
from app.booking.services.free import Free, list_free
from app.booking.services.locking import lock
from app.booking.services.waitlist.promote import offer_freed
from app.booking.services.waitlist.states import enter, let_go, tell
from app.booking.verdicts import Code
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.spans import Span
from app.core.text import clean
from app.extensions import db
from app.inventory.models import Equipment, Mode

MOST_ACTIVE = 20
"""Wishes that one organisation may have waiting; one that nobody has vouched for yet, a single one."""
MOST_DAYS = 92
MAY_CHANGE = frozenset({Code.TOO_FAR, Code.OUT_OF_SERVICE})
"""What leaves no time now and may leave some later: time passes, and things come back."""


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """What somebody waits for: this equipment, or any of a category (in one lab)."""

    minutes: int
    quantity: int
    window: Span
    equipment_id: int | None = None
    category_id: int | None = None
    lab_id: int | None = None
    mode: Mode | None = None
    """None: the first that is offered."""
    organisation_id: int | None = None
    """None: the one organisation the actor belongs to."""
    purpose: str = ""


@unit_of_work
def join_waitlist(*, actor: User, awaited: Awaited) -> WaitlistEntry:
    """Wait for the first time that becomes free and would do.

    Raises NotFound, InvalidInput (past, too_soon, window_too_long, waits_already, too_many_waiting),
    OutsidePolicy where no booking like this could ever be had, and StillFree where one can be had now.
    """
    organisation = _organisation(actor, awaited)
    window = _ahead(awaited)
    candidates = _candidates(awaited)
    mode = awaited.mode or Mode(candidates[0].modes[0])
    fitting = _offering(candidates, mode, awaited, window, organisation)
    _refuse_what_is_free(fitting, awaited, window)
    entry = WaitlistEntry(
        organisation=organisation,
        user=actor,
        equipment_id=awaited.equipment_id,
        category_id=awaited.category_id,
        lab_id=awaited.lab_id,
        quantity=awaited.quantity,
        minutes=awaited.minutes,
        wanted_from=window.start,
        wanted_to=window.end,
        mode=mode,
        purpose=clean(awaited.purpose),
        created_at=now(),
        queued_at=now(),
    )
    if find_same(entry) is not None:
        raise InvalidInput(("equipment", "waits_already"))
    db.session.add(entry)
    db.session.flush()
    tell(WaitlistJoined, entry, actor)
    return entry


@unit_of_work
def leave_waitlist(*, actor: User, entry_id: int) -> WaitlistEntry:
    """Wait no longer; a time that is held goes to the next. Raises NotFound, Forbidden, WrongState."""
    entry = locked_for(actor, entry_id)
    offer = entry.open_offer
    enter(entry, WaitVerb.LEAVE)
    if offer is not None:
        let_go(offer, Outcome.WITHDRAWN)
        offer_freed(offer.equipment_ids)
    tell(WaitlistLeft, entry, actor)
    return entry


def locked_for(actor: User, entry_id: int) -> WaitlistEntry:
    """The entry, kept from others, for somebody who may answer for it: after what a request locks."""
    entry = get_entry(actor, entry_id)
    if not may_answer_for(actor, entry):
        raise Forbidden
    lock(entry.organisation, entry.open_offer.equipment_ids if entry.open_offer else ())
    return lock_entry(entry_id)


def _organisation(actor: User, awaited: Awaited) -> Organisation:
    own = actor.organisation_ids()
    wanted = organisation_meant(own, awaited.organisation_id)
    organisation = db.session.get(Organisation, wanted)
    if wanted not in own or organisation is None:
        raise NotFound
    lock(organisation)
    # Counted under the lock: two that are sent at once must not both be the last one.
    if count_active(organisation.id) >= (MOST_ACTIVE if organisation.is_verified else 1):
        raise InvalidInput(("organisation", "too_many_waiting"))
    return organisation


def _ahead(awaited: Awaited) -> Span:
    """The part of the window that is still to come, if the length fits in it."""
    start = max(awaited.window.start, now())
    if awaited.window.end <= start:
        raise InvalidInput(("to", "past"))
    window = Span(start, awaited.window.end)
    if window.minutes < awaited.minutes:
        raise InvalidInput(("to", "too_soon"))
    if window.length.days > MOST_DAYS:
        raise InvalidInput(("to", "window_too_long"), days=MOST_DAYS)
    return window


def _candidates(awaited: Awaited) -> Sequence[Equipment]:
    if awaited.equipment_id is not None:
        found: Sequence[Equipment] = list_equipment_with_place([awaited.equipment_id])
    elif awaited.category_id is not None:
        found = list_of_category(awaited.category_id, awaited.lab_id)
    else:
        raise InvalidInput(("equipment", "required"))
    if not found:
        raise NotFound
    return found


def _offering(
    candidates: Sequence[Equipment], mode: Mode, awaited: Awaited, window: Span, organisation: Organisation
) -> Sequence[Free]:
    """What offers the way of working, with the time that is free. Raises OutsidePolicy where none does."""
    offering = [one for one in candidates if mode in one.modes]
    found = list_free(
        equipment=offering or candidates,
        window=window,
        minutes=awaited.minutes,
        quantity=awaited.quantity,
        spans=1,
        is_internal=organisation.user_class is UserClass.INTERNAL,
        mode=mode,
    )
    if not offering:
        wish = Wish([Want(found[0].equipment.id)], window, mode.value, asked_at=now())
        raise OutsidePolicy((mode_offered(wish, found[0].things),))
    return found


def _refuse_what_is_free(found: Sequence[Free], awaited: Awaited, window: Span) -> None:
    """Nobody shall wait for what can be booked, nor for what no calendar would ever hold."""
    fitting = min((one for one in found if one.spans), key=lambda one: one.spans[0].start, default=None)
    if fitting is not None:
        raise StillFree(fitting.equipment.id, fitting.spans[0].starting(awaited.minutes))
    reasons = [
        why_none(
            one.things,
            window=window,
            quantity=awaited.quantity,
            minutes=awaited.minutes,
            asked_at=now(),
        )
        for one in found
    ]
    never = [reason for reason in reasons if reason is not None and reason.code not in MAY_CHANGE]
    if len(never) == len(found):
        raise OutsidePolicy(tuple(never))
