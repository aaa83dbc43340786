"""Does every unit have its origin, and what comes along an end?"""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import func, select

from app.extensions import db
from app.inventory.models import Acquisition, Requirement, Unit


def one_acquisition_each() -> Iterator[str]:
    count = func.count(Acquisition.id)
    for unit_id, found in db.session.execute(
        select(Unit.id, count)
        .outerjoin(Acquisition, Acquisition.unit_id == Unit.id)
        .group_by(Unit.id)
        .having(count != 1)
    ):
        yield f"unit {unit_id}: {found} acquisitions"


def nothing_needs_itself() -> Iterator[str]:
    """What comes along with a thing, and with that, never ends at the thing again."""
    needs: dict[int, set[int]] = defaultdict(set)
    for equipment_id, needs_id in db.session.execute(select(Requirement.equipment_id, Requirement.needs_id)):
        needs[equipment_id].add(needs_id)
    for equipment_id in sorted(needs):
        reached, ahead = set[int](), set(needs[equipment_id])
        while ahead:
            reached |= ahead
            ahead = set().union(*(needs.get(id_, set()) for id_ in ahead)) - reached
        if equipment_id in reached:
            yield f"equipment {equipment_id}: it comes along with itself"
