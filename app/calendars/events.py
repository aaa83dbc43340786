"""What happened to a subscription address."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class FeedEvent(Event):
    """`subject_id` is the feed; the secret is never part of an event."""

    subject_kind: ClassVar[str] = "feed"

    scope: str
    scope_id: int | None
    detail: str


@dataclass(frozen=True, kw_only=True)
class FeedCreated(FeedEvent):
    """Somebody made an address for a calendar."""


@dataclass(frozen=True, kw_only=True)
class FeedLinkReplaced(FeedEvent):
    """The old address ended and a new one took its place."""


@dataclass(frozen=True, kw_only=True)
class FeedEnded(FeedEvent):
    """The address leads nowhere from now on."""
