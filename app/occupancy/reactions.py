"""A capacity is the number of units in service: inventory says when that changes."""

from app.inventory.events import EquipmentCreated, UnitsInServiceChanged
from app.occupancy.errors import CapacityInUse
from app.occupancy.services.capacity import set_capacity
from app.occupancy.services.units import exchange_lost


def follow_new(event: EquipmentCreated) -> None:
    """What is new has units, and nobody has claimed it yet."""
    set_capacity(equipment_id=event.equipment_id, quantity=event.units_in_service)


def follow_units(event: UnitsInServiceChanged) -> None:
    """From now on as many can be used as are in service, and what had one that is not gets another.

    Raises CapacityInUse; then nothing changes.
    """
    set_capacity(equipment_id=event.equipment_id, quantity=event.units_in_service)
    if not exchange_lost(event.equipment_id):
        raise CapacityInUse
