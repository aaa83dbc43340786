"""The tables of inventory."""

from app.inventory.models.equipment import Category, Equipment, EquipmentStatus, Mode
from app.inventory.models.place import Holiday, Lab, OpeningHours, Site, WorkingHours
from app.inventory.models.unit import Acquisition, AcquisitionKind, Unit, UnitStatus

__all__ = [
    "Acquisition",
    "AcquisitionKind",
    "Category",
    "Equipment",
    "EquipmentStatus",
    "Holiday",
    "Lab",
    "Mode",
    "OpeningHours",
    "Site",
    "Unit",
    "UnitStatus",
    "WorkingHours",
]
