"""States of places, equipment and units in words, in the reader's language."""

from flask_babel import lazy_gettext as _l

from app.inventory.models import AcquisitionKind, EquipmentStatus, LabStatus, UnitStatus

EQUIPMENT_STATUSES = {
    EquipmentStatus.IN_SERVICE: _l("In service"),
    EquipmentStatus.OUT_OF_SERVICE: _l("Out of service"),
    EquipmentStatus.RETIRED: _l("Retired"),
}
UNIT_STATUSES = {
    UnitStatus.EXPECTED: _l("Expected"),
    UnitStatus.AWAITING_INSPECTION: _l("Awaiting inspection"),
    UnitStatus.INSPECTED: _l("Inspected"),
    UnitStatus.IN_SERVICE: _l("In service"),
    UnitStatus.OUT_OF_SERVICE: _l("Out of service"),
    UnitStatus.RETIRED: _l("Retired"),
}
LAB_STATUSES = {LabStatus.OPEN: _l("Takes bookings"), LabStatus.CLOSED: _l("Takes no bookings")}
ACQUISITIONS = {
    AcquisitionKind.GIFT: _l("Gift"),
    AcquisitionKind.PURCHASE: _l("Purchase"),
    AcquisitionKind.LOAN: _l("Loan"),
    AcquisitionKind.TRANSFER: _l("Transfer"),
    AcquisitionKind.LEGACY: _l("There before the list was made"),
}
