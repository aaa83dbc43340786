"""A day of much equipment, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from app.accounts.models import User
from app.booking.pages.bars import Row, bars_of, free_from, rivals_among
from app.booking.queries.calendar import Entry
from app.booking.queries.hours import weeks_of
from app.booking.queries.things import rules_of
from app.booking.rules.policy import Rules
from app.booking.services.access import may_be_booked
from app.core.i18n import localized
from app.core.spans import Span, union
from app.core.zones import day_span
from app.inventory.models import Equipment
from app.occupancy.queries import capacities
from app.site.calendar.taken import by_equipment, entries_of
from app.web.scale import Scale, day_scale


@dataclass(frozen=True)
class Line:
    """A row of the timeline."""

    equipment: Equipment
    row: Row
    rules: Rules

    @property
    def may_be_asked(self) -> bool:
        """Whether time of it can be asked for at all, whoever asks."""
        return may_be_booked(self.equipment)


@dataclass(frozen=True)
class Group:
    """The rows of a lab or a category, or all of them."""

    key: str
    """What tells it from the others in an address; "" where there is but one."""
    title: str
    openings: Sequence[Span]
    """Of a lab."""
    lines: Sequence[Line]


@dataclass(frozen=True)
class Day:
    """A day of some equipment of one site."""

    scale: Scale
    groups: Sequence[Group]
    entries: Sequence[Entry]
    """In order of time, for the list."""

    def ahead(self, now: datetime) -> list[Entry]:
        """Those that are not over."""
        return [entry for entry in self.entries if entry.ends_at > now]

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]


def day_of(
    viewer: User | None, equipment: Sequence[Equipment], day: date, now: datetime, *, rows: str = "lab"
) -> Day:
    """The local day of this equipment (of one site, in order, at least one), gathered by `rows`.

    A fixed number of queries, however many.
    """
    zone = equipment[0].lab.site.zone
    window = day_span(day, zone)
    weeks = {id_: week.open_spans(window) for id_, week in weeks_of(equipment, window).items()}
    entries = entries_of(viewer, equipment, window)
    scale = day_scale(
        day, zone, [*(s for spans in weeks.values() for s in spans), *(entry.claimed for entry in entries)]
    )
    many, taken, rules = capacities([e.id for e in equipment]), by_equipment(entries), rules_of(equipment)
    lines = [
        Line(one, _row(one, taken[one.id], scale, many[one.id], weeks[one.id], now), rules[one.id])
        for one in equipment
    ]
    in_order = sorted(entries, key=lambda entry: (entry.starts_at, entry.equipment_id))
    return Day(scale, _groups(lines, rows, weeks), in_order)


def _row(
    one: Equipment, taken: Sequence[Entry], scale: Scale, many: int, openings: Sequence[Span], now: datetime
) -> Row:
    has = [entry for entry in taken if not entry.competes]
    return Row(
        one.id,
        bars_of(taken, scale, many, openings),
        free_from=free_from(has, openings, many, now),
        is_open=bool(openings),
        rivals=rivals_among(taken),
    )


def _groups(lines: Sequence[Line], rows: str, weeks: dict[int, list[Span]]) -> list[Group]:
    def key(line: Line) -> str:
        if rows == "name":
            return ""
        return line.equipment.lab.slug if rows == "lab" else line.equipment.category.slug

    found = []
    for name, its in groupby(lines, key):
        inside = list(its)
        first = inside[0].equipment
        of = {"lab": first.lab, "category": first.category}.get(rows)
        openings = union([s for line in inside for s in weeks[line.equipment.id]]) if rows == "lab" else []
        found.append(Group(name, localized(of) if of is not None else "", openings, inside))
    return found
