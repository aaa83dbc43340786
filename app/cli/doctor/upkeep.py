"""Do faults and plans of maintenance tell one story each?"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select

from app.core.event_log import EventRecord
from app.extensions import db
from app.inventory.models import Fault, MaintenanceDone, MaintenancePlan, Unit

NAMES = {
    "FaultReported": "reported",
    "FaultConfirmed": "confirmed",
    "FaultRepaired": "repaired",
    "FaultDismissed": "dismissed",
}


def faults_tell_one_story() -> Iterator[str]:
    """Each state has the columns that belong to it, in the order in which things happen."""
    last = _last_events()
    for fault in db.session.scalars(select(Fault).execution_options(yield_per=1000)):
        is_over = fault.state.value in ("repaired", "dismissed")
        is_known = fault.confirmed_at is not None
        at = [one for one in (fault.reported_at, fault.confirmed_at, fault.closed_at) if one is not None]
        wrong = {
            "is over, and nobody closed it": is_over and None in (fault.closed_at, fault.closed_by_id),
            "is open, and somebody closed it": not is_over
            and (fault.closed_at, fault.closed_by_id) != (None, None),
            "is confirmed, and nobody did": fault.state.value == "confirmed" and not is_known,
            "is only reported, and somebody confirmed it": fault.state.value == "reported" and is_known,
            "is confirmed by nobody, or as nothing": is_known
            and (fault.confirmed_by_id is None or not fault.known_as),
            "is dismissed without a reason": fault.state.value == "dismissed" and not fault.closing_note,
            "did not happen in its order": at != sorted(at),
            "has another state than its last event": last.get(fault.id) != fault.state.value,
        }
        yield from (f"fault {fault.id}: {what}" for what, is_so in wrong.items() if is_so)


def upkeep_is_about_its_own_units() -> Iterator[str]:
    """What is about a unit is about one of its own equipment."""
    for table, name in ((Fault, "fault"), (MaintenancePlan, "plan of maintenance")):
        strangers = (
            select(table.id, table.unit_id)
            .join(Unit, Unit.id == table.unit_id)
            .where(Unit.equipment_id.is_distinct_from(table.equipment_id))
        )
        for id_, unit_id in db.session.execute(strangers):
            yield f"{name} {id_}: unit {unit_id} is of another equipment"


def plans_are_due_after_they_were_done() -> Iterator[str]:
    """A plan that counts is due after it was done last; what was done once only is over."""
    done: dict[int, list[date]] = defaultdict(list)
    for plan_id, day in db.session.execute(select(MaintenanceDone.plan_id, MaintenanceDone.done_on)):
        done[plan_id].append(day)
    for plan in db.session.scalars(select(MaintenancePlan).where(MaintenancePlan.retired_at.is_(None))):
        days = done[plan.id]
        if days and plan.due_on <= max(days):
            yield f"plan of maintenance {plan.id}: due on {plan.due_on}, and was done on {max(days)}"


def _last_events() -> dict[int, str]:
    newest = (
        select(func.max(EventRecord.id))
        .where(EventRecord.subject_kind == "fault", EventRecord.name.in_(NAMES))
        .group_by(EventRecord.subject_id)
    )
    rows = db.session.execute(
        select(EventRecord.subject_id, EventRecord.name).where(EventRecord.id.in_(newest))
    )
    return {fault_id: NAMES[name] for fault_id, name in rows}
