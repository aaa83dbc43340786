"""What the calendar pages show, gathered in a fixed number of queries."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.accounts.models import User
from app.booking.pages.bars import Row, bars_of, free_from
from app.booking.queries.calendar import Entry, list_entries
from app.booking.queries.things import opening_weeks, weeks_of
from app.booking.rules.hours import Week
from app.core.spans import Span
from app.core.zones import day_span, start_of
from app.inventory.models import Equipment, Lab
from app.inventory.queries.equipment import list_of_labs
from app.occupancy.queries import capacities
from app.web.scale import ClockScale, Scale, clock_scale, day_scale

USUAL_HOURS = (8, 18)
"""The hours drawn of a week in which nothing is open."""


@dataclass(frozen=True)
class LabDay:
    """A lab's part of the day: when it is open and what is taken."""

    lab: Lab
    openings: Sequence[Span]
    rows: Sequence[tuple[Equipment, Row]]


@dataclass(frozen=True)
class Day:
    """A day of several labs of one site, on one scale."""

    scale: Scale
    labs: Sequence[LabDay]
    entries: Sequence[Entry]
    """In order of time, for the list."""


@dataclass(frozen=True)
class DayEntries:
    """What takes time on one day of some labs."""

    day: date
    is_open: bool
    entries: Sequence[Entry]


@dataclass(frozen=True)
class EquipmentWeek:
    """Seven days of one equipment, each with the scale that its row is drawn on."""

    days: Sequence[tuple[Scale, Row]]

    @property
    def scale(self) -> Scale:
        return self.days[0][0]


def day_of(viewer: User | None, labs: Sequence[Lab], day: date, now: datetime) -> Day:
    """The local day of these labs of one site, grouped by lab."""
    zone = labs[0].site.zone
    window = day_span(day, zone)
    openings = {id_: week.open_spans(window) for id_, week in opening_weeks(labs, window).items()}
    entries = list_entries(viewer, window, lab_ids=[lab.id for lab in labs])
    scale = day_scale(
        day, zone, [*(s for spans in openings.values() for s in spans), *(entry.claimed for entry in entries)]
    )
    equipment = list_of_labs([lab.id for lab in labs])
    own = {id_: week.open_spans(window) for id_, week in weeks_of(equipment, window).items()}
    many, taken = capacities([one.id for one in equipment]), _by_equipment(entries)
    rows: dict[int, list[tuple[Equipment, Row]]] = defaultdict(list)
    for one in equipment:
        row = Row(
            one.id,
            bars_of(taken[one.id], scale, many[one.id], own[one.id]),
            free_from=free_from(taken[one.id], own[one.id], many[one.id], now),
            is_open=bool(own[one.id]),
        )
        rows[one.lab_id].append((one, row))
    in_order = sorted(entries, key=lambda entry: (entry.starts_at, entry.equipment_id))
    return Day(scale, [LabDay(lab, openings[lab.id], rows[lab.id]) for lab in labs], in_order)


def days_of(viewer: User | None, labs: Sequence[Lab], days: Sequence[date]) -> list[DayEntries]:
    """What takes time in these labs, day by day; an entry over midnight stands on each of its days."""
    zone = labs[0].site.zone
    window = Span(day_span(days[0], zone).start, day_span(days[-1], zone).end)
    weeks = opening_weeks(labs, window).values()
    entries = sorted(
        list_entries(viewer, window, lab_ids=[lab.id for lab in labs]), key=lambda one: one.starts_at
    )
    return [
        DayEntries(day, any(week.opens_on(day) for week in weeks), taken)
        for day, taken in zip(days, _by_day(entries, days, zone), strict=True)
    ]


def week_of(viewer: User | None, equipment: Equipment, first: date) -> EquipmentWeek:
    """The week from `first` on, every day drawn on the same hours of the clock."""
    zone = equipment.lab.site.zone
    days = [first + timedelta(days=n) for n in range(7)]
    window = Span(day_span(days[0], zone).start, day_span(days[-1], zone).end)
    week = weeks_of([equipment], window)[equipment.id]
    entries = list_entries(viewer, window, equipment_ids=[equipment.id])
    capacity = capacities([equipment.id])[equipment.id]
    scales = _same_hours(days, week, entries)
    return EquipmentWeek([(scale, _day_row(equipment, scale, week, entries, capacity)) for scale in scales])


def _day_row(equipment: Equipment, scale: Scale, week: Week, entries: Iterable[Entry], capacity: int) -> Row:
    here = [entry for entry in entries if entry.claimed.overlaps(scale.window)]
    openings = week.open_spans(scale.window)
    return Row(equipment.id, bars_of(here, scale, capacity, openings), is_open=bool(openings))


def _same_hours(days: Sequence[date], week: Week, entries: Sequence[Entry]) -> list[ClockScale]:
    """A scale for each day, all with the hours of the clock that the widest day needs."""
    hours = [shown for day in days for shown in _hours_shown(day, week, entries)]
    first = min((start for start, _ in hours), default=USUAL_HOURS[0])
    last = max((end for _, end in hours), default=USUAL_HOURS[1])
    return [clock_scale(day, week.zone, first, last) for day in days]


def _hours_shown(day: date, week: Week, entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """From which hour of the clock up to which each thing of the day lasts; midnight at its end is 24."""
    whole = day_span(day, week.zone)
    for span in (*week.opens_on(day), *(entry.claimed for entry in entries)):
        inside = span.clamp(whole)
        if inside is not None:
            start, end = inside.start.astimezone(week.zone), inside.end.astimezone(week.zone)
            yield start.hour, 24 if inside.end == whole.end else end.hour + (end.time() > time(end.hour))


def _by_day(entries: Iterable[Entry], days: Sequence[date], zone: ZoneInfo) -> list[list[Entry]]:
    """The entries of each of these consecutive days. Each finds its days: asking every day about every
    entry takes most of the time of a full month.
    """
    midnights = [start_of(day, zone) for day in (*days, days[-1] + timedelta(days=1))]
    found: list[list[Entry]] = [[] for _ in days]
    for entry in entries:
        first = max(0, bisect_right(midnights, entry.starts_at) - 1)
        for taken in found[first : bisect_left(midnights, entry.ends_at)]:
            taken.append(entry)
    return found


def _by_equipment(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.equipment_id].append(entry)
    return found
