"""What was missed and what was taken, read for all categories and labs at once."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.booking.queries.hours import opening_weeks
from app.booking.queries.serving import served_minutes_by_miss
from app.booking.rules.hours import Week as Hours
from app.core.spans import Span
from app.demand.models import Miss, MissKind
from app.extensions import db
from app.inventory.models import Equipment, EquipmentStatus, Lab, Unit, UnitStatus
from app.needs.rules.unmet import Missed
from app.occupancy.models import Claim, ClaimKind
from app.occupancy.queries import claimed_within

TROUBLE = frozenset({ClaimKind.OUTAGE, ClaimKind.MAINTENANCE})


class Place(NamedTuple):
    """A kind of equipment in a lab."""

    category_id: int
    lab_id: int


class Taking(NamedTuple):
    span: Span
    quantity: int
    kind: ClaimKind


@dataclass
class Demand:
    """All that the figures of one place are computed from."""

    misses: list[tuple[Miss, Missed]] = field(default_factory=list)
    """For lack of equipment or by a rule, as they were remembered and as they are counted."""
    units: int = 0
    takings: list[Taking] = field(default_factory=list)


def demand_of(
    window: Span, *, lab_id: int | None = None, category_ids: Collection[int] | None = None
) -> dict[Place, Demand]:
    """What was remembered in the window, by place, with all that was taken there; only places where
    something was missed."""
    found = missed_in(window, lab_ids=None if lab_id is None else {lab_id}, category_ids=category_ids)
    _read_takings(found, window)
    return found


def missed_in(
    window: Span, *, lab_ids: Collection[int] | None = None, category_ids: Collection[int] | None = None
) -> dict[Place, Demand]:
    """The same without what was taken there: three statements, however much was taken.

    A category that was asked for in no lab in particular is missed where the university has most of it;
    words that name no category, and categories that no lab has, are in no place.
    """
    units = _units()
    found: dict[Place, Demand] = defaultdict(Demand)
    misses = _misses(window)
    served = served_minutes_by_miss([miss.id for miss in misses])
    for miss in misses:
        place = _place_of(miss, units)
        if place is None or (lab_ids is not None and place.lab_id not in lab_ids):
            continue
        if category_ids is None or place.category_id in category_ids:
            found[place].misses.append((miss, _counted(miss, served.get(miss.id, 0))))
    for place, demand in found.items():
        demand.units = units.get(place, 0)
    return dict(found)


def list_places(lab_ids: Collection[int]) -> Sequence[Lab]:
    """The labs with their sites."""
    return db.session.scalars(select(Lab).where(Lab.id.in_(lab_ids)).options(joinedload(Lab.site))).all()


def openings_of(labs: Sequence[Lab], window: Span) -> dict[int, Hours]:
    """The opening hours of the labs around the window."""
    return opening_weeks(labs, window)


def reach_of(demands: Iterable[Demand], window: Span) -> Span:
    """The window, widened to all times that were wished for."""
    windows = [window, *(missed.window for demand in demands for _miss, missed in demand.misses)]
    return Span(min(one.start for one in windows), max(one.end for one in windows))


def _misses(window: Span) -> Sequence[Miss]:
    return db.session.scalars(
        select(Miss)
        .where(Miss.at >= window.start, Miss.at < window.end, Miss.category_id.is_not(None))
        .order_by(Miss.at, Miss.id)
    ).all()


def _counted(miss: Miss, served: int) -> Missed:
    return Missed(
        organisation_id=miss.organisation_id,
        at=miss.at,
        window=Span(miss.wanted_from, miss.wanted_to),
        minutes=miss.minutes,
        quantity=miss.quantity,
        served_minutes=served,
    )


def _units() -> Counter[Place]:
    """How many units of each category can be used in each lab; places with none in service count 0."""
    rows = db.session.execute(
        select(Equipment.category_id, Equipment.lab_id, Equipment.status, Unit.status)
        .join(Unit, Unit.equipment_id == Equipment.id)
        .where(Equipment.status != EquipmentStatus.RETIRED)
    )
    found: Counter[Place] = Counter()
    for category_id, lab_id, status, unit_status in rows:
        works = status is EquipmentStatus.IN_SERVICE and unit_status is UnitStatus.IN_SERVICE
        found[Place(category_id, lab_id)] += int(works)
    return found


def _place_of(miss: Miss, units: Counter[Place]) -> Place | None:
    if miss.category_id is None:
        return None
    if miss.lab_id is not None:
        return Place(miss.category_id, miss.lab_id)
    having = [place for place in units if place.category_id == miss.category_id]
    return max(having, key=lambda place: (units[place], -place.lab_id), default=None)


def _read_takings(found: dict[Place, Demand], window: Span) -> None:
    """What is taken of everything in these places, as far as any wish reaches."""
    rows = db.session.execute(
        select(
            Equipment.category_id,
            Equipment.lab_id,
            Claim.starts_at,
            Claim.ends_at,
            Claim.quantity,
            Claim.kind,
        )
        .join(Equipment, Equipment.id == Claim.equipment_id)
        .where(
            Equipment.category_id.in_({place.category_id for place in found}),
            Equipment.lab_id.in_({place.lab_id for place in found}),
            claimed_within(reach_of(found.values(), window)),
        )
    )
    for category_id, lab_id, starts_at, ends_at, quantity, kind in rows:
        demand = found.get(Place(category_id, lab_id))
        if demand is not None:
            demand.takings.append(Taking(Span(starts_at, ends_at), quantity, kind))


def lacks(demand: Demand) -> list[Missed]:
    """What was missed for lack of equipment."""
    return [missed for miss, missed in demand.misses if miss.kind is not MissKind.POLICY]


def refused_by_rules(demand: Demand) -> list[Missed]:
    return [missed for miss, missed in demand.misses if miss.kind is MissKind.POLICY]
