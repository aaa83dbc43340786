"""A capacity is the number of units in service: inventory says when that changes."""

from app.inventory.events import EquipmentCreated, UnitsInServiceChanged
from app.occupancy.services.capacity import set_capacity


def follow_units(event: EquipmentCreated | UnitsInServiceChanged) -> None:
    """From now on as many can be used as are in service. Raises CapacityInUse; then nothing changes."""
    set_capacity(equipment_id=event.equipment_id, quantity=event.units_in_service)
