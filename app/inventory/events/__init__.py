"""What happened to places, equipment and units. One event for each change."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SiteEvent(Event):
    subject_kind: ClassVar[str] = "site"

    lab_ids: tuple[int, ...] = ()
    """The site's labs: their calendars show its holidays."""

    def topics(self) -> set[str]:
        return {f"lab:{lab_id}" for lab_id in self.lab_ids}


@dataclass(frozen=True, kw_only=True)
class SiteCreated(SiteEvent):
    name: str


@dataclass(frozen=True, kw_only=True)
class SiteChanged(SiteEvent):
    """Its names, zone or week. `changes` are the new values by field."""

    changes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class WorkingHoursChanged(SiteEvent):
    """When its offices answer; the hours as 'weekday opens-closes'."""

    hours: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HolidaysChanged(SiteEvent):
    """Days were added to, changed in or taken from its list of holidays (ISO dates)."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LabEvent(Event):
    subject_kind: ClassVar[str] = "lab"

    def topics(self) -> set[str]:
        return {f"lab:{self.subject_id}"}


@dataclass(frozen=True, kw_only=True)
class LabCreated(LabEvent):
    slug: str
    name: str


@dataclass(frozen=True, kw_only=True)
class LabChanged(LabEvent):
    changes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class OpeningHoursChanged(LabEvent):
    hours: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DatedHoursChanged(LabEvent):
    """What holds on one day; None: what holds on every other."""

    on: date
    hours: tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class EquipmentHoursChanged(Event):
    """An equipment's own hours; none: its lab's."""

    subject_kind: ClassVar[str] = "equipment"

    lab_id: int
    hours: tuple[str, ...]

    def topics(self) -> set[str]:
        return {f"equipment:{self.subject_id}", f"lab:{self.lab_id}"}


@dataclass(frozen=True, kw_only=True)
class CategoryEvent(Event):
    subject_kind: ClassVar[str] = "category"


@dataclass(frozen=True, kw_only=True)
class CategoryCreated(CategoryEvent):
    slug: str
    name: str


@dataclass(frozen=True, kw_only=True)
class CategoryChanged(CategoryEvent):
    changes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class EquipmentEvent(Event):
    """Something about equipment. `subject_id` is the equipment."""

    subject_kind: ClassVar[str] = "equipment"

    lab_id: int

    @property
    def equipment_id(self) -> int:
        return self.subject_id

    def topics(self) -> set[str]:
        return {f"equipment:{self.subject_id}", f"lab:{self.lab_id}"}


@dataclass(frozen=True, kw_only=True)
class EquipmentCreated(EquipmentEvent):
    """It is in the list, with its units. `units_in_service` is what it can be booked for from now on."""

    name: str
    status: str
    units_in_service: int


@dataclass(frozen=True, kw_only=True)
class EquipmentChanged(EquipmentEvent):
    """What is written about it, or where it belongs. `lab_id_before` differs when it moved."""

    lab_id_before: int
    changes: dict[str, Any]

    def topics(self) -> set[str]:
        return super().topics() | {f"lab:{self.lab_id_before}"}


@dataclass(frozen=True, kw_only=True)
class UnitsInServiceChanged(EquipmentEvent):
    """A unit, or the equipment as a whole, was added, went out of service, came back or was retired.

    `units_in_service` is how many can be used from now on; it may be what it was before, as when a
    unit is retired that had been out of service already.
    """

    units_in_service: int
    unit_id: int | None
    """None when it is about the equipment as a whole."""
    status: str
    """What that unit or the equipment is now."""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class UnitChanged(EquipmentEvent):
    """A unit's tag, serial number or condition."""

    unit_id: int
    changes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class RequirementsChanged(EquipmentEvent):
    """What comes along with it from now on: equipment, quantity (None: all), shared, modes."""

    needs: tuple[dict[str, object], ...]


@dataclass(frozen=True, kw_only=True)
class AttachmentAdded(EquipmentEvent):
    """A photo or document is shown with it."""

    attachment_id: int
    title: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AttachmentMoved(EquipmentEvent):
    """A photo or document is shown at another place among its kind; the first is 0."""

    attachment_id: int
    position: int


@dataclass(frozen=True, kw_only=True)
class AttachmentRemoved(EquipmentEvent):
    """A photo or document is shown no more."""

    attachment_id: int
    title: str
