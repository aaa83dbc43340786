"""What the rules look at: the wish, and what is known of each thing it asks for. Pure values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from app.booking.rules.grid import keeps_to_grid
from app.booking.rules.hours import Week
from app.booking.rules.policy import Rules
from app.booking.rules.standing import Standing
from app.core.spans import Span
from app.inventory.rules.states import Mode
from app.occupancy.rules.peaks import Taken

LONGEST_MINUTES = 10 * 366 * 24 * 60
"""Longer than any booking may be."""
LAST_MINUTE = timedelta(minutes=1)
"""Of an opening: the last in which a job that runs on may begin."""


@dataclass(frozen=True, order=True, slots=True)
class Want:
    """So many of one equipment."""

    equipment_id: int
    quantity: int = 1
    is_required: bool = False
    """Nobody asked for it by name: it comes along with something that needs it."""


def merged(wants: Iterable[Want]) -> tuple[Want, ...]:
    """The same wants with each equipment once, in order; one that is named twice is added up."""
    quantities: dict[int, int] = {}
    for want in wants:
        quantities[want.equipment_id] = quantities.get(want.equipment_id, 0) + want.quantity
    return tuple(Want(equipment_id, quantity) for equipment_id, quantity in sorted(quantities.items()))


@dataclass(frozen=True)
class Wish:
    """One date of a request: everything wanted and what comes along, together, during `span` (without
    buffers)."""

    wants: Sequence[Want]
    span: Span
    mode: str
    asked_at: datetime
    """Notice and horizon count from here."""
    samples: int | None = None
    """How many are sent in, in the mode samples; None: nobody has said."""
    has_hazards: bool = False
    """The samples that are sent in are said to be dangerous."""
    before: Sequence[Span] = ()
    """Earlier dates of the same request, for the same things: a quota counts them as well."""

    @property
    def asked(self) -> tuple[Want, ...]:
        """What was asked for by name."""
        return tuple(want for want in self.wants if not want.is_required)


@dataclass(frozen=True)
class Things:
    """What is known of one equipment when the rules are asked."""

    equipment_id: int
    lab_id: int
    rules: Rules
    week: Week
    modes: Sequence[str]
    in_service: bool
    capacity: int
    taken: Sequence[Taken]
    """What others have claimed around the span, buffers included."""
    rivals: Sequence[Taken] = ()
    """What others ask for, and have not got: only where requests compete."""
    fixed: Sequence[Span] = ()
    """When single units cannot be exchanged for others, where that was asked for."""
    single_unit: bool = True
    """Whether single units could serve it throughout, when the counts fit."""
    standing: Standing = field(default_factory=Standing)
    """What is known of who asks, where this equipment is concerned."""
    sample_minutes: Sequence[tuple[int, int]] = ()
    """Up to so many samples take so many minutes, the fewest first."""
    is_lent_alone: bool = True

    def as_required(self) -> Self:
        """The same as something that comes along: for how long, from when on the clock and in which way
        somebody works is said by what was asked for, and quotas count only that."""
        rules = replace(self.rules, min_minutes=1, max_minutes=LONGEST_MINUTES, grid_minutes=1)
        standing = replace(self.standing, quotas=())
        return replace(self, rules=rules, modes=tuple(Mode), sample_minutes=(), standing=standing)

    @property
    def usable(self) -> bool:
        """Whether there is anything to use: in service, and not every unit of it away."""
        return self.in_service and self.capacity > 0

    @property
    def horizon_days(self) -> int:
        """How far ahead who asks may ask."""
        return self.rules.horizon_for(is_internal=self.standing.is_internal)

    def room(self, window: Span, length: timedelta) -> list[Span]:
        """Inside which spans of the window a booking of this length keeps to the opening hours.

        The whole of it inside one opening; where jobs may run on, it only has to begin in one.
        """
        openings = self.week.open_spans(window)
        if not self.rules.outside_hours:
            return openings
        return [Span(opening.start, opening.end - LAST_MINUTE + length) for opening in openings]

    def least_minutes(self, wish: Wish) -> int:
        """The shortest booking that the wish could be: long enough for its samples."""
        if wish.mode != Mode.SAMPLES or not wish.samples or not self.sample_minutes:
            return self.rules.min_minutes
        needed = next((minutes for most, minutes in self.sample_minutes if wish.samples <= most), None)
        if needed is None:
            most, minutes = self.sample_minutes[-1]
            needed = -(-wish.samples // most) * minutes  # more than fit in one go: so many goes
        return max(self.rules.min_minutes, needed)

    def keeps_to_grid(self, span: Span) -> bool:
        return keeps_to_grid(span, self.rules.grid_minutes, self.week.zone)

    def claimed(self, span: Span) -> Span:
        """The span with this equipment's set-up and clean-up."""
        before, after = self.rules.setup_minutes, self.rules.cleanup_minutes
        return span.widen(timedelta(minutes=before), timedelta(minutes=after))


@dataclass(frozen=True)
class Asker:
    """What is known of the organisation that asks."""

    is_verified: bool
    open_requests: int | None
    """Requests it has waiting; None where it asks for nothing more, only for another time or an answer."""
