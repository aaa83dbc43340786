"""Where dates could go that have to give way: at the same time on equipment like it, or at another time.

Looked for in one go: what one date would take is not offered to the next. Reads only, and promises
nothing; whoever puts a date there asks every rule again.
"""

from bisect import bisect_right, insort
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.accounts.models import Role, User
from app.booking.models import Occurrence, OccurrenceItem, OccurrenceState, WaitlistOffer
from app.booking.permissions import LAB_STAFF
from app.booking.queries.along import Along
from app.booking.queries.outages import list_like
from app.booking.queries.things import list_equipment_with_place, things_for
from app.booking.rules.facts import Things, Want
from app.booking.rules.openings import bookable_spans, common_spans, nearest
from app.booking.services.coming import wants_of
from app.booking.services.free import step_of
from app.booking.services.transitions import sources_of
from app.booking.services.waitlist.states import held_by
from app.core.clock import now
from app.core.spans import Span
from app.inventory.models import Equipment
from app.occupancy.models import LONGEST_CLAIM
from app.occupancy.rules.peaks import Taken

DAYS_AFTER = timedelta(days=14)
"""So far behind a date another time for it is looked for."""
EVERYWHERE = (Role.ADMIN,)


@dataclass(frozen=True)
class Place:
    """Where a date could go."""

    span: Span
    instead: Mapping[int, int] = field(default_factory=dict)
    """By the id of what fails: the equipment that would be used instead."""


def find_places(
    actor: User,
    dates: Sequence[Occurrence],
    failing: Sequence[Equipment],
    takes: Mapping[int, Sequence[Taken]],
    offers: Collection[WaitlistOffer] = (),
) -> dict[int, Place]:
    """A place for each date that has one, by its id; who is named first chooses first.

    `failing` is what they have to leave, `takes` what is not to be had of it. Equipment instead of it
    only where the actor belongs to the staff: another lab would have to be asked.
    """
    if not dates:
        return {}
    search = _Search(actor, dates, failing, takes, offers)
    found = {}
    for date in dates:
        place = search.same_time(date) or search.other_time(date)
        if place is not None:
            search.take(date, place)
            found[date.id] = place
    return found


class _Search:
    """All that is known of what they could use, and of what was chosen so far."""

    def __init__(
        self,
        actor: User,
        dates: Sequence[Occurrence],
        failing: Sequence[Equipment],
        takes: Mapping[int, Sequence[Taken]],
        offers: Collection[WaitlistOffer],
    ) -> None:
        labs = None if actor.has_role(*EVERYWHERE) else actor.lab_ids(*LAB_STAFF)
        self.failing = {one.id: one for one in failing}
        self.alike = list_like(failing, labs)
        known = {one.id for one in (*failing, *self.alike)}
        others = {item.equipment_id for date in dates for item in date.items} - known
        equipment = [*failing, *self.alike, *list_equipment_with_place(others)]
        window = Span(now(), max(date.ends_at for date in dates) + DAYS_AFTER)
        without = [*sources_of(dates), *(held_by(offer) for offer in offers)]
        things = things_for(equipment, window, without=without)
        for id_, its in takes.items():
            away = [replace(one, span=piece) for one in its for piece in one.span.pieces(LONGEST_CLAIM)]
            things[id_] = replace(things[id_], taken=sorted([*things[id_].taken, *away], key=_start))
        self.things = things
        self.along = Along([one.id for one in self.alike])
        self.taken = {id_: list(one.taken) for id_, one in things.items()}

    def same_time(self, date: Occurrence) -> Place | None:
        """On equipment of the same kind; not where the company has to agree to another time anyway."""
        if date.state is OccurrenceState.PROPOSED:
            return None
        has = {item.equipment_id for item in date.items}
        instead: dict[int, int] = {}
        for item in date.items:
            if item.equipment_id not in self.failing:
                if not self._is_free(item, item.equipment_id, date):
                    return None
                continue
            if item.is_required:
                return None  # a room or an operator is not exchanged without asking
            other = next(
                (
                    one.id
                    for one in self._like(self.failing[item.equipment_id])
                    if one.id not in has | set(instead.values())
                    and date.booking.mode in self.things[one.id].modes
                    and self._has_all_for(one.id, item.quantity, date)
                    and self._is_free(item, one.id, date)
                ),
                None,
            )
            if other is None:
                return None
            instead[item.equipment_id] = other
        return Place(date.span, instead)

    def other_time(self, date: Occurrence) -> Place | None:
        """On the same things, as soon after its time as notice allows: nobody has to be ready earlier."""
        window = Span(max(now(), date.starts_at), date.ends_at + DAYS_AFTER)
        near = {item.equipment_id: self._near(item.equipment_id, window) for item in date.items}
        common = common_spans(
            wants_of(date.items), near, window=window, minutes=date.span.minutes, asked_at=now()
        )
        things = [self.things[item.equipment_id] for item in date.asked]
        found = nearest(
            common,
            date.span,
            step=step_of(things),
            count=1,
            fits=lambda span: all(thing.keeps_to_grid(span) for thing in things),
        )
        return Place(found[0]) if found else None

    def take(self, date: Occurrence, place: Place) -> None:
        """From here on this is not free any more."""
        for item in date.items:
            id_ = place.instead.get(item.equipment_id, item.equipment_id)
            for piece in self.things[id_].claimed(place.span).pieces(LONGEST_CLAIM):
                insort(self.taken[id_], Taken(piece, item.quantity), key=_start)

    def _like(self, equipment: Equipment) -> list[Equipment]:
        """What could be used instead, of its own lab first."""
        same = [one for one in self.alike if one.category_id == equipment.category_id]
        return sorted(same, key=lambda one: (one.lab_id != equipment.lab_id, one.id))

    def _is_free(self, item: OccurrenceItem, equipment_id: int, date: Occurrence) -> bool:
        """Whether the item could have its number of this equipment at the date's time."""
        near, span = self._near(equipment_id, date.span), date.span
        thing = near.as_required() if item.is_required else near
        if not thing.keeps_to_grid(span):
            return False
        spans = bookable_spans(
            thing, window=span, quantity=item.quantity, minutes=span.minutes, asked_at=date.requested_at
        )
        return any(one.contains(span) for one in spans)

    def _has_all_for(self, equipment_id: int, quantity: int, date: Occurrence) -> bool:
        """Whether the date has all that so many of this would take along."""
        has = {item.equipment_id: item.quantity for item in date.items}
        wants = self.along.with_all([Want(equipment_id, quantity)], date.booking.mode)
        return all(has.get(want.equipment_id, 0) >= want.quantity for want in wants if want.is_required)

    def _near(self, equipment_id: int, window: Span) -> Things:
        """The thing with such claims only as can be in the way there: a year has thousands."""
        thing, taken = self.things[equipment_id], self.taken[equipment_id]
        claimed = thing.claimed(window)
        first = bisect_right(taken, claimed.start - LONGEST_CLAIM, key=_start)
        last = bisect_right(taken, claimed.end, key=_start)
        return replace(thing, taken=taken[first:last])


def _start(taken: Taken) -> datetime:
    return taken.span.start
