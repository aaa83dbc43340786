"""Giving units to claims: tentatively, and exchanged as long as nobody works with them."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from app.core.spans import Span
from app.extensions import db
from app.occupancy.models import LONGEST_CLAIM, Claim, ClaimUnit, Source
from app.occupancy.queries import (
    claimed_within,
    claims_of,
    find_claim_of_lost_unit,
    is_any_fixed,
    units_in_service,
)
from app.occupancy.rules.packing import Job, pack


def assign(sources: Collection[Source]) -> bool:
    """Give every claim of the sources its units, exchanging tentative ones of others if need be.

    The equipment must be locked. False when there is no way to do it with single units throughout;
    nothing is changed then.
    """
    wanting = claims_of(sources)
    return all(
        _assign(
            equipment_id,
            [claim for claim in wanting if claim.equipment_id == equipment_id],
        )
        for equipment_id in sorted({claim.equipment_id for claim in wanting})
    )


def exchange_lost(equipment_id: int) -> bool:
    """Give other units to what has one that is not in service any more, and is not over yet.

    The equipment must be locked. What somebody works with (fixed) stays. False when there is no way.
    """
    while lost := find_claim_of_lost_unit(equipment_id):
        if not _assign(equipment_id, [lost]):
            return False
    return True


def can_hold(equipment_id: int, span: Span, quantity: int, *, without: Collection[Source] = ()) -> bool:
    """Whether single units could serve the quantity throughout the span beside all that is claimed.

    Asked when the counts fit: only units that are fixed elsewhere can then be in the way. That is
    rare, so whether there is one around is asked first; one further off than the longest claim could be in
    the way through a chain of others only, and `assign` would say so.
    """
    if not is_any_fixed(equipment_id, span.widen(LONGEST_CLAIM, LONGEST_CLAIM)):
        return True
    skipped = {(source.kind, source.id) for source in without}
    near = [c for c in _connected(equipment_id, span) if (c.kind, c.source_id) not in skipped]
    if not any(given.is_fixed for claim in near for given in claim.units):
        return True
    jobs = [_job(claim) for claim in near]
    return pack([*jobs, Job(0, span, quantity)], units_in_service(equipment_id)) is not None


def _assign(equipment_id: int, wanting: Sequence[Claim]) -> bool:
    ids = {claim.id for claim in wanting}
    reach = Span(min(c.starts_at for c in wanting), max(c.ends_at for c in wanting))
    near = _connected(equipment_id, reach)
    # Requests that are not approved have no units yet and get none here.
    jobs = [_job(claim) for claim in near if claim.units or claim.id in ids]
    found = pack(jobs, units_in_service(equipment_id))
    if found is None:
        return False
    for claim in near:
        if claim.id in found:
            _give(claim, found[claim.id])
    db.session.flush()
    return True


def _connected(equipment_id: int, span: Span) -> list[Claim]:
    """The claims that overlap the span, those that overlap them, and so on: all a change can reach."""
    reach = span
    while True:
        near = db.session.scalars(
            select(Claim)
            .where(Claim.equipment_id == equipment_id, claimed_within(reach))
            .options(selectinload(Claim.units))
            .execution_options(populate_existing=True)
        ).all()
        wider = Span(
            min([reach.start, *(c.starts_at for c in near)]),
            max([reach.end, *(c.ends_at for c in near)]),
        )
        if wider == reach:
            return list(near)
        reach = wider


def _job(claim: Claim) -> Job:
    fixed = frozenset(given.unit_id for given in claim.units if given.is_fixed)
    tentative = frozenset(given.unit_id for given in claim.units if not given.is_fixed)
    return Job(claim.id, claim.span, claim.quantity, fixed, tentative)


def _give(claim: Claim, units: frozenset[int]) -> None:
    has = {given.unit_id for given in claim.units}
    if has - units:
        db.session.execute(
            delete(ClaimUnit).where(ClaimUnit.claim_id == claim.id, ClaimUnit.unit_id.in_(has - units))
        )
    db.session.add_all(ClaimUnit(claim_id=claim.id, unit_id=unit) for unit in sorted(units - has))
