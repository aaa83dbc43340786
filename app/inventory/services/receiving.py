"""From the door to the list: units that arrived, are inspected, and then go into service.

For services above that know who may do it: the caller has asked for permission.
"""

from datetime import date

from app.accounts.models import User
from app.core.clock import now
from app.core.db import in_unit_of_work
from app.core.errors import InvalidInput, WrongState
from app.extensions import db
from app.inventory.models import Acquisition, AcquisitionKind, Equipment, Unit, UnitStatus
from app.inventory.queries.equipment import get_for_change
from app.inventory.rules.details import MOST_UNITS
from app.inventory.services.units import join_equipment


def receive_units(
    *, quantity: int, kind: AcquisitionKind, source_organisation_id: int, acquired_on: date, note: str
) -> list[Unit]:
    """So many new units that await inspection, each with the one acquisition it will ever have."""
    _assert_working()
    units = [
        Unit(
            status=UnitStatus.AWAITING_INSPECTION,
            acquisition=Acquisition(
                kind=kind,
                source_organisation_id=source_organisation_id,
                acquired_on=acquired_on,
                note=note,
                created_at=now(),
            ),
        )
        for _ in range(quantity)
    ]
    db.session.add_all(units)
    db.session.flush()
    return units


def pass_unit(unit: Unit) -> None:
    """It may be commissioned now. Raises WrongState."""
    _assert_working()
    if unit.status is not UnitStatus.AWAITING_INSPECTION:
        raise WrongState(state=unit.status)
    unit.status = UnitStatus.INSPECTED


def commission_unit(*, actor: User, unit: Unit, equipment_id: int, on: date) -> Equipment:
    """Let it be one more unit of the equipment, in service: from now on it can be booked.

    Raises WrongState for a unit that has not passed inspection, NotFound, InvalidInput.
    """
    _assert_working()
    equipment = get_for_change(actor, equipment_id)
    if unit.status is not UnitStatus.INSPECTED:
        raise WrongState(state=unit.status)
    if len(equipment.units) >= MOST_UNITS:
        raise InvalidInput(("equipment", "out-of-range"))
    unit.status, unit.commissioned_on = UnitStatus.IN_SERVICE, on
    join_equipment(actor, equipment, unit)
    return equipment


def _assert_working() -> None:
    if not in_unit_of_work():
        raise RuntimeError("units arrive inside a unit of work only")
