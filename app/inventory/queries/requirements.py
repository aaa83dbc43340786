"""What things take along, and what takes them along."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.inventory.models import Equipment, Lab, Requirement
from app.inventory.rules.requirements import Link

WHOLE = (
    joinedload(Requirement.needs).joinedload(Equipment.lab).joinedload(Lab.site),
    joinedload(Requirement.equipment).joinedload(Equipment.lab).joinedload(Lab.site),
)


def list_links(equipment_ids: Collection[int]) -> list[Link]:
    """All that comes along with these, and with what comes along. One query, however deep."""
    if not equipment_ids:
        return []
    reached = (
        select(Requirement.equipment_id, Requirement.needs_id)
        .where(Requirement.equipment_id.in_(equipment_ids))
        .cte("reached", recursive=True)
    )
    # UNION, not UNION ALL: a circle, if there were one, would end all the same.
    reached = reached.union(
        select(Requirement.equipment_id, Requirement.needs_id).join(
            reached, Requirement.equipment_id == reached.c.needs_id
        )
    )
    rows = db.session.execute(
        select(
            Requirement.equipment_id,
            Requirement.needs_id,
            Requirement.quantity,
            Requirement.is_shared,
            Requirement.modes,
        )
        .where(Requirement.equipment_id.in_(select(reached.c.equipment_id)))
        .order_by(Requirement.id)
    )
    return [Link(*row[:4], frozenset(row[4])) for row in rows]


def ids_needing(equipment_ids: Collection[int]) -> set[int]:
    """These, and all that takes one of them along."""
    if not equipment_ids:
        return set()
    above = (
        select(Requirement.equipment_id)
        .where(Requirement.needs_id.in_(equipment_ids))
        .cte("above", recursive=True)
    )
    above = above.union(
        select(Requirement.equipment_id).join(above, Requirement.needs_id == above.c.equipment_id)
    )
    return {*equipment_ids, *db.session.scalars(select(above.c.equipment_id))}


def list_requirements(equipment_id: int) -> Sequence[Requirement]:
    """What the thing itself says that it takes along, in the order in which that was written."""
    return db.session.scalars(
        select(Requirement)
        .where(Requirement.equipment_id == equipment_id)
        .options(*WHOLE)
        .order_by(Requirement.id)
    ).all()


def list_both_ways(equipment_id: int) -> tuple[list[Requirement], list[Requirement]]:
    """What `list_requirements` finds, and where the thing comes along itself, by the id of what takes it."""
    found = db.session.scalars(
        select(Requirement)
        .where(or_(Requirement.equipment_id == equipment_id, Requirement.needs_id == equipment_id))
        .options(*WHOLE)
        .order_by(Requirement.id)
    ).all()
    above = [one for one in found if one.needs_id == equipment_id]
    below = [one for one in found if one.equipment_id == equipment_id]
    return below, sorted(above, key=lambda one: one.equipment_id)
