"""What became of the open hours of the equipment, read from the one table of time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import and_, select

from app.booking.models import Occurrence, OccurrenceItem
from app.booking.queries.hours import weeks_of
from app.booking.rules.states import OccurrenceState
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment
from app.occupancy.models import Capacity, CapacityChange, Claim, ClaimKind
from app.occupancy.queries import claimed_within
from app.reports.queries.scope import Scope
from app.reports.rules.open_time import OpenTime
from app.reports.rules.use import Taken, Tally, Use, stock_over, tallies, together

_OF_KIND = {
    ClaimKind.TIMETABLE: Use.TEACHING,
    ClaimKind.MAINTENANCE: Use.OUT,
    ClaimKind.OUTAGE: Use.OUT,
    ClaimKind.CLOSURE: Use.OUT,
}
_OF_STATE = {
    OccurrenceState.COMPLETED: Use.USED,
    OccurrenceState.IN_USE: Use.USED,
    OccurrenceState.NO_SHOW: Use.MISSED,
}


class _Stocked(NamedTuple):
    """An equipment, how many there are, and how many there were in the spans that are over."""

    equipment: Equipment
    quantity: int
    past: list[tuple[Span, int]]


@dataclass(frozen=True)
class UseOfAll:
    """The tallies of the scope, by part of the time and by equipment."""

    parts: list[Tally]
    equipment: list[tuple[Equipment, Tally]]
    """What was used most of its open time first; without what was never there."""

    @property
    def whole(self) -> Tally:
        return together(self.parts)


def use_of(scope: Scope) -> UseOfAll:
    """The statements do not grow with the equipment, the days or the claims."""
    stocked = _list_stocked(scope)
    things = [one.equipment for one in stocked]
    weeks = weeks_of(things, scope.window)
    taken = _takings([one.id for one in things], scope.window)
    # Most equipment keeps the hours of its lab: they are laid out once.
    openings = {id(week): OpenTime(week.open_spans(scope.window)) for week in weeks.values()}
    found = {
        one.equipment.id: tallies(
            scope.edges,
            openings[id(weeks[one.equipment.id])],
            stock_over(scope.window, one.past, one.quantity),
            taken[one.equipment.id],
        )
        for one in stocked
    }
    wholes = [(one, together(found[one.id])) for one in things]
    return UseOfAll(
        parts=[together(of_one[index] for of_one in found.values()) for index in range(len(scope.parts))],
        equipment=sorted(
            ((one, tally) for one, tally in wholes if not tally.is_empty),
            key=lambda pair: (-(pair[1].share(Use.USED, Use.TEACHING, Use.BOOKED) or 0), pair[0].id),
        ),
    )


def _list_stocked(scope: Scope) -> list[_Stocked]:
    """Everything of the scope, the retired as well: it was used while it was there. One statement: the
    page may not have many."""
    wanted = (
        select(
            Equipment,
            Capacity.quantity,
            CapacityChange.from_at,
            CapacityChange.until_at,
            CapacityChange.quantity,
        )
        .outerjoin(Capacity, Capacity.equipment_id == Equipment.id)
        .outerjoin(CapacityChange, CapacityChange.equipment_id == Equipment.id)
        .where(Equipment.lab_id.in_(scope.lab_ids))
        .order_by(Equipment.id)
    )
    if scope.category_ids is not None:
        wanted = wanted.where(Equipment.category_id.in_(scope.category_ids))
    found: dict[int, _Stocked] = {}
    for one, quantity, from_at, until_at, was in db.session.execute(wanted):
        its = found.setdefault(one.id, _Stocked(one, quantity or 0, []))
        if from_at is not None:
            its.past.append((Span(from_at, until_at), was))
    return list(found.values())


def _takings(equipment_ids: Collection[int], window: Span) -> dict[int, list[Taken]]:
    """Read whole, bounded by equipment and time, as five plain values each: opening hours are no matter
    for SQL."""
    rows = db.session.execute(
        select(
            Claim.equipment_id,
            Claim.starts_at,
            Claim.ends_at,
            Claim.quantity,
            Claim.kind,
            Occurrence.state,
        )
        .outerjoin(
            OccurrenceItem, and_(Claim.kind == ClaimKind.BOOKING, OccurrenceItem.id == Claim.source_id)
        )
        .outerjoin(Occurrence, Occurrence.id == OccurrenceItem.occurrence_id)
        .where(Claim.equipment_id.in_(equipment_ids), claimed_within(window))
    )
    found: dict[int, list[Taken]] = defaultdict(list)
    for equipment_id, starts_at, ends_at, quantity, kind, state in rows:
        use = _OF_KIND.get(kind) or _OF_STATE.get(state, Use.BOOKED)
        found[equipment_id].append(Taken(starts_at, ends_at, quantity, use))
    return found
