"""States of places, equipment and units in words, in the reader's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.inventory.models import AcquisitionKind, EquipmentStatus, LabStatus, UnitStatus
from app.inventory.queries.search import Sort
from app.inventory.rules.details import MOST_UNITS
from app.web.formats import number_text

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

REFUSALS = {
    "required": _l("This is needed."),
    "too-long": _l("This is too long. Shorten it."),
    "taken": _l("Something else has this already. Choose another one."),
    "bad-slug": _l("Use small Latin letters, digits and hyphens only."),
    "unknown": _l("Choose one of those that there are."),
    "below-itself": _l("A category cannot stand below itself."),
    "overlap": _l("Two openings of a day overlap."),
    "ends-before-it-starts": _l("The end comes before the beginning."),
    "out-of-range": LazyString(lambda: _("A number between 1 and %(most)s.", most=number_text(MOST_UNITS))),
    "import-key-taken": _l("That lab's own list uses the same key for something else."),
    "unknown-zone": _l("Choose a time zone from the list."),
    "unknown-weekday": _l("Choose one of those that there are."),
    "file-encrypted": _l("This PDF is locked with a password. Save it without one and send it again."),
    "file-active": _l(
        "This PDF holds scripts, a form that sends or other files. Print it into a new PDF and send that one."
    ),
    "file-too-large": _l("This file is larger than 10 MB. Send a smaller one."),
    "file-unknown": _l("Only JPEG, PNG and WebP pictures and PDF documents are taken, and whole ones."),
    "file-too-many-pixels": _l("This picture has more than 40 million pixels. Make it smaller first."),
    "file-too-many": _l("There are 30 files already. Remove one first."),
    "unknown-country": _l("Two capital letters, such as IR or DE."),
}
"""What a service found wrong, by its code, as said beside the field."""
