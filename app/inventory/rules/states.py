"""In what state equipment and its units are, and which verb leads from where to where. Pure."""

from enum import StrEnum


class EquipmentStatus(StrEnum):
    IN_SERVICE = "in_service"
    OUT_OF_SERVICE = "out_of_service"
    RETIRED = "retired"


class EquipmentKind(StrEnum):
    """What a thing is, for who looks at it; nothing is booked otherwise for it."""

    INSTRUMENT = "instrument"
    ACCESSORY = "accessory"
    ROOM = "room"
    PEOPLE = "people"
    """A pool of operators: its units are persons."""


class UnitStatus(StrEnum):
    EXPECTED = "expected"
    AWAITING_INSPECTION = "awaiting_inspection"
    INSPECTED = "inspected"
    IN_SERVICE = "in_service"
    OUT_OF_SERVICE = "out_of_service"
    RETIRED = "retired"


class Mode(StrEnum):
    """Who works with it: the company itself, the lab's staff beside it, or the staff on sent samples."""

    SELF = "self"
    OPERATOR = "operator"
    SAMPLES = "samples"


class LabStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    """It takes no bookings; what it did stays."""


class AcquisitionKind(StrEnum):
    GIFT = "gift"
    PURCHASE = "purchase"
    LOAN = "loan"
    TRANSFER = "transfer"
    LEGACY = "legacy"
    """It was there when the list was first made."""


# From, to. A retired unit does not come back; equipment as a whole goes from any state to any other.
UNIT_CHANGES = frozenset(
    {
        (UnitStatus.IN_SERVICE, UnitStatus.OUT_OF_SERVICE),
        (UnitStatus.OUT_OF_SERVICE, UnitStatus.IN_SERVICE),
        (UnitStatus.IN_SERVICE, UnitStatus.RETIRED),
        (UnitStatus.OUT_OF_SERVICE, UnitStatus.RETIRED),
    }
)
