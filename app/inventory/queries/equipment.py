"""Equipment and units, as far as the one who asks may see them: all but the retired, which staff see."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Role
from app.accounts.operator import Actor
from app.core.errors import NotFound
from app.core.text import fold
from app.extensions import db
from app.inventory.models import Equipment, EquipmentStatus, Lab, Unit

# What a list or an answer shows of equipment: three queries, however many there are.
WHOLE = (
    joinedload(Equipment.lab).joinedload(Lab.site),
    joinedload(Equipment.category),
    selectinload(Equipment.units).joinedload(Unit.acquisition),
)
OF_ONE = (*WHOLE[:-1], joinedload(Equipment.units).joinedload(Unit.acquisition))
"""The same of a single one, in one query."""
MOST_AT_ONCE = 1_000
"""Values in one question: both databases have a limit."""
STAFF = (Role.MANAGER, Role.APPROVER, Role.TECHNICIAN, Role.SAFETY_OFFICER)


def visible_to(actor: Actor | None) -> ColumnElement[bool]:
    """The condition that this person (None: not signed in) may see an equipment."""
    not_retired = Equipment.status != EquipmentStatus.RETIRED
    if actor is None:
        return not_retired
    if actor.has_role(Role.ADMIN, Role.LIAISON):
        return true()
    return or_(not_retired, Equipment.lab_id.in_(actor.lab_ids(*STAFF)))


def select_equipment(actor: Actor | None) -> Select[Equipment]:
    """The equipment this person may see, with its lab, category and units."""
    return select(Equipment).where(visible_to(actor)).options(*WHOLE)


def get_equipment(actor: Actor | None, equipment_id: int) -> Equipment:
    """Raises NotFound, also for retired equipment that is not this person's business."""
    wanted = select(Equipment).where(Equipment.id == equipment_id, visible_to(actor))
    found = db.session.scalars(wanted.options(*OF_ONE)).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def get_several(actor: Actor | None, equipment_ids: Sequence[int]) -> list[Equipment]:
    """Those of the ids, in their order, with their places and without units. Raises NotFound when
    `get_equipment` would not give one of them.
    """
    if not equipment_ids:
        return []
    wanted = select(Equipment).where(Equipment.id.in_(equipment_ids), visible_to(actor))
    rows = db.session.scalars(wanted.options(joinedload(Equipment.lab).joinedload(Lab.site)))
    found = {one.id: one for one in rows}
    if not found.keys() >= set(equipment_ids):
        raise NotFound
    return [found[id_] for id_ in equipment_ids]


def get_for_change(actor: Actor, equipment_id: int) -> Equipment:
    """The same, kept from being changed by others until the unit of work ends."""
    locked = select(Equipment.id).where(Equipment.id == equipment_id).with_for_update()
    db.session.execute(locked).all()
    found = db.session.scalar(
        select_equipment(actor).where(Equipment.id == equipment_id).execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def find_imported(lab_id: int, import_key: str) -> Equipment | None:
    """The equipment of the lab that its own list knows by this key."""
    return db.session.scalar(
        select(Equipment).where(Equipment.lab_id == lab_id, Equipment.import_key == import_key)
    )


def imported_of(lab_ids: Collection[int], *, lock: bool = False) -> dict[tuple[int, str], Equipment]:
    """The equipment of the labs that a list has brought, by lab and key (for services).

    With `lock` it is kept from being changed by others until the unit of work ends.
    """
    brought = Equipment.lab_id.in_(lab_ids), Equipment.import_key.is_not(None)
    if lock:
        # In one order, so that two lists wait for each other and never deadlock.
        db.session.execute(
            select(Equipment.id).where(*brought).order_by(Equipment.id).with_for_update()
        ).all()
    found = db.session.scalars(
        select(Equipment).where(*brought).options(*WHOLE).execution_options(populate_existing=lock)
    )
    return {(equipment.lab_id, equipment.import_key or ""): equipment for equipment in found}


def own_key(equipment: Equipment) -> str:
    """What our own lists know it by: the key of the list that brought it, or one of this Kargah alone."""
    return equipment.import_key or f"#{equipment.id}-{equipment.created_at:%Y%m%d%H%M%S}"


def unbrought_of(lab_ids: Collection[int], *, lock: bool = False) -> Sequence[Equipment]:
    """The equipment of the labs that no list has brought (for services)."""
    entered = Equipment.lab_id.in_(lab_ids), Equipment.import_key.is_(None)
    if lock:
        db.session.execute(
            select(Equipment.id).where(*entered).order_by(Equipment.id).with_for_update()
        ).all()
    return db.session.scalars(
        select(Equipment).where(*entered).options(*WHOLE).execution_options(populate_existing=lock)
    ).all()


def names_of(lab_ids: Collection[int]) -> dict[tuple[int, str], set[int]]:
    """The ids of what is in the labs and not retired, by lab and folded name (for services)."""
    rows = db.session.execute(
        select(Equipment.lab_id, Equipment.name, Equipment.id).where(
            Equipment.lab_id.in_(lab_ids), Equipment.status != EquipmentStatus.RETIRED
        )
    )
    found: dict[tuple[int, str], set[int]] = {}
    for lab_id, name, equipment_id in rows:
        found.setdefault((lab_id, fold(name)), set()).add(equipment_id)
    return found


def find_unit(unit_id: int) -> Unit | None:
    """The unit, whoever asks (for services)."""
    return db.session.get(Unit, unit_id)


def get_unit(actor: Actor | None, unit_id: int) -> tuple[Equipment, Unit]:
    """The unit and its equipment, if this person may see that. Raises NotFound.

    Also for a unit that has been received and belongs to no equipment yet.
    """
    unit = find_unit(unit_id)
    if unit is None or unit.equipment_id is None:
        raise NotFound
    return get_equipment(actor, unit.equipment_id), unit


def taken_asset_tags(tags: Sequence[str]) -> dict[str, int]:
    """Which of these tags are on a unit already, retired ones included, and the id of that unit."""
    worn: dict[str, int] = {}
    for first in range(0, len(tags), MOST_AT_ONCE):
        wanted = tags[first : first + MOST_AT_ONCE]
        rows = db.session.execute(select(Unit.asset_tag, Unit.id).where(Unit.asset_tag.in_(wanted)))
        worn |= {tag: unit_id for tag, unit_id in rows if tag is not None}
    return worn


def list_of_labs(lab_ids: Collection[int]) -> Sequence[Equipment]:
    """What the labs have and have not retired, by lab and name, with lab and category loaded."""
    return db.session.scalars(
        select(Equipment)
        .where(Equipment.lab_id.in_(lab_ids), Equipment.status != EquipmentStatus.RETIRED)
        .options(joinedload(Equipment.lab).joinedload(Lab.site), joinedload(Equipment.category))
        .order_by(Equipment.lab_id, Equipment.name, Equipment.id)
    ).all()


def list_of_lab(lab_id: int) -> Sequence[Equipment]:
    """All equipment of the lab, the retired as well (for services)."""
    return db.session.scalars(select(Equipment).where(Equipment.lab_id == lab_id).options(*WHOLE)).all()


def list_of_categories(category_ids: Collection[int]) -> Sequence[Equipment]:
    """All equipment of these categories, the retired as well (for services)."""
    return db.session.scalars(
        select(Equipment).where(Equipment.category_id.in_(category_ids)).options(*WHOLE)
    ).all()
