"""A day of a lab: who is expected and came or not, what else takes time there, and what is broken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from app.accounts.models import User
from app.booking.models import Occurrence
from app.booking.permissions import may_declare_outage
from app.booking.queries.calendar import Entry, list_entries
from app.booking.queries.presence import count_missed, list_of_day
from app.booking.services.presence import can_be_attended, can_be_missed, is_open
from app.booking.services.use import can_check_in
from app.booking.wording import MODES, STATES, TAKEN_BY
from app.core.clock import now
from app.core.spans import Span
from app.core.zones import day_span
from app.inventory.models import Equipment, Fault, Lab, Mode
from app.inventory.permissions import may_decide_fault
from app.inventory.queries.equipment import list_of_labs
from app.inventory.queries.faults import list_faults
from app.occupancy.models import ClaimKind

COUNTED = timedelta(days=90)
"""So far back it is counted how often an organisation did not come."""


@dataclass(frozen=True)
class DayRow:
    """A date, and what can be said of it."""

    date: Occurrence
    missed: int
    """To how many dates of late its organisation did not come."""
    who: User

    @property
    def starts_at(self) -> datetime:
        return self.date.starts_at

    @property
    def state(self) -> str:
        return str(STATES[self.date.state])

    @property
    def mode(self) -> str:
        return str(MODES[self.date.booking.mode])

    @property
    def people(self) -> int | None:
        """How many are expected; None where samples come and nobody with them."""
        named = len(self.date.booking.people)
        return named or (None if self.date.booking.mode is Mode.SAMPLES else 1)

    @property
    def set_up(self) -> Span | None:
        """When it has to be made ready; None where that takes no time."""
        first = min(item.claimed_span.start for item in self.date.items)
        return Span(first, self.date.starts_at) if first < self.date.starts_at else None

    @property
    def clean_up(self) -> Span | None:
        """When it is put in order again; None where that takes no time."""
        last = max(item.claimed_span.end for item in self.date.items)
        return Span(self.date.ends_at, last) if last > self.date.ends_at else None

    @property
    def may_check_in(self) -> bool:
        return can_check_in(self.who, self.date)

    @property
    def may_say_came(self) -> bool:
        return can_be_attended(self.date)

    @property
    def may_say_missed(self) -> bool:
        return can_be_missed(self.date)


@dataclass(frozen=True)
class OtherRow:
    """What takes time and brings nobody: teaching, maintenance, a fault, a closure."""

    entry: Entry
    date: None = None

    @property
    def starts_at(self) -> datetime:
        return self.entry.starts_at

    @property
    def kind(self) -> str:
        return str(TAKEN_BY[self.entry.kind])

    @property
    def is_out(self) -> bool:
        return self.entry.kind is not ClaimKind.TIMETABLE and self.entry.kind is not ClaimKind.HOLD


@dataclass(frozen=True)
class DayPage:
    """The list of one lab and day."""

    lab: Lab
    labs: Sequence[Lab]
    day: date
    rows: list[DayRow]
    others: list[OtherRow]
    faults: Sequence[Fault]
    equipment: Sequence[Equipment]
    may_close: bool
    """Whether who looks may say that the lab cannot be used."""
    may_decide_faults: bool
    """Whether who looks may open the page where the lab decides on a fault."""

    @classmethod
    def of(cls, who: User, lab: Lab, labs: Sequence[Lab], day: date) -> Self:
        """The day as this person of the lab sees it, in a fixed number of queries."""
        window = day_span(day, lab.site.zone)
        dates = list_of_day([lab.id], window)
        missed: Mapping[int, int] = count_missed(
            {date.booking.organisation_id for date in dates}, [lab.id], now() - COUNTED
        )
        return cls(
            lab,
            labs,
            day,
            [DayRow(date, missed.get(date.booking.organisation_id, 0), who) for date in dates],
            [
                OtherRow(one)
                for one in list_entries(who, window, lab_ids=[lab.id])
                if one.kind is not ClaimKind.BOOKING
            ],
            list_faults(who, is_open=True, lab_ids=[lab.id]),
            list_of_labs([lab.id]),
            may_declare_outage(who, {lab.id}),
            may_decide_fault(who, lab.id),
        )

    @property
    def zone(self) -> ZoneInfo:
        return self.lab.site.zone

    @property
    def lines(self) -> list[DayRow | OtherRow]:
        """Everything in order of time."""
        return sorted([*self.rows, *self.others], key=lambda one: one.starts_at)

    @property
    def open(self) -> list[int]:
        """Ids of the dates of which nobody has said yet whether they came."""
        return [row.date.id for row in self.rows if is_open(row.date)]

    @property
    def before(self) -> date:
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date:
        return self.day + timedelta(days=1)

    @property
    def is_today(self) -> bool:
        return self.day == today(self.lab)

    @property
    def is_to_come(self) -> bool:
        """Whether something of it can still be booked."""
        return self.day >= today(self.lab)


def today(lab: Lab) -> date:
    return now().astimezone(lab.site.zone).date()
