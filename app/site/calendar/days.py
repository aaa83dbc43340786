"""Several days, each with what takes time on it: for the list and the month."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.accounts.models import User
from app.booking.pages.bars import EIGHTHS
from app.booking.queries.calendar import OUT_OF_USE, Entry
from app.booking.queries.hours import opening_weeks
from app.core.spans import Span, union
from app.core.zones import day_span, start_of
from app.inventory.models import Equipment
from app.occupancy.queries import capacities
from app.site.calendar.taken import entries_of

NAMED = 3
"""So many entries of a day are named in a month."""


@dataclass(frozen=True)
class DayEntries:
    """What takes time on one day of some equipment."""

    day: date
    openings: Sequence[Span]
    """Of all labs together: when any of them is open."""
    entries: Sequence[Entry]
    room_minutes: int = 0
    """How long all of it could be used, in the opening hours."""

    @property
    def is_open(self) -> bool:
        return bool(self.openings)

    @property
    def own(self) -> list[Entry]:
        """What the viewer's organisation has, named first in a month."""
        return [entry for entry in self.entries if entry.is_mine][:NAMED]

    @property
    def waiting(self) -> int:
        """How many requests of others wait for an answer, as far as the viewer may know of them."""
        return sum(e.is_open and not e.is_mine and e.state == "requested" for e in self.entries)

    @property
    def out(self) -> list[Entry]:
        """What cannot be used, each reason once."""
        return list({entry.about: entry for entry in self.entries if entry.kind in OUT_OF_USE}.values())[
            :NAMED
        ]

    @property
    def level(self) -> int:
        """How full the day is, in eighths of its opening hours; something is at least one."""
        if not self.entries or not self.room_minutes:
            return 0
        taken = sum(
            (inside.minutes * entry.quantity)
            for entry in self.entries
            for opening in self.openings
            if not entry.competes and (inside := entry.claimed.clamp(opening)) is not None
        )
        return min(EIGHTHS, max(1, round(EIGHTHS * taken / self.room_minutes)))


def days_of(viewer: User | None, equipment: Sequence[Equipment], days: Sequence[date]) -> list[DayEntries]:
    """What takes time of the equipment, day by day; an entry over midnight stands on each of its days."""
    if not equipment:
        return [DayEntries(day, (), ()) for day in days]
    zone = equipment[0].lab.site.zone
    window = Span(day_span(days[0], zone).start, day_span(days[-1], zone).end)
    weeks = opening_weeks({one.lab for one in equipment}, window)
    many = capacities([one.id for one in equipment])
    of_lab = {lab_id: sum(many[one.id] for one in equipment if one.lab_id == lab_id) for lab_id in weeks}
    entries = sorted(entries_of(viewer, equipment, window), key=lambda one: (one.starts_at, one.equipment_id))
    found = []
    for day, taken in zip(days, _by_day(entries, days, zone), strict=True):
        openings = {lab_id: week.opens_on(day) for lab_id, week in weeks.items()}
        room = sum(span.minutes * of_lab[lab_id] for lab_id, spans in openings.items() for span in spans)
        found.append(DayEntries(day, _together(openings.values()), taken, room))
    return found


def _together(openings: Iterable[Sequence[Span]]) -> list[Span]:
    return union([span for spans in openings for span in spans])


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
