"""What happened to somebody who waits for time."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class WaitlistEvent(Event):
    """A change of one entry of the waitlist. `subject_id` is the entry."""

    subject_kind: ClassVar[str] = "waitlist"

    organisation_id: int
    user_id: int
    equipment_id: int | None
    """What is waited for; once a time is held, what that is on."""
    state: str

    def topics(self) -> set[str]:
        own = {f"organisation:{self.organisation_id}", f"user:{self.user_id}"}
        return own if self.equipment_id is None else own | {f"equipment:{self.equipment_id}"}


@dataclass(frozen=True, kw_only=True)
class WaitlistJoined(WaitlistEvent):
    """Somebody waits for time that others have."""


@dataclass(frozen=True, kw_only=True)
class WaitlistOffered(WaitlistEvent):
    """A time became free and is held for who waited longest."""

    offer_id: int
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class WaitlistServed(WaitlistEvent):
    """They took the time that was held."""

    reference: str


@dataclass(frozen=True, kw_only=True)
class WaitlistPassed(WaitlistEvent):
    """They let the time go and wait on."""

    is_answered: bool
    """They said so; otherwise nobody answered, and they stand behind the others now."""


@dataclass(frozen=True, kw_only=True)
class WaitlistTakenBack(WaitlistEvent):
    """What was held for them cannot be used; they wait on, at their place."""


@dataclass(frozen=True, kw_only=True)
class WaitlistLapsed(WaitlistEvent):
    """Times were held again and again, and nobody answered."""


@dataclass(frozen=True, kw_only=True)
class WaitlistLeft(WaitlistEvent):
    """They do not need it any more."""


@dataclass(frozen=True, kw_only=True)
class WaitlistRemoved(WaitlistEvent):
    """The lab let them wait no longer."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class WaitlistExpired(WaitlistEvent):
    """Nothing became free in time."""
