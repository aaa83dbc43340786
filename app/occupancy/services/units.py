"""Giving units to claims: tentatively, and exchanged as long as nobody works with them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import delete, insert, tuple_, update

from app.core.spans import Span
from app.extensions import db
from app.occupancy.models import LONGEST_CLAIM, ClaimKind, ClaimUnit, Source
from app.occupancy.queries import (
    Given,
    Held,
    find_claim_of_lost_unit,
    given_units,
    list_held,
    list_held_by,
    list_occupied,
    units_in_service,
)
from app.occupancy.rules.packing import Assignment, Job, pack

NOTHING = Given()
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def assign(sources: Collection[Source]) -> bool:
    """Give every claim of the sources its units, exchanging tentative ones of others if need be.

    The equipment must be locked. False when there is no way to do it with single units throughout;
    nothing is changed then. A fixed number of queries, however many sources, but for those by which a
    chain of claims that overlap one another leads out of their time.
    """
    return _assign(list_held_by(sources))


def exchange_lost(equipment_id: int) -> bool:
    """Give other units to what has one that is not in service any more, and is not over yet.

    The equipment must be locked. What somebody works with (fixed) stays. False when there is no way.
    """
    while lost := find_claim_of_lost_unit(equipment_id):
        if not _assign([lost]):
            return False
    return True


@contextmanager
def kept(sources: Collection[Source]) -> Iterator[None]:
    """Inside, the claims of the sources may get another length: they keep the units they have.

    The equipment must be locked. Others may have been promised a unit for what is added: `assign` says so.
    """
    before = {_place(claim): its for claim, its in _given_to(list_held_by(sources))}
    yield
    rows = [
        {"claim_id": claim.id, "unit_id": unit_id, "is_fixed": unit_id in before[_place(claim)].fixed}
        for claim, its in _given_to(list_held_by(sources))
        if its == NOTHING and _place(claim) in before
        for unit_id in sorted(before[_place(claim)].fixed | before[_place(claim)].tentative)
    ]
    if rows:
        db.session.execute(insert(ClaimUnit), rows)


def let_go(sources: Collection[Source]) -> None:
    """These claims go on, and nobody plans with a unit for them; what somebody works with stays theirs."""
    ids = [claim.id for claim in list_held_by(sources)]
    if ids:
        gone = (ClaimUnit.claim_id.in_(ids), ClaimUnit.is_fixed.is_(False))
        db.session.execute(delete(ClaimUnit).where(*gone))


def fix(sources: Collection[Source]) -> None:
    """Somebody works with the units of these claims: they are not exchanged any more."""
    ids = [claim.id for claim in list_held_by(sources)]
    db.session.execute(update(ClaimUnit).where(ClaimUnit.claim_id.in_(ids)).values(is_fixed=True))


def fix_to(source: Source, unit_id: int) -> None:
    """The claims of the source, of one each, are about this very unit; `assign` then takes it from others."""
    held = list_held_by([source])
    ids = [claim.id for claim in held]
    db.session.execute(delete(ClaimUnit).where(ClaimUnit.claim_id.in_(ids)))
    if ids:
        rows = [{"claim_id": id_, "unit_id": unit_id, "is_fixed": True} for id_ in ids]
        db.session.execute(insert(ClaimUnit), rows)


def can_hold(
    equipment_id: int,
    span: Span,
    quantity: int,
    *,
    without: Collection[Source] = (),
    fixed: Collection[Span] | None = None,
) -> bool:
    """Whether single units could serve the quantity throughout the span beside all that is claimed.

    Asked when the counts fit: only units that are fixed elsewhere can then be in the way. That is
    rare, so whether there is one around is asked first, unless `fixed` says where; one further off than the
    longest claim could be in the way through a chain of others only, and `assign` would say so.
    """
    if fixed is None:
        fixed = list_occupied([equipment_id], span, with_fixed=True)[equipment_id].fixed
    around = span.widen(LONGEST_CLAIM, LONGEST_CLAIM)
    if not any(one.overlaps(around) for one in fixed):
        return True
    skipped = {(source.kind, source.id) for source in without}
    near = [c for c in _connected([equipment_id], [span]) if (c.kind, c.source_id) not in skipped]
    given = given_units([claim.id for claim in near])
    if not any(has.fixed for has in given.values()):
        return True
    jobs = [*(_job(claim, given) for claim in near), Job(0, span, quantity)]
    return pack(jobs, units_in_service([equipment_id])[equipment_id]) is not None


def _given_to(held: Sequence[Held]) -> list[tuple[Held, Given]]:
    given = given_units([claim.id for claim in held])
    return [(claim, given.get(claim.id, NOTHING)) for claim in held]


def _place(held: Held) -> tuple[ClaimKind, int, int]:
    return held.kind, held.source_id, held.equipment_id


def _assign(wanting: Sequence[Held]) -> bool:
    if not wanting:
        return True
    ids = {claim.id for claim in wanting}
    equipment_ids = {claim.equipment_id for claim in wanting}
    near = _connected(equipment_ids, [claim.span for claim in wanting])
    clusters = [one for one in _clusters(near) if any(claim.id in ids for claim in one)]
    given = given_units([claim.id for one in clusters for claim in one])
    units = units_in_service(equipment_ids)
    found: Assignment = {}
    for one in clusters:
        # Requests that are not approved have no units yet and get none here.
        jobs = [_job(claim, given) for claim in one if claim.id in given or claim.id in ids]
        packed = pack(jobs, units[one[0].equipment_id])
        if packed is None:
            return False
        found |= packed
    _give(found, given)
    return True


def _connected(equipment_ids: Collection[int], spans: Collection[Span]) -> list[Held]:
    """The claims that overlap the spans, those that overlap them, and so on: all a change can reach.

    What lies between the spans is read as well, which costs less than to ask for each of them.
    """
    reach = Span(min(span.start for span in spans), max(span.end for span in spans))
    while True:
        near = list_held(equipment_ids, reach)
        wider = Span(
            min([reach.start, *(one.starts_at for one in near)]),
            max([reach.end, *(one.ends_at for one in near)]),
        )
        if wider == reach:
            return near
        reach = wider


def _clusters(held: Sequence[Held]) -> Iterable[list[Held]]:
    """The claims of each equipment, cut where nothing is claimed: what lies apart is packed apart."""
    together: list[Held] = []
    end = LONG_AGO
    for one in held:
        if together and (one.starts_at >= end or one.equipment_id != together[0].equipment_id):
            yield together
            together, end = [], LONG_AGO
        together.append(one)
        end = max(end, one.ends_at)
    if together:
        yield together


def _job(held: Held, given: dict[int, Given]) -> Job:
    has = given.get(held.id, NOTHING)
    return Job(held.id, held.span, held.quantity, has.fixed, has.tentative)


def _give(units: Assignment, given: dict[int, Given]) -> None:
    """Write what has changed."""
    had = {claim_id: frozenset().union(*given.get(claim_id, NOTHING)) for claim_id in units}
    taken = [(claim_id, unit) for claim_id, its in units.items() for unit in sorted(had[claim_id] - its)]
    new = [(claim_id, unit) for claim_id, its in units.items() for unit in sorted(its - had[claim_id])]
    if taken:
        db.session.execute(delete(ClaimUnit).where(tuple_(ClaimUnit.claim_id, ClaimUnit.unit_id).in_(taken)))
    if new:
        db.session.execute(
            insert(ClaimUnit),
            [{"claim_id": claim_id, "unit_id": unit_id, "is_fixed": False} for claim_id, unit_id in new],
        )
