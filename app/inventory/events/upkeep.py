"""What happened to faults and to plans of maintenance. They change nobody's calendar."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class FaultEvent(Event):
    """A change of one fault. `subject_id` is the fault."""

    subject_kind: ClassVar[str] = "fault"

    equipment_id: int
    unit_id: int | None
    state: str

    def topics(self) -> set[str]:
        return {f"fault:{self.subject_id}"}


@dataclass(frozen=True, kw_only=True)
class FaultReported(FaultEvent):
    """Somebody says that something is wrong."""


@dataclass(frozen=True, kw_only=True)
class FaultConfirmed(FaultEvent):
    """The lab has looked: it is so. From now on everybody who signs in reads of it."""


@dataclass(frozen=True, kw_only=True)
class FaultRepaired(FaultEvent):
    """It works as it should."""


@dataclass(frozen=True, kw_only=True)
class FaultDismissed(FaultEvent):
    """It is none, or nothing is done about it, and why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class MaintenanceEvent(Event):
    """A change of one plan. `subject_id` is the plan."""

    subject_kind: ClassVar[str] = "maintenance_plan"

    equipment_id: int
    due_on: date
    """When it is due next, from now on."""

    def topics(self) -> set[str]:
        return {f"maintenance_plan:{self.subject_id}"}


@dataclass(frozen=True, kw_only=True)
class MaintenancePlanned(MaintenanceEvent):
    """From now on something has to be done regularly, or once."""


@dataclass(frozen=True, kw_only=True)
class MaintenancePlanChanged(MaintenanceEvent):
    """`changes` are the new values by field."""

    changes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class MaintenanceCarriedOut(MaintenanceEvent):
    """It was done on that day."""

    done_on: date


@dataclass(frozen=True, kw_only=True)
class MaintenancePlanRetired(MaintenanceEvent):
    """It need not be done any more."""


@dataclass(frozen=True, kw_only=True)
class MaintenanceDueSoon(MaintenanceEvent):
    """Its day is near, or over. Said once for each day it is due on."""
