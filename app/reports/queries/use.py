"""What became of the open hours of the equipment, read from the one table of time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, select

from app.booking.models import Occurrence, OccurrenceItem
from app.booking.queries.things import weeks_of
from app.booking.rules.states import OccurrenceState
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment
from app.occupancy.models import Claim, ClaimKind
from app.occupancy.queries import capacities, claimed_within, past_capacities
from app.reports.queries.scope import Scope, list_equipment
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
    things = list_equipment(scope)
    ids = [one.id for one in things]
    # One opening more at each end: hours may reach past midnight.
    weeks, taken = weeks_of(things, scope.window), _takings(ids, scope.window)
    now, past = capacities(ids), past_capacities(ids)
    # Most equipment keeps the hours of its lab: they are laid out once.
    openings = {id(week): OpenTime(week.open_spans(scope.window)) for week in weeks.values()}
    found = {
        one.id: tallies(
            scope.edges,
            openings[id(weeks[one.id])],
            stock_over(scope.window, past[one.id], now[one.id]),
            taken[one.id],
        )
        for one in things
    }
    wholes = [(one, together(found[one.id])) for one in things]
    return UseOfAll(
        parts=[together(of_one[index] for of_one in found.values()) for index in range(len(scope.parts))],
        equipment=sorted(
            ((one, tally) for one, tally in wholes if not tally.is_empty),
            key=lambda pair: (-(pair[1].share(Use.USED, Use.TEACHING, Use.BOOKED) or 0), pair[0].id),
        ),
    )


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
