"""Say how many of an equipment there are to use."""

from app.accounts.operator import Actor
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput
from app.inventory import permissions
from app.inventory.models import AcquisitionKind, UnitStatus
from app.inventory.queries.equipment import get_for_change
from app.inventory.rules.details import MOST_UNITS
from app.inventory.services.units import add_unit, change_unit_status


@unit_of_work
def change_number(*, actor: Actor, equipment_id: int, number: int) -> None:
    """Let exactly `number` units be in service.

    Too many: those counted last are taken out of service. Too few: units that are out come back, and
    when there are no more of them, new ones are entered as if they had always been there. Raises
    Forbidden, NotFound, InvalidInput; CapacityInUse (occupancy) while bookings ahead need more.
    """
    equipment = get_for_change(actor, equipment_id)
    if not permissions.may_manage_lab(actor, equipment.lab_id):
        raise Forbidden
    if not 1 <= number <= MOST_UNITS:
        raise InvalidInput(("capacity", "out-of-range"))
    serving = [unit for unit in equipment.units if unit.status is UnitStatus.IN_SERVICE]
    idle = [unit for unit in equipment.units if unit.status is UnitStatus.OUT_OF_SERVICE]
    missing = number - len(serving)
    for unit in serving[number:][::-1]:
        change_unit_status(actor=actor, unit_id=unit.id, status=UnitStatus.OUT_OF_SERVICE)
    for unit in idle[: max(0, missing)]:
        change_unit_status(actor=actor, unit_id=unit.id, status=UnitStatus.IN_SERVICE)
    for _ in range(missing - len(idle)):
        add_unit(actor=actor, equipment_id=equipment_id, kind=AcquisitionKind.LEGACY)
