"""Saying what a thing takes along when it is booked."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from app.accounts.operator import Actor
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput
from app.core.events import publish
from app.extensions import db
from app.inventory import permissions
from app.inventory.events import RequirementsChanged
from app.inventory.models import Equipment, EquipmentStatus, Mode, Requirement
from app.inventory.queries.equipment import get_for_change
from app.inventory.queries.requirements import list_links, list_requirements
from app.inventory.rules.details import MOST_UNITS
from app.inventory.rules.requirements import Link, by_thing, closes_a_circle

MOST = 40
"""Things that one thing takes along: a room has no more of them."""


@unit_of_work
def set_requirements(*, actor: Actor, equipment_id: int, links: Sequence[Link]) -> Sequence[Requirement]:
    """Let the thing take along these and nothing else; what is booked stays as it is.

    Raises NotFound, Forbidden to who does not manage its lab, and InvalidInput (too_many, twice, itself,
    unknown, circle, out-of-range).
    """
    equipment = get_for_change(actor, equipment_id)
    if not permissions.may_manage_lab(actor, equipment.lab_id):
        raise Forbidden
    _check(equipment, links)
    known = {one.needs_id: one for one in list_requirements(equipment_id)}
    before = _told(known.values())
    for gone in known.keys() - {link.needs_id for link in links}:
        db.session.delete(known[gone])
    for link in links:
        one = known.get(link.needs_id) or Requirement(equipment=equipment, needs_id=link.needs_id)
        one.quantity, one.is_shared = link.quantity, link.is_shared or link.quantity is None
        one.modes = [mode.value for mode in Mode if mode.value in link.modes]
        db.session.add(one)
    db.session.flush()
    found = list_requirements(equipment_id)
    if _told(found) != before:
        publish(
            RequirementsChanged(
                actor_id=actor.id, subject_id=equipment.id, lab_id=equipment.lab_id, needs=_told(found)
            )
        )
    return found


def _check(equipment: Equipment, links: Sequence[Link]) -> None:
    ids = [link.needs_id for link in links]
    if len(ids) > MOST:
        raise InvalidInput(("requirements", "too_many"), limit=MOST)
    if len(set(ids)) < len(ids):
        raise InvalidInput(("requirements", "twice"))
    if equipment.id in ids:
        raise InvalidInput(("requirements", "itself"))
    if any(link.quantity is not None and not 1 <= link.quantity <= MOST_UNITS for link in links):
        raise InvalidInput(("quantity", "out-of-range"))
    # Locked in order of id, so that two who write at once do not close a circle between them.
    there = db.session.scalars(
        select(Equipment.id)
        .where(Equipment.id.in_(ids), Equipment.status != EquipmentStatus.RETIRED)
        .order_by(Equipment.id)
        .with_for_update()
    ).all()
    if set(ids) - set(there):
        raise InvalidInput(("requirements", "unknown"))
    known = by_thing(list_links(ids))
    if any(closes_a_circle(known, equipment.id, id_) for id_ in ids):
        raise InvalidInput(("requirements", "circle"))


def _told(requirements: Iterable[Requirement]) -> tuple[dict[str, object], ...]:
    return tuple(
        {"equipment": one.needs_id, "quantity": one.quantity, "shared": one.is_shared, "modes": one.modes}
        for one in sorted(requirements, key=lambda one: one.needs_id)
    )
