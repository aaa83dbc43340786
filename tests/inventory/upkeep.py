"""Faults and plans, made quickly for tests."""

from datetime import date
from typing import Any

from app.accounts.models import User
from app.inventory.models import Equipment, Fault, MaintenancePlan, Per, Usability
from app.inventory.services.faults import confirm_fault, report_fault
from app.inventory.services.maintenance import plan_maintenance
from tests.cast import Cast


def reported(
    cast: Cast,
    *,
    by: User | None = None,
    of: Equipment | None = None,
    text: str = "Laser flickers",
    **more: Any,
) -> Fault:
    """Booker says that the spectrometer can be used with care only."""
    given = {"usability": Usability.LIMITED} | more
    equipment_id = (of or cast.raman).id
    return report_fault(actor=by or cast.booker, equipment_id=equipment_id, text=text, **given).fault


def confirmed(cast: Cast, *, known_as: str = "The laser is unstable", **more: Any) -> Fault:
    fault = reported(cast, **more)
    return confirm_fault(actor=cast.technician, fault_id=fault.id, known_as=known_as)


def planned(
    cast: Cast, *, of: Equipment | None = None, by: User | None = None, **more: Any
) -> MaintenancePlan:
    """Calibration of the spectrometer every six months, next in a week."""
    given = {
        "what": "Calibration",
        "due_on": date(2026, 11, 29),
        "minutes": 120,
        "every": 6,
        "per": Per.MONTH,
    } | more
    return plan_maintenance(actor=by or cast.manager, equipment_id=(of or cast.raman).id, **given)
