"""What the rules look at: the wish, and what is known of each thing it asks for. Pure values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.booking.rules.hours import Week
from app.booking.rules.policy import Rules
from app.core.spans import Span
from app.occupancy.rules.peaks import Taken

LAST_MINUTE = timedelta(minutes=1)
"""Of an opening: the last in which a job that runs on may begin."""


@dataclass(frozen=True, order=True, slots=True)
class Want:
    """So many of one equipment."""

    equipment_id: int
    quantity: int = 1


def merged(wants: Iterable[Want]) -> tuple[Want, ...]:
    """The same wants with each equipment once, in order; one that is named twice is added up."""
    quantities: dict[int, int] = {}
    for want in wants:
        quantities[want.equipment_id] = quantities.get(want.equipment_id, 0) + want.quantity
    return tuple(Want(equipment_id, quantity) for equipment_id, quantity in sorted(quantities.items()))


@dataclass(frozen=True)
class Wish:
    """One date of a request: everything wanted, together, during `span` (without buffers)."""

    wants: Sequence[Want]
    span: Span
    mode: str
    asked_at: datetime
    """Notice and horizon count from here."""


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
    single_unit: bool = True
    """Whether single units could serve it throughout, when the counts fit."""

    @property
    def usable(self) -> bool:
        """Whether there is anything to use: in service, and not every unit of it away."""
        return self.in_service and self.capacity > 0

    def room(self, window: Span, length: timedelta) -> list[Span]:
        """Inside which spans of the window a booking of this length keeps to the opening hours.

        The whole of it inside one opening; where jobs may run on, it only has to begin in one.
        """
        openings = self.week.open_spans(window)
        if not self.rules.outside_hours:
            return openings
        return [Span(opening.start, opening.end - LAST_MINUTE + length) for opening in openings]

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
