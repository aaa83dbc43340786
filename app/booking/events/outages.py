"""What happened to time in which equipment cannot be used."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class OutageEvent(Event):
    """Something about time in which equipment cannot be used. `subject_id` is the outage."""

    subject_kind: ClassVar[str] = "outage"

    equipment_ids: tuple[int, ...]
    lab_ids: tuple[int, ...]
    kind: str
    starts_at: datetime
    ends_at: datetime | None
    reason: str = ""

    def topics(self) -> set[str]:
        return {
            *(f"equipment:{id_}" for id_ in self.equipment_ids),
            *(f"lab:{id_}" for id_ in self.lab_ids),
        }


@dataclass(frozen=True, kw_only=True)
class OutageDeclared(OutageEvent):
    """Equipment, a lab or a site cannot be used."""

    gave_way: int = 0
    """How many dates."""


@dataclass(frozen=True, kw_only=True)
class OutageChanged(OutageEvent):
    """It lasts longer or less long than was said, or for another reason."""


@dataclass(frozen=True, kw_only=True)
class OutageEnded(OutageEvent):
    """It is over before its time, or will not be."""
