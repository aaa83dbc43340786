"""The tables of inventory."""

from app.inventory.models.attachment import Attachment, AttachmentKind
from app.inventory.models.equipment import Category, Equipment
from app.inventory.models.fault import Fault, FaultPhoto
from app.inventory.models.maintenance import MaintenanceDone, MaintenancePlan
from app.inventory.models.place import (
    DatedHours,
    EquipmentHours,
    Holiday,
    Lab,
    OpeningHours,
    Site,
    WorkingHours,
)
from app.inventory.models.requirement import Requirement
from app.inventory.models.unit import Acquisition, Unit
from app.inventory.rules.faults import FaultState, Usability
from app.inventory.rules.maintenance import Per
from app.inventory.rules.states import (
    AcquisitionKind,
    EquipmentKind,
    EquipmentStatus,
    LabStatus,
    Mode,
    UnitStatus,
)

__all__ = [
    "Acquisition",
    "AcquisitionKind",
    "Attachment",
    "AttachmentKind",
    "Category",
    "DatedHours",
    "Equipment",
    "EquipmentHours",
    "EquipmentKind",
    "EquipmentStatus",
    "Fault",
    "FaultPhoto",
    "FaultState",
    "Holiday",
    "Lab",
    "LabStatus",
    "MaintenanceDone",
    "MaintenancePlan",
    "Mode",
    "OpeningHours",
    "Per",
    "Requirement",
    "Site",
    "Unit",
    "UnitStatus",
    "Usability",
    "WorkingHours",
]
