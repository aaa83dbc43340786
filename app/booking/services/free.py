"""Finding time: where a wish fits, and what else would do when it does not."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from app.booking.queries.along import Along
from app.booking.queries.things import list_equipment_with_place, list_same_category, things_for
from app.booking.rules.facts import Things, Want, Wish
from app.booking.rules.openings import common_spans, nearest
from app.booking.services.evaluate import Evaluation
from app.core.clock import now
from app.core.spans import Span
from app.inventory.models import Equipment, Mode
from app.occupancy.rules.peaks import peak

STEP_MINUTES = 15
SPANS_EACH = 5
DAYS_AROUND = timedelta(days=7)
OTHER_TIMES = 3
OTHER_EQUIPMENT = 3


@dataclass(frozen=True)
class Alternative:
    """Something that could be asked for instead, and would be free."""

    wants: tuple[Want, ...]
    span: Span


@dataclass(frozen=True)
class Free:
    """When an equipment could be booked."""

    equipment: Equipment
    spans: tuple[Span, ...]
    """With all that comes along with it."""
    things: Things
    minutes: int = 0
    """How long the booking would be: as asked for, or as long as the samples take here."""

    def holds(self, span: Span) -> bool:
        """Whether a booking of this very span could be had."""
        return any(free.contains(span) for free in self.spans) and self.things.keeps_to_grid(span)

    def quantity_in(self, span: Span) -> int:
        """How many are free throughout the span, set-up and clean-up included."""
        return self.things.capacity - peak(self.things.claimed(span), self.things.taken)


@dataclass(frozen=True)
class Known:
    """What is read to find free time: of the equipment, and of all that may come along with it."""

    equipment: Sequence[Equipment]
    along: Along
    things: dict[int, Things]


def known_of(
    equipment: Sequence[Equipment],
    window: Span,
    *,
    is_internal: bool = False,
    with_samples: bool = False,
    hours_in: Span | None = None,
) -> Known:
    """Read it of equipment with its place loaded; `hours_in` as for things_for. `is_internal`: for the
    university's own people, who may see further ahead where the lab says so. A fixed number of queries,
    however many equipment.
    """
    along = Along([one.id for one in equipment])
    more = along.ids - {one.id for one in equipment}
    every = [*equipment, *(list_equipment_with_place(more) if more else ())]
    things = things_for(every, window, with_samples=with_samples, hours_in=hours_in)
    return Known(equipment, along, _seen(things, is_internal=is_internal))


def list_free(
    *,
    equipment: Sequence[Equipment],
    window: Span,
    minutes: int,
    quantity: int = 1,
    spans: int = SPANS_EACH,
    is_internal: bool = False,
    mode: str | None = None,
    samples: int | None = None,
) -> list[Free]:
    """For each equipment (with its place loaded) the first spans in which it could be booked, and with it
    all that comes along in this way of working (None: in every way).

    None free is an empty tuple. So many `samples` may take longer than `minutes`. `is_internal` as for
    known_of.
    """
    known = known_of(equipment, window, is_internal=is_internal, with_samples=bool(samples))
    found = []
    for one in equipment:
        least = _least(known.things[one.id], window, samples) if samples else 0
        found.append(free_of(one, known, window, max(minutes, least), quantity, spans=spans, mode=mode))
    return found


def free_of(
    one: Equipment,
    known: Known,
    window: Span,
    minutes: int,
    quantity: int = 1,
    *,
    spans: int = SPANS_EACH,
    mode: str | None = None,
) -> Free:
    """The first spans of these minutes in which one of the known equipment could be booked."""
    wants = known.along.with_all([Want(one.id, quantity)], mode)
    free = common_spans(wants, known.things, window=window, minutes=minutes, asked_at=now())
    return Free(one, tuple(free[:spans]), known.things[one.id], minutes)


def list_together(
    *,
    equipment: Sequence[Equipment],
    window: Span,
    minutes: int,
    spans: int = SPANS_EACH,
    is_internal: bool = False,
    mode: str | None = None,
) -> list[Span]:
    """The first spans in which one of each of this equipment could be booked together, with all that
    comes along.
    """
    known = known_of(equipment, window, is_internal=is_internal)
    wants = known.along.with_all([Want(one.id) for one in equipment], mode)
    return common_spans(wants, known.things, window=window, minutes=minutes, asked_at=now())[:spans]


def _least(thing: Things, window: Span, samples: int) -> int:
    """How long so many samples take here."""
    wish = Wish([Want(thing.equipment_id)], window, Mode.SAMPLES, asked_at=window.start, samples=samples)
    return thing.least_minutes(wish)


def alternatives_to(found: Evaluation) -> list[Alternative]:
    """What is nearest to a refused wish: other times for the same things, then other equipment.

    Reads after the refusal, all of it at once, and promises nothing: the request decides.
    """
    wish = found.wish
    others = list_same_category(wish.asked[0].equipment_id) if len(wish.asked) == 1 else []
    wanted = list_equipment_with_place([want.equipment_id for want in wish.wants])
    around = wish.span.widen(DAYS_AROUND, DAYS_AROUND)
    known = known_of([*wanted, *others], around, is_internal=_is_internal(found))
    return [*_other_times(wish, known.things, around), *_other_equipment(wish, others, known)]


def _is_internal(found: Evaluation) -> bool:
    return all(thing.standing.is_internal for thing in found.things.values())


def _seen(things: dict[int, Things], *, is_internal: bool) -> dict[int, Things]:
    """The things as far ahead as these people may ask."""
    return {
        id_: replace(thing, standing=replace(thing.standing, is_internal=is_internal))
        for id_, thing in things.items()
    }


def _other_times(wish: Wish, things: Mapping[int, Things], around: Span) -> list[Alternative]:
    common = common_spans(
        wish.wants, things, window=around, minutes=wish.span.minutes, asked_at=wish.asked_at
    )
    asked = [things[want.equipment_id] for want in wish.asked]
    found = nearest(
        common,
        wish.span,
        step=step_of(asked),
        count=OTHER_TIMES,
        fits=lambda span: all(thing.keeps_to_grid(span) for thing in asked),
    )
    return [Alternative(wish.asked, span) for span in found]


def step_of(things: Collection[Things]) -> timedelta:
    """How finely times are looked at: every start that is on all grids and on a usual one is among them."""
    minutes = math.gcd(STEP_MINUTES, *(thing.rules.grid_minutes for thing in things))
    return timedelta(minutes=minutes)


def _other_equipment(wish: Wish, others: Sequence[Equipment], known: Known) -> list[Alternative]:
    """Equipment of the same category that is free at the very time; only for a wish for one thing."""
    if not others:
        return []
    (want,) = wish.asked
    free = [
        free_of(one, known, wish.span, wish.span.minutes, want.quantity, mode=wish.mode)
        for one in others
        if wish.mode in one.modes
    ]
    fitting = [one.equipment for one in free if one.holds(wish.span)]
    return [Alternative((Want(one.id, want.quantity),), wish.span) for one in fitting[:OTHER_EQUIPMENT]]
