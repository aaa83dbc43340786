"""Whose turn it is: what became free is held for the first who waits and may have it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from app.booking.events import WaitlistOffered
from app.booking.models import HeldItem, Outcome, WaitlistEntry, WaitlistOffer
from app.booking.queries.along import Along
from app.booking.queries.hours import working_week
from app.booking.queries.standing import Comers
from app.booking.queries.things import list_equipment_with_place, things_for
from app.booking.queries.waitlist import list_waiting_for, serving
from app.booking.rules.facts import Things, Want, Wish
from app.booking.rules.grid import on_grid_within
from app.booking.rules.hours import after_open_minutes
from app.booking.rules.openings import common_spans
from app.booking.rules.waiting import WaitVerb, openings_left
from app.booking.services.evaluate import Evaluation, evaluate
from app.booking.services.waitlist.states import enter, held_by, held_claims, tell
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment
from app.inventory.queries.requirements import ids_needing
from app.occupancy.rules.peaks import Taken
from app.occupancy.services import claims

LONGEST_HOLD = timedelta(days=30)
"""As far ahead as the working time of a hold is looked for."""
TRIES = 3
"""So many places on one equipment are tried for an entry: rules may speak against the first."""


@unit_of_work
def offer_freed(equipment_ids: Collection[int]) -> int:
    """Hold free time of these for who waits for it, those who came first before the others; how many.

    Who waits for what takes one of these along is looked at as well. Called where time is given back, in
    the same transaction, so that nobody can step in between. In the normal case, where nobody waits, four
    short queries.
    """
    equipment = list_equipment_with_place(ids_needing(equipment_ids))
    if not list_waiting_for(equipment, now()):
        return 0
    there = _Around.of(equipment)
    claims.lock(there.equipment.keys())
    # Read again: the queue may have moved while the lock was waited for.
    waiting = list_waiting_for(equipment, now(), for_update=True)
    if not waiting:
        return 0
    there.look(_reach(waiting))
    would_do = serving(waiting)
    return sum(
        _offer(entry, [one for one in equipment if one.id in would_do[entry.id]], there) for entry in waiting
    )


def with_room(equipment_ids: Collection[int]) -> set[int]:
    """Which of these have time that would do for somebody who waits, whoever may have it. Locks nothing."""
    equipment = list_equipment_with_place(equipment_ids)
    waiting = list_waiting_for(equipment, now())
    if not waiting:
        return set()
    there, would_do = _Around.of(equipment), serving(waiting)
    there.look(_reach(waiting))
    ids = {one.id for one in equipment}
    return {id_ for entry in waiting for id_ in would_do[entry.id] & ids if there.places(entry, id_)}


@dataclass
class _Around:
    """What could be held, and all that comes along with it."""

    equipment: dict[int, Equipment]
    along: Along
    things: dict[int, Things] = field(default_factory=dict)

    @classmethod
    def of(cls, equipment: Collection[Equipment]) -> Self:
        along = Along([one.id for one in equipment])
        more = along.ids - {one.id for one in equipment}
        every = [*equipment, *(list_equipment_with_place(more) if more else ())]
        return cls({one.id: one for one in every}, along)

    def look(self, window: Span) -> None:
        """Read what is taken in the window."""
        self.things = things_for(self.equipment.values(), window)

    def wants(self, entry: WaitlistEntry, equipment_id: int) -> tuple[Want, ...]:
        """What would be held for the entry."""
        return self.along.with_all([Want(equipment_id, entry.quantity)], entry.mode)

    def places(self, entry: WaitlistEntry, equipment_id: int) -> list[Span]:
        """Where it would fit with all that comes along, without the times that were let go before."""
        thing = self.things[equipment_id]
        if entry.mode not in thing.modes or entry.wanted_to <= now():
            return []
        spans = common_spans(
            self.wants(entry, equipment_id),
            self.things,
            window=Span(max(now(), entry.wanted_from), entry.wanted_to),
            minutes=entry.minutes,
            asked_at=now(),
        )
        gone = [
            offer.span
            for offer in entry.offers
            if offer.equipment_id == equipment_id and offer.outcome is not Outcome.OPEN
        ]
        length, grid, zone = timedelta(minutes=entry.minutes), thing.rules.grid_minutes, thing.week.zone
        left = openings_left(spans, gone, entry.minutes)
        places = [on_grid_within(one, length, grid, zone) for one in left]
        return [place.starting(entry.minutes) for place in places if place is not None][:TRIES]

    def take(self, offer: WaitlistOffer) -> None:
        """From here on what is held is not free any more."""
        for id_, claim in held_claims(offer).items():
            taken = [*self.things[id_].taken, Taken(claim.span, claim.quantity, "hold")]
            self.things[id_] = replace(self.things[id_], taken=sorted(taken, key=lambda each: each.span))


def _reach(waiting: Sequence[WaitlistEntry]) -> Span:
    return Span(
        max(now(), min(entry.wanted_from for entry in waiting)), max(entry.wanted_to for entry in waiting)
    )


def _offer(entry: WaitlistEntry, equipment: Sequence[Equipment], there: _Around) -> bool:
    """Hold the first time that would do, if there is one; what is known then says that it is taken."""
    for one in equipment:
        wants = there.wants(entry, one.id)
        for span in there.places(entry, one.id):
            found = evaluate(
                wish=Wish(wants, span, entry.mode.value, asked_at=now()),
                equipment=[there.equipment[want.equipment_id] for want in wants],
                organisation=entry.organisation,
                comers=Comers(entry.user_id),
            )
            if found.allowed:
                there.take(_hold(entry, found))
                return True
    return False


def _hold(entry: WaitlistEntry, found: Evaluation) -> WaitlistOffer:
    span, first = found.wish.span, found.equipment[0]
    claimed = found.things[first.id].claimed(span)
    offer = WaitlistOffer(
        entry=entry,
        equipment=first,
        equipment_id=first.id,
        starts_at=span.start,
        ends_at=span.end,
        claimed_from=claimed.start,
        claimed_to=claimed.end,
        offered_at=now(),
        expires_at=_held_until(first, found.things[first.id], span),
        outcome=Outcome.OPEN,
        along=[_along(want, found) for want in found.wish.wants if want.is_required],
    )
    enter(entry, WaitVerb.OFFER)
    db.session.add(offer)
    db.session.flush()
    claims.replace({held_by(offer): list(held_claims(offer).values())})
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


def _along(want: Want, found: Evaluation) -> HeldItem:
    claimed = found.things[want.equipment_id].claimed(found.wish.span)
    return HeldItem(
        equipment_id=want.equipment_id,
        quantity=want.quantity,
        claimed_from=claimed.start,
        claimed_to=claimed.end,
    )


def _held_until(equipment: Equipment, thing: Things, span: Span) -> datetime:
    """The lab's holding time, in its site's working hours; until it would begin at the latest."""
    ahead = Span(now(), now() + LONGEST_HOLD)
    week = working_week(equipment.lab.site, ahead)
    return min(after_open_minutes(ahead, thing.rules.hold_minutes, week), span.start)
