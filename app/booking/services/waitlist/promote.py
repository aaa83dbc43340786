"""Whose turn it is: what became free is held for the first who waits and may have it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.booking.events import WaitlistOffered
from app.booking.models import Outcome, WaitlistEntry, WaitlistOffer
from app.booking.queries.standing import Comers
from app.booking.queries.things import list_equipment_with_place, things_for, working_week
from app.booking.queries.waitlist import list_waiting_for, serving
from app.booking.rules.facts import Things, Want, Wish
from app.booking.rules.grid import on_grid_within
from app.booking.rules.hours import after_open_minutes
from app.booking.rules.openings import bookable_spans
from app.booking.rules.waiting import WaitVerb, openings_left
from app.booking.services.evaluate import evaluate
from app.booking.services.waitlist.states import enter, held_by, tell
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment
from app.occupancy.rules.peaks import Taken
from app.occupancy.services import claims

LONGEST_HOLD = timedelta(days=30)
"""As far ahead as the working time of a hold is looked for."""
TRIES = 3
"""So many places on one equipment are tried for an entry: rules may speak against the first."""


@unit_of_work
def offer_freed(equipment_ids: Collection[int]) -> int:
    """Hold free time of these for who waits for it, those who came first before the others; how many.

    Called where time is given back, in the same transaction, so that nobody can step in between. In the
    normal case, where nobody waits, three short queries.
    """
    equipment = list_equipment_with_place(equipment_ids)
    if not list_waiting_for(equipment, now()):
        return 0
    claims.lock([one.id for one in equipment])
    # Read again: the queue may have moved while the lock was waited for.
    waiting = list_waiting_for(equipment, now(), for_update=True)
    if not waiting:
        return 0
    things, would_do = things_for(equipment, _reach(waiting)), serving(waiting)
    return sum(
        _offer(entry, [one for one in equipment if one.id in would_do[entry.id]], things) for entry in waiting
    )


def with_room(equipment_ids: Collection[int]) -> set[int]:
    """Which of these have time that would do for somebody who waits, whoever may have it. Locks nothing."""
    equipment = list_equipment_with_place(equipment_ids)
    waiting = list_waiting_for(equipment, now())
    if not waiting:
        return set()
    things, would_do = things_for(equipment, _reach(waiting)), serving(waiting)
    return {
        id_ for entry in waiting for id_ in would_do[entry.id] & things.keys() if _places(entry, things[id_])
    }


def _reach(waiting: Sequence[WaitlistEntry]) -> Span:
    return Span(
        max(now(), min(entry.wanted_from for entry in waiting)), max(entry.wanted_to for entry in waiting)
    )


def _offer(entry: WaitlistEntry, equipment: Sequence[Equipment], things: dict[int, Things]) -> bool:
    """Hold the first time that would do, if there is one; `things` then know that it is taken."""
    for one in equipment:
        for span in _places(entry, things[one.id]):
            wish = Wish([Want(one.id, entry.quantity)], span, entry.mode.value, asked_at=now())
            found = evaluate(
                wish=wish,
                equipment=[one],
                organisation=entry.organisation,
                comers=Comers(entry.user_id),
            )
            if found.allowed:
                offer = _hold(entry, one, found.things[one.id], span)
                taken = [*things[one.id].taken, Taken(offer.claimed, entry.quantity, "hold")]
                things[one.id] = replace(things[one.id], taken=sorted(taken, key=lambda each: each.span))
                return True
    return False


def _places(entry: WaitlistEntry, thing: Things) -> list[Span]:
    """Where it would fit, without the times that were let go before."""
    if entry.mode not in thing.modes or entry.wanted_to <= now():
        return []
    window = Span(max(now(), entry.wanted_from), entry.wanted_to)
    spans = bookable_spans(
        thing, window=window, quantity=entry.quantity, minutes=entry.minutes, asked_at=now()
    )
    gone = [
        offer.span
        for offer in entry.offers
        if offer.equipment_id == thing.equipment_id and offer.outcome is not Outcome.OPEN
    ]
    length, grid, zone = timedelta(minutes=entry.minutes), thing.rules.grid_minutes, thing.week.zone
    left = openings_left(spans, gone, entry.minutes)
    places = [on_grid_within(one, length, grid, zone) for one in left]
    return [place.starting(entry.minutes) for place in places if place is not None][:TRIES]


def _hold(entry: WaitlistEntry, equipment: Equipment, thing: Things, span: Span) -> WaitlistOffer:
    claimed = thing.claimed(span)
    offer = WaitlistOffer(
        entry=entry,
        equipment=equipment,
        starts_at=span.start,
        ends_at=span.end,
        claimed_from=claimed.start,
        claimed_to=claimed.end,
        offered_at=now(),
        expires_at=_held_until(equipment, thing, span),
        outcome=Outcome.OPEN,
    )
    enter(entry, WaitVerb.OFFER)
    db.session.add(offer)
    db.session.flush()
    claims.replace({held_by(offer): [claims.Wanted(equipment.id, claimed, entry.quantity)]})
    tell(
        WaitlistOffered,
        entry,
        None,
        offer_id=offer.id,
        starts_at=span.start,
        ends_at=span.end,
        expires_at=offer.expires_at,
    )
    return offer


def _held_until(equipment: Equipment, thing: Things, span: Span) -> datetime:
    """The lab's holding time, in its site's working hours; until it would begin at the latest."""
    ahead = Span(now(), now() + LONGEST_HOLD)
    week = working_week(equipment.lab.site, ahead)
    return min(after_open_minutes(ahead, thing.rules.hold_minutes, week), span.start)
