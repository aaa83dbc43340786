"""What happened to teaching that takes time in a lab."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TimetableEvent(Event):
    """A change of a timetable. `subject_id` is the timetable."""

    subject_kind: ClassVar[str] = "timetable"

    lab_id: int
    equipment_ids: tuple[int, ...]
    name: str

    def topics(self) -> set[str]:
        return {f"lab:{self.lab_id}", *(f"equipment:{id_}" for id_ in self.equipment_ids)}


@dataclass(frozen=True, kw_only=True)
class TimetableImported(TimetableEvent):
    """Its classes have their time."""

    dates: int
    left_out: int
    """Dates that others had."""


@dataclass(frozen=True, kw_only=True)
class TimetableCompleted(TimetableEvent):
    """Dates that had been left out have their time by now."""

    dates: int


@dataclass(frozen=True, kw_only=True)
class TimetableEnded(TimetableEvent):
    """It is taught no more."""
