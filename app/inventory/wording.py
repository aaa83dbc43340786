"""States of places, equipment and units in words, in the reader's language."""

from flask_babel import lazy_gettext as _l

from app.core.errors import InvalidInput
from app.inventory.models import AcquisitionKind, EquipmentStatus, LabStatus, UnitStatus
from app.inventory.queries.search import Sort

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
SORTS = {Sort.NAME: _l("Name"), Sort.LAB: _l("Lab"), Sort.NEWEST: _l("Newest first")}

_CODES = {
    "out_of_range": _l("This is more, or less, than can be meant."),
    "shorter_than_least": _l("The longest must not be shorter than the shortest."),
    "required": _l("This is needed."),
    "too-long": _l("This is too long. Shorten it."),
    "taken": _l("Something else has this already. Choose another one."),
    "bad-slug": _l("Use small Latin letters, digits and hyphens only."),
    "unknown": _l("Choose one of those that there are."),
    "below-itself": _l("A category cannot stand below itself."),
    "overlap": _l("Two openings of a day overlap."),
    "ends-before-it-starts": _l("The end comes before the beginning."),
    "out-of-range": _l("A number between 1 and 500."),
    "import-key-taken": _l("That lab's own list uses the same key for something else."),
    "unknown-zone": _l("Choose a time zone from the list."),
    "unknown-country": _l("Two capital letters, such as IR or DE."),
}


def refusals(refused: InvalidInput) -> dict[tuple[str, str], str]:
    """The words for what a service found wrong, by field and code."""
    return {(field, code): str(_CODES[code]) for field, code in refused.errors}
