"""Plan what has to be done with equipment, note that it was, and be reminded."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypedDict, TypeVar, Unpack

from app.accounts.models import User
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.events import publish, publish_together
from app.core.text import clean, one_line
from app.extensions import db
from app.inventory import permissions
from app.inventory.events.upkeep import (
    MaintenanceCarriedOut,
    MaintenanceDueSoon,
    MaintenanceEvent,
    MaintenancePlanChanged,
    MaintenancePlanned,
    MaintenancePlanRetired,
)
from app.inventory.models import Equipment, MaintenanceDone, MaintenancePlan, Per
from app.inventory.queries.equipment import get_for_change
from app.inventory.queries.maintenance import get_plan, list_unreminded
from app.inventory.rules.maintenance import (
    LONGEST_NOTE,
    REMIND_BEFORE,
    is_to_remind,
    next_due,
    problems_of,
)
from app.inventory.services.changes import apply_changes
from app.inventory.services.faults import check_thing, check_unit

A_DAY = timedelta(days=1)
E = TypeVar("E", bound=MaintenanceEvent)


class PlanExtras(TypedDict, total=False):
    """What a plan may be without."""

    every: int | None
    per: Per | None
    """Both or neither: so long after it was done it is due again."""
    unit_id: int | None
    note: str


class PlanDetails(PlanExtras, total=False):
    """What is written in a plan."""

    what: str
    due_on: date
    minutes: int


@unit_of_work
def plan_maintenance(
    *, actor: User, equipment_id: int, what: str, due_on: date, minutes: int, **more: Unpack[PlanExtras]
) -> MaintenancePlan:
    """From now on it has to be done, first on that day.

    Raises NotFound, Forbidden, InvalidInput, and WrongState for what is retired.
    """
    equipment = get_for_change(actor, equipment_id)
    _check_that_may(actor, equipment)
    given: dict[str, Any] = {"what": what, "due_on": due_on, "minutes": minutes, **more}
    values = {"every": None, "per": None, "unit_id": None, "note": ""} | _cleaned(given)
    _check(values, equipment)
    plan = MaintenancePlan(equipment_id=equipment_id, created_by_id=actor.id, created_at=now(), **values)
    db.session.add(plan)
    db.session.flush()
    publish(_happened(MaintenancePlanned, plan, actor))
    return plan


@unit_of_work
def change_plan(*, actor: User, plan_id: int, **details: Unpack[PlanDetails]) -> MaintenancePlan:
    """What is left out stays as it is. Raises NotFound, InvalidInput, and WrongState for what is retired."""
    plan = _to_keep(actor, plan_id)
    values = _cleaned(details)
    names = ("what", "due_on", "minutes", "every", "per", "unit_id", "note")
    _check({name: getattr(plan, name) for name in names} | values, plan.equipment, plan)
    changes = apply_changes(plan, values)
    if changes:
        publish(_happened(MaintenancePlanChanged, plan, actor, changes=changes))
    return plan


@unit_of_work
def carry_out(
    *, actor: User, plan_id: int, done_on: date, note: str = "", next_on: date | None = None
) -> MaintenanceDone:
    """It was done on that day. It is due again after its interval, or on `next_on` where that is given.

    With neither it need not be done any more. Raises NotFound, InvalidInput, and WrongState for what is
    retired.
    """
    plan = _to_keep(actor, plan_id)
    note = clean(note)
    _check_done(plan, done_on, next_on, note)
    done = MaintenanceDone(
        due_on=plan.due_on, done_on=done_on, note=note, noted_by_id=actor.id, noted_at=now()
    )
    if next_on is not None:
        plan.due_on = next_on
    elif plan.every is not None and plan.per is not None:
        plan.due_on = next_due(done_on, plan.every, plan.per)
    else:
        plan.retired_at, plan.retired_by_id = now(), actor.id
    plan.done.insert(0, done)
    db.session.flush()
    publish(_happened(MaintenanceCarriedOut, plan, actor, done_on=done_on))
    return done


@unit_of_work
def retire_plan(*, actor: User, plan_id: int) -> MaintenancePlan:
    """It need not be done any more; what was done stays. Raises NotFound and WrongState."""
    plan = _to_keep(actor, plan_id)
    plan.retired_at, plan.retired_by_id = now(), actor.id
    publish(_happened(MaintenancePlanRetired, plan, actor))
    return plan


@unit_of_work
def remind_of_maintenance() -> int:
    """Tell who looks after the labs what is due within two weeks, each once a day it is due on. How many."""
    at, events = now(), list[MaintenanceEvent]()
    # A day more: the site's own today decides.
    for plan in list_unreminded((at + REMIND_BEFORE + A_DAY).date()):
        if is_to_remind(plan.due_on, plan.reminded_for, _today(plan.equipment)):
            plan.reminded_for = plan.due_on
            events.append(_happened(MaintenanceDueSoon, plan, None))
    if events:
        publish_together(events)
    return len(events)


def _to_keep(actor: User, plan_id: int) -> MaintenancePlan:
    plan = get_plan(actor, plan_id, for_update=True)
    _check_that_may(actor, plan.equipment)
    if plan.retired_at is not None:
        raise WrongState(state="retired")
    return plan


def _check_that_may(actor: User, equipment: Equipment) -> None:
    if not permissions.may_keep_maintenance(actor, equipment.lab_id):
        raise Forbidden
    check_thing(equipment)


def _cleaned(details: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(details)
    if "what" in values:
        values["what"] = one_line(values["what"])
    if "note" in values:
        values["note"] = clean(values["note"])
    return values


def _check(values: Mapping[str, Any], equipment: Equipment, plan: MaintenancePlan | None = None) -> None:
    """Raises InvalidInput with all that is wrong."""
    last_done = plan.done[0].done_on if plan is not None and plan.done else None
    if wrong := problems_of(values, last_done):
        raise InvalidInput(*wrong)
    if plan is None or values["unit_id"] != plan.unit_id:
        check_unit(equipment, values["unit_id"])


def _check_done(plan: MaintenancePlan, done_on: date, next_on: date | None, note: str) -> None:
    """Raises InvalidInput."""
    if done_on > _today(plan.equipment):
        raise InvalidInput(("done_on", "not_yet"))
    if plan.done and done_on <= plan.done[0].done_on:
        raise InvalidInput(("done_on", "before_last_done"))
    if next_on is not None and next_on <= done_on:
        raise InvalidInput(("next_on", "before_last_done"))
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(("note", "too-long"))


def _today(equipment: Equipment) -> date:
    return now().astimezone(equipment.lab.site.zone).date()


def _happened(kind: type[E], plan: MaintenancePlan, actor: User | None, **more: Any) -> E:
    return kind(
        actor_id=actor.id if actor is not None else None,
        subject_id=plan.id,
        equipment_id=plan.equipment_id,
        due_on=plan.due_on,
        **more,
    )
