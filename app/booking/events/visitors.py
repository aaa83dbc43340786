"""What happened to the list of those who come. Never who they are: events are kept for good."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class VisitorsNamed(Event):
    """A company said who comes. `subject_id` is the booking."""

    subject_kind: ClassVar[str] = "booking"

    organisation_id: int
    number: int

    def topics(self) -> set[str]:
        return {f"organisation:{self.organisation_id}"}
