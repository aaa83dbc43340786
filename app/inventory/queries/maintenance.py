"""Plans of maintenance, for those who keep them: the labs that somebody serves."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Role, User
from app.core.errors import NotFound
from app.extensions import db
from app.inventory.models import Equipment, EquipmentStatus, Lab, MaintenanceDone, MaintenancePlan
from app.inventory.queries.faults import SERVING

WHOLE = (
    joinedload(MaintenancePlan.equipment).joinedload(Equipment.lab).joinedload(Lab.site),
    joinedload(MaintenancePlan.unit),
    selectinload(MaintenancePlan.done).joinedload(MaintenanceDone.noted_by),
)


def list_due(
    actor: User, *, lab_ids: Collection[int], limit: int, after: tuple[date, int] | None = None
) -> Sequence[MaintenancePlan]:
    """What has to be done in these labs, the most urgent first; `after` is the last one already shown."""
    wanted = (
        select(MaintenancePlan)
        .join(MaintenancePlan.equipment)
        .where(_visible_to(actor), Equipment.lab_id.in_(lab_ids), *_counts())
        .options(*WHOLE)
        .order_by(MaintenancePlan.due_on, MaintenancePlan.id)
        .limit(limit)
    )
    if after is not None:
        day, id_ = after
        wanted = wanted.where(
            or_(
                MaintenancePlan.due_on > day,
                (MaintenancePlan.due_on == day) & (MaintenancePlan.id > id_),
            )
        )
    return db.session.scalars(wanted).all()


def list_plans(
    actor: User,
    *,
    lab_id: int | None = None,
    equipment_id: int | None = None,
    is_retired: bool = False,
    after: int = 0,
    limit: int | None = None,
) -> Sequence[MaintenancePlan]:
    """The plans the person may see, as they were made one after the other: those that count, or retired."""
    wanted = (
        select(MaintenancePlan)
        .join(MaintenancePlan.equipment)
        .where(_visible_to(actor), MaintenancePlan.id > after)
        .options(*WHOLE)
        .order_by(MaintenancePlan.id)
        .limit(limit)
    )
    retired = MaintenancePlan.retired_at.is_not(None)
    wanted = wanted.where(retired if is_retired else ~retired)
    if lab_id is not None:
        wanted = wanted.where(Equipment.lab_id == lab_id)
    if equipment_id is not None:
        wanted = wanted.where(MaintenancePlan.equipment_id == equipment_id)
    return db.session.scalars(wanted).all()


def get_plan(actor: User, plan_id: int, *, for_update: bool = False) -> MaintenancePlan:
    """Raises NotFound. With `for_update` it is kept from others until the unit of work ends."""
    if for_update:
        locked = select(MaintenancePlan.id).where(MaintenancePlan.id == plan_id).with_for_update()
        db.session.execute(locked).all()
    found = db.session.scalar(
        select(MaintenancePlan)
        .join(MaintenancePlan.equipment)
        .where(MaintenancePlan.id == plan_id, _visible_to(actor))
        .options(*WHOLE)
        .execution_options(populate_existing=for_update)
    )
    if found is None:
        raise NotFound
    return found


def get_planned(plan_id: int) -> MaintenancePlan:
    """Whoever asks (for news)."""
    return db.session.get_one(MaintenancePlan, plan_id, options=WHOLE)


def list_unreminded(until: date) -> Sequence[MaintenancePlan]:
    """Plans due by then of whose day nobody was reminded (for the job)."""
    return db.session.scalars(
        select(MaintenancePlan)
        .join(MaintenancePlan.equipment)
        .where(
            MaintenancePlan.due_on <= until,
            MaintenancePlan.reminded_for.is_distinct_from(MaintenancePlan.due_on),
            *_counts(),
        )
        .options(*WHOLE)
        .order_by(MaintenancePlan.due_on, MaintenancePlan.id)
        .with_for_update(of=MaintenancePlan, skip_locked=True)
    ).all()


def _counts() -> tuple[ColumnElement[bool], ...]:
    """It has not been retired, and neither has what it is about."""
    return MaintenancePlan.retired_at.is_(None), Equipment.status != EquipmentStatus.RETIRED


def _visible_to(actor: User) -> ColumnElement[bool]:
    if actor.has_role(Role.ADMIN):
        return true()
    return Equipment.lab_id.in_(actor.lab_ids(*SERVING))
