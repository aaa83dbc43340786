"""Does every unit have its origin?"""

from collections.abc import Iterator

from sqlalchemy import func, select

from app.extensions import db
from app.inventory.models import Acquisition, Unit


def one_acquisition_each() -> Iterator[str]:
    count = func.count(Acquisition.id)
    for unit_id, found in db.session.execute(
        select(Unit.id, count)
        .outerjoin(Acquisition, Acquisition.unit_id == Unit.id)
        .group_by(Unit.id)
        .having(count != 1)
    ):
        yield f"unit {unit_id}: {found} acquisitions"
