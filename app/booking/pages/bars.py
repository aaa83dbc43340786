"""What is drawn on a timeline: entries of the calendar as bars. Pure; words come from the template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.booking.queries.calendar import Entry
from app.core.spans import Span
from app.occupancy.models import ClaimKind
from app.occupancy.rules.peaks import Taken, levels
from app.web.scale import Place, Scale

LOOKS = {
    ClaimKind.HOLD: "prop",
    ClaimKind.MAINTENANCE: "care",
    ClaimKind.OUTAGE: "out",
    ClaimKind.CLOSURE: "out",
    ClaimKind.TIMETABLE: "teach",
}
LOOKS_OF_STATES = {
    "requested": "wait",
    "proposed": "prop",
    "in_use": "use",
    "completed": "done",
    "no_show": "done",
}
EIGHTHS = 8
MOST_LANES = 4
"""Drawn of one row; more requests than that lie over each other in the last."""


@dataclass(frozen=True)
class Bar:
    """One thing on a lane. `look` is how it is drawn and which word it gets."""

    place: Place
    look: str
    span: Span
    entry: Entry | None = None
    taken: int = 0
    capacity: int = 0
    lane: int = 1
    """Requests that compete stand below each other: which of the row's lanes, from 1."""

    @property
    def level(self) -> int:
        """How full a pool is, in eighths; something is at least one."""
        return max(1, round(EIGHTHS * self.taken / self.capacity)) if self.capacity else 0


@dataclass(frozen=True)
class Row:
    """A lane of a timeline: an equipment on a day, or a day of an equipment."""

    equipment_id: int
    bars: Sequence[Bar]
    day: datetime | None = None
    free_from: datetime | None = None
    """The next instant today at which it is free while the lab is open; None: not any more."""
    is_open: bool = True
    """Whether the lab opens at all in the window."""
    rivals: int = 0
    """How many requests stand in one another's way."""

    @property
    def lanes(self) -> int:
        return max((bar.lane for bar in self.bars), default=1)


def look_of(entry: Entry) -> str:
    if entry.kind is not ClaimKind.BOOKING:
        return LOOKS[entry.kind]
    look = LOOKS_OF_STATES.get(entry.state or "", "busy")
    return "mine" if look == "busy" and entry.is_mine else look


def bars_of(entries: Iterable[Entry], scale: Scale, capacity: int, openings: Sequence[Span]) -> list[Bar]:
    """The bars of one equipment in the scale: closed hours, then what is taken with its buffers."""
    closed = [
        Bar(place, "shut", span)
        for span in scale.window.minus(openings)
        if (place := scale.place(span)) is not None
    ]
    if capacity > 1:
        return [*closed, *_pool(entries, scale, capacity)]
    return [*closed, *_in_lanes(entries, scale)]


def rivals_among(entries: Sequence[Entry]) -> int:
    """How many requests of one equipment compete with another one that overlaps them."""
    asked = [entry for entry in entries if entry.competes]
    return sum(
        any(one.span.overlaps(other.span) for other in entries if other is not one and _waits(other))
        for one in asked
    )


def _waits(entry: Entry) -> bool:
    return entry.kind is ClaimKind.BOOKING and entry.state == "requested"


def _in_lanes(entries: Iterable[Entry], scale: Scale) -> list[Bar]:
    """What has the time in the first lane; what competes for it in the first lane that has room."""
    taken: list[list[Span]] = [[] for _ in range(MOST_LANES)]
    found = []
    for entry in sorted(entries, key=lambda one: one.competes):
        lane = 0
        if entry.competes:
            free = (n for n, spans in enumerate(taken) if not any(entry.claimed.overlaps(s) for s in spans))
            lane = next(free, MOST_LANES - 1)
        taken[lane].append(entry.claimed)
        found += _single(entry, scale, lane + 1)
    return sorted(found, key=lambda bar: (bar.place.start, bar.lane))


def _single(entry: Entry, scale: Scale, lane: int) -> list[Bar]:
    """An entry and, before and behind it, its set-up and clean-up."""
    parts = [(entry.starts_at, entry.ends_at, look_of(entry))]
    if entry.claimed_from < entry.starts_at:
        parts.append((entry.claimed_from, entry.starts_at, "buf"))
    if entry.ends_at < entry.claimed_to:
        parts.append((entry.ends_at, entry.claimed_to, "buf"))
    found = []
    for start, end, look in parts:
        span = Span(start, end)
        place = scale.place(span)
        if place is not None:
            found.append(Bar(place, look, span, entry, lane=lane))
    return sorted(found, key=lambda bar: bar.place.start)


def _pool(entries: Iterable[Entry], scale: Scale, capacity: int) -> list[Bar]:
    """How much of a pool is taken, as steps."""
    taken = [Taken(e.claimed, e.quantity) for e in entries]
    found = []
    for level in levels(scale.window, taken):
        place = scale.place(level.span)
        if level.taken and place is not None:
            look = "full" if level.taken >= capacity else "pool"
            found.append(Bar(place, look, level.span, taken=level.taken, capacity=capacity))
    return found


def free_from(
    entries: Sequence[Entry], openings: Sequence[Span], capacity: int, now: datetime
) -> datetime | None:
    """The first instant from now on at which one is free during the openings; None when there is none."""
    taken = [Taken(e.claimed, e.quantity) for e in entries]
    for opening in openings:
        if opening.end <= now:
            continue
        ahead = Span(max(opening.start, now), opening.end)
        for level in levels(ahead, taken):
            if level.taken < capacity:
                return level.span.start
    return None
