"""What lies around a request on its day, for who decides: a lane for each equipment, and its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.accounts.models import User
from app.booking.models import Occurrence
from app.booking.pages.bars import Row, bars_of
from app.booking.queries.calendar import Entry, list_entries
from app.booking.rules.facts import Things
from app.core.spans import Span
from app.core.zones import day_span
from app.inventory.models import Equipment
from app.web.scale import Scale, day_scale


@dataclass(frozen=True)
class Around:
    """One local day on one scale."""

    day: date
    scale: Scale
    taken: Sequence[tuple[Equipment, Row]]
    """What others have, by equipment."""
    own: Row
    """The request, with its set-up and clean-up."""


def around(viewer: User, asked: Occurrence, things: Mapping[int, Things]) -> Around:
    """The day on which the request begins, as far as the viewer may see it. `things`: what is known of its
    equipment around that day.
    """
    equipment = [item.equipment for item in asked.items]
    zone = equipment[0].lab.site.zone
    day = asked.starts_at.astimezone(zone).date()
    window = day_span(day, zone)
    openings = {one.id: things[one.id].week.open_spans(window) for one in equipment}
    entries = list_entries(viewer, window, equipment_ids=[one.id for one in equipment])
    open_at = [span for spans in openings.values() for span in spans]
    scale = day_scale(day, zone, [*open_at, *(entry.claimed for entry in entries)])
    own, others = _apart(entries, asked)
    return Around(
        day,
        scale,
        [(one, _row(one, others, scale, things[one.id].capacity, openings[one.id])) for one in equipment],
        Row(equipment[0].id, bars_of(_longest(own), scale, 1, [window])),
    )


def _row(
    one: Equipment, entries: Sequence[Entry], scale: Scale, capacity: int, open_at: Sequence[Span]
) -> Row:
    its = [entry for entry in entries if entry.equipment_id == one.id]
    return Row(one.id, bars_of(its, scale, capacity, open_at))


def _apart(entries: Sequence[Entry], asked: Occurrence) -> tuple[list[Entry], list[Entry]]:
    """The entries of the request itself, and the others."""
    own = [e for e in entries if e.reference == asked.booking.reference and e.span == asked.span]
    return own, [entry for entry in entries if entry not in own]


def _longest(own: Sequence[Entry]) -> list[Entry]:
    """One entry for the request, though it has one on each equipment: that with the widest buffers."""
    return sorted(own, key=lambda entry: entry.claimed.length)[-1:]
