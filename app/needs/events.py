"""What happened to a need."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class NeedEvent(Event):
    """A change of one need. `subject_id` is the need."""

    subject_kind: ClassVar[str] = "need"

    lab_id: int
    title: str
    state: str

    def topics(self) -> set[str]:
        return {f"need:{self.subject_id}"}


@dataclass(frozen=True, kw_only=True)
class NeedWritten(NeedEvent):
    """Somebody wrote it, by hand or from a gap."""

    from_gap: bool


@dataclass(frozen=True, kw_only=True)
class NeedChanged(NeedEvent):
    """Its texts or its quantity. `changes` are the new values by field."""

    changes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class NeedSubmitted(NeedEvent):
    """It waits for somebody to look at it."""


@dataclass(frozen=True, kw_only=True)
class NeedPublished(NeedEvent):
    """It is public, and its evidence is frozen."""

    evidence: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class NeedRejected(NeedEvent):
    """It will not be published, and why."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class NeedClosed(NeedEvent):
    """Nothing more is asked for, and why."""

    reason: str
    note: str
