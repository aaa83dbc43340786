"""How long samples take."""

from collections.abc import Sequence

from sqlalchemy import delete

from app.accounts.operator import Actor
from app.booking.events import SampleDurationsSet
from app.booking.models import SampleDuration
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput
from app.core.events import publish
from app.extensions import db
from app.inventory.permissions import may_manage_lab
from app.inventory.queries.equipment import get_equipment

MOST_ROWS = 50
MOST_SAMPLES, MOST_MINUTES = 100_000, 14 * 24 * 60


@unit_of_work
def set_sample_durations(*, actor: Actor, equipment_id: int, rows: Sequence[tuple[int, int]]) -> None:
    """Up to so many samples take so many minutes, from now on; no rows: it does not depend on them.

    More samples have to take at least as long as fewer. Raises Forbidden, NotFound, InvalidInput.
    """
    equipment = get_equipment(actor, equipment_id)
    if not may_manage_lab(actor, equipment.lab_id):
        raise Forbidden
    wanted = sorted(rows)
    if problem := _problem_with(wanted):
        raise InvalidInput(("rows", problem))
    db.session.execute(delete(SampleDuration).where(SampleDuration.equipment_id == equipment_id))
    db.session.add_all(
        SampleDuration(equipment_id=equipment_id, up_to=up_to, minutes=minutes) for up_to, minutes in wanted
    )
    publish(
        SampleDurationsSet(
            actor_id=actor.id, subject_id=equipment_id, lab_id=equipment.lab_id, rows=tuple(wanted)
        )
    )


def _problem_with(rows: Sequence[tuple[int, int]]) -> str | None:
    if len(rows) > MOST_ROWS:
        return "out_of_range"
    if any(not 0 < up_to <= MOST_SAMPLES or not 0 < minutes <= MOST_MINUTES for up_to, minutes in rows):
        return "out_of_range"
    if len({up_to for up_to, _minutes in rows}) < len(rows):
        return "twice"
    minutes = [one for _up_to, one in rows]
    return "more_takes_longer" if minutes != sorted(minutes) else None
