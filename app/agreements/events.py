"""What happened to agreements."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AgreementRecorded(Event):
    """A signed letter is in the books."""

    subject_kind: ClassVar[str] = "agreement"

    organisation_id: int
    kind: str
    number: str
    valid_from: date
    valid_until: date | None

    def topics(self) -> set[str]:
        return {f"organisation:{self.organisation_id}"}


@dataclass(frozen=True, kw_only=True)
class PaperChecked(Event):
    """The office has seen a paper of an organisation."""

    subject_kind: ClassVar[str] = "paper"

    organisation_id: int
    kind: str
    valid_from: date
    valid_until: date | None

    def topics(self) -> set[str]:
        return {f"organisation:{self.organisation_id}"}
