"""Seven days: of one equipment with all its words, or of much equipment as strips."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from app.accounts.models import User
from app.booking.pages.bars import Row, bars_of, look_of
from app.booking.queries.calendar import Entry, list_entries
from app.booking.queries.hours import weeks_of
from app.booking.rules.facts import Things
from app.booking.rules.hours import Week as Hours
from app.core.spans import Span
from app.core.zones import day_span
from app.inventory.models import Equipment
from app.occupancy.queries import capacities
from app.occupancy.rules.peaks import Taken, free_spans, levels
from app.site.calendar.taken import by_equipment, entries_of
from app.web.scale import ClockScale, Place, Scale, clock_scale

USUAL_HOURS = (8, 18)
"""The hours drawn of a week in which nothing is open."""


@dataclass(frozen=True)
class EquipmentWeek:
    """Seven days of one equipment, each with the scale that its row is drawn on."""

    days: Sequence[tuple[Scale, Row]]

    @property
    def scale(self) -> Scale:
        return self.days[0][0]


@dataclass(frozen=True)
class Piece:
    """A stretch of a cell."""

    look: str
    place: Place


@dataclass(frozen=True)
class Cell:
    """One day of one equipment: what is drawn, and what is said to whoever does not see it."""

    day: date
    pieces: Sequence[Piece]
    is_open: bool
    taken: int
    """How many entries it has."""
    free_minutes: int
    """In the opening hours that are drawn."""


@dataclass(frozen=True)
class Week:
    """Seven days of much equipment."""

    days: Sequence[date]
    hours: int
    """How many a cell shows."""
    first_hour: datetime
    last_hour: datetime
    """From when to when, on the clock of the first day."""
    rows: Sequence[tuple[Equipment, Sequence[Cell]]]


def week_span(first: date, equipment: Equipment) -> Span:
    """The seven days from `first` on, on the clock of the equipment's site."""
    return _days_from(first, equipment)[1]


def week_of_one(viewer: User | None, equipment: Equipment, first: date, thing: Things) -> EquipmentWeek:
    """The week from `first` on, every day drawn on the same hours of the clock.

    `thing`: what is known of the equipment, its hours in this week included.
    """
    days, window = _days_from(first, equipment)
    week, capacity = thing.week, thing.capacity
    entries = list_entries(viewer, window, equipment_ids=[equipment.id])
    hours = [shown for day in days for shown in _hours_shown(day, week, (e.claimed for e in entries))]
    scales = _same_hours(days, week, hours)
    return EquipmentWeek([(scale, _day_row(equipment, scale, week, entries, capacity)) for scale in scales])


def week_of(viewer: User | None, equipment: Sequence[Equipment], first: date) -> Week:
    """The week from `first` on of this equipment (of one site, at least one), on common opening hours.

    What lies outside them is counted and not drawn. A fixed number of queries.
    """
    days, window = _days_from(first, equipment[0])
    weeks, many = weeks_of(equipment, window), capacities([one.id for one in equipment])
    different = {id(week.hours): week for week in weeks.values()}.values()
    hours = [shown for week in different for day in days for shown in _hours_shown(day, week, ())]
    scales = _same_hours(days, weeks[equipment[0].id], hours)
    taken = by_equipment(entries_of(viewer, equipment, window))
    rows = [
        (
            one,
            [
                _cell(scale, day, weeks[one.id], taken[one.id], many[one.id])
                for scale, day in zip(scales, days, strict=True)
            ],
        )
        for one in equipment
    ]
    labels = scales[0].labels
    return Week(days, scales[0].hours, labels[0], labels[-1] + timedelta(hours=1), rows)


def _days_from(first: date, equipment: Equipment) -> tuple[list[date], Span]:
    zone = equipment.lab.site.zone
    days = [first + timedelta(days=n) for n in range(7)]
    return days, Span(day_span(days[0], zone).start, day_span(days[-1], zone).end)


def _cell(scale: Scale, day: date, week: Hours, entries: Sequence[Entry], capacity: int) -> Cell:
    whole = day_span(day, scale.zone)
    here = [entry for entry in entries if entry.claimed.overlaps(whole)]
    openings = week.open_spans(scale.window)
    drawn = [("shut", span) for span in scale.window.minus(openings)]
    drawn += _of_pool(here, scale, capacity) if capacity > 1 else _of_one(here)
    pieces = [Piece(look, place) for look, span in drawn if (place := scale.place(span)) is not None]
    has = [Taken(entry.claimed, entry.quantity) for entry in here if not entry.competes]
    free = sum(span.minutes for opening in openings for span in free_spans(opening, 1, has, capacity))
    return Cell(day, pieces, bool(openings), len(here), free)


def _of_one(entries: Iterable[Entry]) -> list[tuple[str, Span]]:
    """The entries, what looks alike and touches as one piece."""
    found: list[tuple[str, Span]] = []
    in_order = sorted(entries, key=lambda entry: (entry.competes, entry.claimed_from))
    for look, alike in groupby(in_order, look_of):
        for entry in alike:
            if found and found[-1][0] == look and found[-1][1].end >= entry.claimed_from:
                found[-1] = (look, Span(found[-1][1].start, max(found[-1][1].end, entry.claimed_to)))
            else:
                found.append((look, entry.claimed))
    return found


def _of_pool(entries: Iterable[Entry], scale: Scale, capacity: int) -> list[tuple[str, Span]]:
    taken = [Taken(entry.claimed, entry.quantity) for entry in entries if not entry.competes]
    return [
        ("busy" if level.taken >= capacity else "part", level.span)
        for level in levels(scale.window, taken)
        if level.taken
    ]


def _day_row(equipment: Equipment, scale: Scale, week: Hours, entries: Iterable[Entry], capacity: int) -> Row:
    here = [entry for entry in entries if entry.claimed.overlaps(scale.window)]
    openings = week.open_spans(scale.window)
    return Row(equipment.id, bars_of(here, scale, capacity, openings), is_open=bool(openings))


def _same_hours(days: Sequence[date], week: Hours, hours: Sequence[tuple[int, int]]) -> list[ClockScale]:
    """A scale for each day, all with the hours of the clock that the widest day needs."""
    first = min((start for start, _ in hours), default=USUAL_HOURS[0])
    last = max((end for _, end in hours), default=USUAL_HOURS[1])
    return [clock_scale(day, week.zone, first, last) for day in days]


def _hours_shown(day: date, week: Hours, claimed: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """From which hour of the clock up to which each thing of the day lasts; midnight at its end is 24."""
    whole = day_span(day, week.zone)
    for span in (*week.opens_on(day), *claimed):
        inside = span.clamp(whole)
        if inside is not None:
            start, end = inside.start.astimezone(week.zone), inside.end.astimezone(week.zone)
            yield start.hour, 24 if inside.end == whole.end else end.hour + (end.time() > time(end.hour))
