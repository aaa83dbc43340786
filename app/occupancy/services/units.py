"""Giving units to claims: tentatively, and exchanged as long as nobody works with them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import delete, insert, tuple_

from app.core.spans import Span
from app.extensions import db
from app.occupancy.models import LONGEST_CLAIM, Claim, ClaimUnit, Source
from app.occupancy.queries import (
    Held,
    claims_of,
    find_claim_of_lost_unit,
    list_fixed,
    list_held,
    units_in_service,
)
from app.occupancy.rules.packing import Assignment, Job, pack

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def assign(sources: Collection[Source]) -> bool:
    """Give every claim of the sources its units, exchanging tentative ones of others if need be.

    The equipment must be locked. False when there is no way to do it with single units throughout;
    nothing is changed then. A fixed number of queries, however many sources, but for those by which a
    chain of claims that overlap one another leads out of their time.
    """
    return _assign(claims_of(sources))


def exchange_lost(equipment_id: int) -> bool:
    """Give other units to what has one that is not in service any more, and is not over yet.

    The equipment must be locked. What somebody works with (fixed) stays. False when there is no way.
    """
    while lost := find_claim_of_lost_unit(equipment_id):
        if not _assign([lost]):
            return False
    return True


def fixed_around(equipment_ids: Collection[int], spans: Collection[Span]) -> dict[int, list[Span]]:
    """Where units of the equipment are fixed, as near to the spans as can matter to `can_hold`."""
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    return list_fixed(equipment_ids, Span(first, last).widen(LONGEST_CLAIM, LONGEST_CLAIM))


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
        fixed = fixed_around([equipment_id], [span]).get(equipment_id, ())
    around = span.widen(LONGEST_CLAIM, LONGEST_CLAIM)
    if not any(one.overlaps(around) for one in fixed):
        return True
    near = [one for one in _connected([equipment_id], [span]) if one.source not in without]
    if not any(one.fixed for one in near):
        return True
    jobs = [*map(_job, near), Job(0, span, quantity)]
    return pack(jobs, units_in_service([equipment_id])[equipment_id]) is not None


def _assign(wanting: Sequence[Claim]) -> bool:
    if not wanting:
        return True
    ids = {claim.id for claim in wanting}
    near = _connected({claim.equipment_id for claim in wanting}, [claim.span for claim in wanting])
    units = units_in_service({claim.equipment_id for claim in wanting})
    found: Assignment = {}
    for equipment_id, together in _clusters(near):
        if not any(one.id in ids for one in together):
            continue
        # Requests that are not approved have no units yet and get none here.
        packed = pack([_job(one) for one in together if one.units or one.id in ids], units[equipment_id])
        if packed is None:
            return False
        found |= packed
    _give([one for one in near if one.id in found], found)
    return True


def _connected(equipment_ids: Collection[int], spans: Collection[Span]) -> list[Held]:
    """The claims that overlap the spans, those that overlap them, and so on: all a change can reach.

    What lies between the spans is read as well, which costs less than to ask for each of them.
    """
    reach = Span(min(span.start for span in spans), max(span.end for span in spans))
    while True:
        near = list_held(equipment_ids, reach)
        wider = Span(
            min([reach.start, *(one.span.start for one in near)]),
            max([reach.end, *(one.span.end for one in near)]),
        )
        if wider == reach:
            return near
        reach = wider


def _clusters(held: Sequence[Held]) -> Iterable[tuple[int, list[Held]]]:
    """The claims of each equipment, cut where nothing is claimed: what lies apart is packed apart."""
    for equipment_id, group in groupby(held, key=lambda one: one.equipment_id):
        together: list[Held] = []
        end = LONG_AGO
        for one in list(group):
            if together and one.span.start >= end:
                yield equipment_id, together
                together = []
            together.append(one)
            end = max(end, one.span.end)
        yield equipment_id, together


def _job(held: Held) -> Job:
    return Job(held.id, held.span, held.quantity, held.fixed, held.tentative)


def _give(changed: Sequence[Held], units: Assignment) -> None:
    taken = [(one.id, unit) for one in changed for unit in sorted(one.units - units[one.id])]
    given = [(one.id, unit) for one in changed for unit in sorted(units[one.id] - one.units)]
    db.session.flush()
    if taken:
        db.session.execute(delete(ClaimUnit).where(tuple_(ClaimUnit.claim_id, ClaimUnit.unit_id).in_(taken)))
    if given:
        db.session.execute(
            insert(ClaimUnit),
            [{"claim_id": claim_id, "unit_id": unit_id, "is_fixed": False} for claim_id, unit_id in given],
        )
