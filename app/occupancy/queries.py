"""Reading the one table of time. Every search is bounded by LONGEST_CLAIM and uses one index."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    cast,
    false,
    literal,
    null,
    or_,
    select,
    union_all,
)

from app.core.clock import now
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Unit, UnitStatus
from app.occupancy.models import LONGEST_CLAIM, Capacity, CapacityChange, Claim, ClaimKind, ClaimUnit, Source
from app.occupancy.rules.peaks import Taken


class Held(NamedTuple):
    """A claim as a plain value: a year has thousands."""

    id: int
    equipment_id: int
    starts_at: datetime
    ends_at: datetime
    quantity: int
    kind: ClaimKind
    source_id: int

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)


class Given(NamedTuple):
    """The units that a claim has: fixed ones stay, tentative ones may be exchanged."""

    fixed: frozenset[int] = frozenset()
    tentative: frozenset[int] = frozenset()


class Occupied(NamedTuple):
    """One equipment: how many can be used at once, and what of it is taken, in order of time."""

    capacity: int
    taken: list[Taken]
    """What is claimed, set-up and clean-up included."""
    fixed: list[Span]
    """When a unit of it cannot be exchanged for another."""


class _Of(IntEnum):
    """What a row says."""

    TAKEN = 1
    CAPACITY = 2
    FIXED = 3


def claimed_within(window: Span) -> ColumnElement[bool]:
    """The condition that a claim overlaps the window. The lower bound is what keeps it fast."""
    return and_(
        Claim.starts_at < window.end,
        Claim.starts_at > window.start - LONGEST_CLAIM,
        Claim.ends_at > window.start,
    )


def claimed_from(at: datetime) -> ColumnElement[bool]:
    """The condition that a claim is not over at the instant, bounded as every search."""
    return and_(Claim.starts_at > at - LONGEST_CLAIM, Claim.ends_at > at)


def claimed_by(sources: Iterable[Source]) -> ColumnElement[bool]:
    """The condition that a claim is one of these sources'.

    Kind by kind, because SQLite looks up a pair IN a list by the pair's first column alone: it would
    read every booking there ever was.
    """
    ids: dict[ClaimKind, list[int]] = defaultdict(list)
    for source in sources:
        ids[source.kind].append(source.id)
    return or_(false(), *(and_(Claim.kind == kind, Claim.source_id.in_(ids[kind])) for kind in ids))


def list_occupied(
    equipment_ids: Collection[int],
    window: Span,
    *,
    without: Collection[Source] = (),
    with_fixed: bool = False,
) -> dict[int, Occupied]:
    """How many there are of each equipment from now on, and what of it is taken in the window, leaving out
    the claims of `without`; `with_fixed` also where its units are fixed. One query.
    """
    parts = [_taken(equipment_ids, window), _capacity(equipment_ids)]
    if with_fixed:
        parts.append(_fixed(equipment_ids, window))
    skipped = {(source.kind, source.id) for source in without}
    found = {id_: Occupied(0, [], []) for id_ in equipment_ids}
    for of, id_, starts_at, ends_at, quantity, kind, source_id in db.session.execute(
        union_all(*parts).order_by("starts_at")
    ):
        if of == _Of.CAPACITY:
            found[id_] = found[id_]._replace(capacity=quantity)
        elif of == _Of.FIXED:
            found[id_].fixed.append(Span(starts_at, ends_at))
        elif (kind, source_id) not in skipped:
            found[id_].taken.append(Taken(Span(starts_at, ends_at), quantity, kind.value))
    return found


def _taken(equipment_ids: Collection[int], window: Span) -> Select[*tuple[Any, ...]]:
    return select(
        literal(_Of.TAKEN.value, Integer).label("of"),
        Claim.equipment_id,
        Claim.starts_at.label("starts_at"),
        Claim.ends_at,
        Claim.quantity,
        Claim.kind,
        Claim.source_id,
    ).where(Claim.equipment_id.in_(equipment_ids), claimed_within(window))


def _capacity(equipment_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    nothing = (cast(null(), one.type) for one in (Claim.starts_at, Claim.ends_at))
    unclaimed = (cast(null(), one.type) for one in (Claim.kind, Claim.source_id))
    return select(
        literal(_Of.CAPACITY.value, Integer), Capacity.equipment_id, *nothing, Capacity.quantity, *unclaimed
    ).where(Capacity.equipment_id.in_(equipment_ids))


def _fixed(equipment_ids: Collection[int], window: Span) -> Select[*tuple[Any, ...]]:
    """As near to the window as can matter to whether units can be found."""
    return (
        select(
            literal(_Of.FIXED.value, Integer),
            Claim.equipment_id,
            Claim.starts_at,
            Claim.ends_at,
            Claim.quantity,
            Claim.kind,
            Claim.source_id,
        )
        .join(Claim.units)
        .where(
            Claim.equipment_id.in_(equipment_ids),
            claimed_within(window.widen(LONGEST_CLAIM, LONGEST_CLAIM)),
            ClaimUnit.is_fixed,
        )
    )


def capacities(equipment_ids: Collection[int]) -> dict[int, int]:
    """How many of each equipment can be used at once from now on; 0 where nothing is known."""
    rows = db.session.execute(
        select(Capacity.equipment_id, Capacity.quantity).where(Capacity.equipment_id.in_(equipment_ids))
    )
    return dict.fromkeys(equipment_ids, 0) | {row.equipment_id: row.quantity for row in rows}


def past_capacities(equipment_ids: Collection[int]) -> dict[int, list[tuple[Span, int]]]:
    """How many there were of each, in the spans that are over; until then and since as many as there are."""
    found: dict[int, list[tuple[Span, int]]] = {id_: [] for id_ in equipment_ids}
    for row in db.session.execute(
        select(
            CapacityChange.equipment_id,
            CapacityChange.from_at,
            CapacityChange.until_at,
            CapacityChange.quantity,
        ).where(CapacityChange.equipment_id.in_(equipment_ids))
    ):
        found[row.equipment_id].append((Span(row.from_at, row.until_at), row.quantity))
    return found


def claims_of(sources: Iterable[Source]) -> Sequence[Claim]:
    """The claims these sources have now, in order of equipment and time."""
    return db.session.scalars(
        select(Claim)
        .where(claimed_by(sources))
        .order_by(Claim.equipment_id, Claim.starts_at)
        .execution_options(populate_existing=True)
    ).all()


def units_in_service(equipment_ids: Collection[int]) -> dict[int, list[int]]:
    """The units of each equipment that can be used, in order of their number."""
    rows = db.session.execute(
        select(Unit.equipment_id, Unit.id)
        .where(Unit.equipment_id.in_(equipment_ids), Unit.status == UnitStatus.IN_SERVICE)
        .order_by(Unit.equipment_id, Unit.number)
    )
    found: dict[int, list[int]] = {id_: [] for id_ in equipment_ids}
    for equipment_id, unit_id in rows:
        if equipment_id is not None:
            found[equipment_id].append(unit_id)
    return found


def find_claim_of_lost_unit(equipment_id: int) -> Held | None:
    """The first claim, not over yet, that has been given a unit which is not in service; not a fixed one."""
    lost = (
        select(Claim.id)
        .join(Claim.units)
        .join(Unit, Unit.id == ClaimUnit.unit_id)
        .where(
            Claim.equipment_id == equipment_id,
            claimed_from(now()),
            ClaimUnit.is_fixed.is_(False),
            Unit.status != UnitStatus.IN_SERVICE,
        )
        .order_by(Claim.starts_at, Claim.id)
        .limit(1)
    )
    found = db.session.scalar(lost)
    return None if found is None else next(iter(_held(Claim.id == found)))


def list_held(equipment_ids: Collection[int], window: Span) -> list[Held]:
    """Every claim on the equipment that overlaps the window, by equipment and start."""
    return _held(and_(Claim.equipment_id.in_(equipment_ids), claimed_within(window)))


def list_held_by(sources: Iterable[Source]) -> list[Held]:
    """The claims these sources have now, by equipment and start."""
    return _held(claimed_by(sources))


def _held(condition: ColumnElement[bool]) -> list[Held]:
    rows = db.session.execute(
        select(
            Claim.id,
            Claim.equipment_id,
            Claim.starts_at,
            Claim.ends_at,
            Claim.quantity,
            Claim.kind,
            Claim.source_id,
        )
        .where(condition)
        .order_by(Claim.equipment_id, Claim.starts_at)
    )
    return [Held(*row) for row in rows]


def given_units(claim_ids: Collection[int]) -> dict[int, Given]:
    """The units of each of the claims that has any."""
    rows = db.session.execute(
        select(ClaimUnit.claim_id, ClaimUnit.unit_id, ClaimUnit.is_fixed).where(
            ClaimUnit.claim_id.in_(claim_ids)
        )
    )
    found: dict[int, Given] = defaultdict(Given)
    for claim_id, unit_id, is_fixed in rows:
        has, unit = found[claim_id], frozenset([unit_id])
        found[claim_id] = (
            Given(has.fixed | unit, has.tentative) if is_fixed else Given(has.fixed, has.tentative | unit)
        )
    return found


def units_of(sources: Collection[Source]) -> dict[Source, list[Unit]]:
    """The units given to each source's claims, in order of their number."""
    rows = db.session.execute(
        select(Claim.kind, Claim.source_id, Unit)
        .join(ClaimUnit, ClaimUnit.claim_id == Claim.id)
        .join(Unit, Unit.id == ClaimUnit.unit_id)
        .where(claimed_by(sources))
        .order_by(Unit.number)
    )
    found: dict[Source, list[Unit]] = defaultdict(list)
    for kind, source_id, unit in rows:
        units = found[Source(kind, source_id)]
        if unit not in units:
            units.append(unit)
    return found
