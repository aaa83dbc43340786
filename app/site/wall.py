"""What stands on the screen at a lab's door: what is taken now, until when, and what comes next.

It says what the public calendar says, whoever opens it: a corridor is no place for names.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from app.booking.queries.calendar import Entry, list_entries
from app.booking.queries.hours import weeks_of
from app.booking.wording import TAKEN_BY
from app.core.spans import Span
from app.core.zones import day_span
from app.inventory.models import Equipment, Lab
from app.inventory.queries.equipment import list_of_labs
from app.inventory.rules.states import EquipmentStatus
from app.occupancy.models import ClaimKind
from app.occupancy.queries import capacities

OUT = (ClaimKind.MAINTENANCE, ClaimKind.OUTAGE, ClaimKind.CLOSURE)


@dataclass(frozen=True)
class WallRow:
    """One instrument at this moment."""

    equipment: Equipment
    capacity: int
    taken: Sequence[Entry]
    """What has some of it now."""
    next: Entry | None
    """What comes next today."""
    is_open: bool
    """Whether its hours include this moment."""

    @property
    def free(self) -> int:
        return max(0, self.capacity - sum(one.quantity for one in self.taken))

    @property
    def out(self) -> Entry | None:
        """What takes it out of use, when nothing of it is left."""
        return None if self.free else next((one for one in self.taken if one.kind in OUT), None)

    @property
    def look(self) -> str:
        """out, busy, free or shut: which of the four it looks like."""
        if not self.capacity or self.out or self.equipment.status is not EquipmentStatus.IN_SERVICE:
            return "out"
        if not self.free:
            return "busy"
        return "free" if self.is_open else "shut"

    @property
    def until(self) -> datetime | None:
        """When the first part of it is free again."""
        return min((one.claimed_to for one in self.taken), default=None)

    @property
    def why(self) -> str:
        """In a word what has it, or what keeps it from being used."""
        first = self.out or next(iter(self.taken), None)
        if first is None or first.kind in (ClaimKind.BOOKING, ClaimKind.HOLD):
            return ""
        return str(TAKEN_BY[first.kind])


@dataclass(frozen=True)
class Wall:
    """The screen of one lab."""

    lab: Lab
    now: datetime
    rows: Sequence[WallRow]

    @classmethod
    def of(cls, lab: Lab, now: datetime) -> Self:
        window = day_span(now.astimezone(lab.site.zone).date(), lab.site.zone)
        equipment = list_of_labs([lab.id])
        many = capacities([one.id for one in equipment])
        open_ = weeks_of(equipment, window)
        taken = defaultdict(list)
        for entry in list_entries(None, window, lab_ids=[lab.id]):
            taken[entry.equipment_id].append(entry)
        return cls(
            lab,
            now,
            [
                _row(one, many[one.id], taken[one.id], open_[one.id].open_spans(window), now)
                for one in equipment
            ],
        )

    @property
    def zone(self) -> ZoneInfo:
        return self.lab.site.zone

    @property
    def day(self) -> date:
        return self.now.astimezone(self.zone).date()


def _row(
    one: Equipment, capacity: int, entries: Sequence[Entry], openings: Sequence[Span], now: datetime
) -> WallRow:
    ahead = sorted((entry for entry in entries if entry.claimed_from > now), key=lambda e: e.claimed_from)
    return WallRow(
        one,
        capacity,
        [entry for entry in entries if entry.claimed.holds(now)],
        ahead[0] if ahead else None,
        any(span.holds(now) for span in openings),
    )
