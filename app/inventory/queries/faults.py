"""Faults, as far as the one who asks may see them: one's own reports, and all of the labs one serves."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import joinedload

from app.accounts.models import Role, User
from app.core.errors import NotFound
from app.extensions import db
from app.inventory.models import Equipment, Fault, FaultPhoto, FaultState, Lab
from app.inventory.rules.faults import OPEN

SERVING = (Role.MANAGER, Role.TECHNICIAN)
WHOLE = (
    joinedload(Fault.equipment).joinedload(Equipment.lab).joinedload(Lab.site),
    joinedload(Fault.unit),
    joinedload(Fault.photo),
    joinedload(Fault.reported_by),
    joinedload(Fault.confirmed_by),
    joinedload(Fault.closed_by),
)


def list_faults(
    actor: User,
    *,
    is_open: bool | None = None,
    lab_ids: Collection[int] | None = None,
    equipment_id: int | None = None,
    before: int | None = None,
    limit: int | None = None,
) -> Sequence[Fault]:
    """What the person may see, newest first; `before` is the number of the last one already shown."""
    wanted = select(Fault).join(Fault.equipment).where(_visible_to(actor)).options(*WHOLE)
    if is_open is not None:
        wanted = wanted.where(Fault.state.in_(OPEN) if is_open else Fault.state.not_in(OPEN))
    if lab_ids is not None:
        wanted = wanted.where(Equipment.lab_id.in_(lab_ids))
    if equipment_id is not None:
        wanted = wanted.where(Fault.equipment_id == equipment_id)
    if before is not None:
        wanted = wanted.where(Fault.id < before)
    return db.session.scalars(wanted.order_by(Fault.id.desc()).limit(limit)).all()


def list_reported_by(person: User, equipment_id: int, *, limit: int = 10) -> Sequence[Fault]:
    """What this person reported about the equipment, newest first."""
    return db.session.scalars(
        select(Fault)
        .where(Fault.equipment_id == equipment_id, Fault.reported_by_id == person.id)
        .options(*WHOLE)
        .order_by(Fault.id.desc())
        .limit(limit)
    ).all()


def list_known(equipment_id: int) -> Sequence[Fault]:
    """What the lab has confirmed and not repaired yet: for everybody who has signed in."""
    return db.session.scalars(
        select(Fault)
        .where(Fault.equipment_id == equipment_id, Fault.state == FaultState.CONFIRMED)
        .options(joinedload(Fault.unit))
        .order_by(Fault.id)
    ).all()


def find_open_of(user_id: int, equipment_id: int, unit_id: int | None) -> Fault | None:
    """What this person reported of exactly this and is not over (for services)."""
    return db.session.scalar(
        select(Fault)
        .where(
            Fault.reported_by_id == user_id,
            Fault.equipment_id == equipment_id,
            Fault.unit_id.is_not_distinct_from(unit_id),
            Fault.state.in_(OPEN),
        )
        .order_by(Fault.id)
        .limit(1)
    )


def get_fault(actor: User, fault_id: int, *, for_update: bool = False) -> Fault:
    """Raises NotFound. With `for_update` it is kept from others until the unit of work ends."""
    if for_update:
        db.session.execute(select(Fault.id).where(Fault.id == fault_id).with_for_update()).all()
    found = db.session.scalar(
        select(Fault)
        .join(Fault.equipment)
        .where(Fault.id == fault_id, _visible_to(actor))
        .options(*WHOLE)
        .execution_options(populate_existing=for_update)
    )
    if found is None:
        raise NotFound
    return found


def get_told(fault_id: int) -> Fault:
    """Whoever asks (for news)."""
    return db.session.get_one(Fault, fault_id, options=WHOLE)


def get_photo(actor: User, name: str) -> FaultPhoto:
    """The one with this file or thumbnail, for who may see its fault. Raises NotFound."""
    found = db.session.scalar(
        select(FaultPhoto)
        .join(FaultPhoto.fault)
        .join(Fault.equipment)
        .where(or_(FaultPhoto.file == name, FaultPhoto.thumbnail == name), _visible_to(actor))
        .options(joinedload(FaultPhoto.fault).joinedload(Fault.equipment))
    )
    if found is None:
        raise NotFound
    return found


def kept_photos() -> set[str]:
    """The names of all files that rows name (for the sweep)."""
    rows = db.session.execute(select(FaultPhoto.file, FaultPhoto.thumbnail)).all()
    return {name for row in rows for name in row}


def _visible_to(actor: User) -> ColumnElement[bool]:
    if actor.has_role(Role.ADMIN):
        return true()
    return or_(Fault.reported_by_id == actor.id, Equipment.lab_id.in_(actor.lab_ids(*SERVING)))
