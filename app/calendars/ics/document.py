"""What a subscription says, before it is octets."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.spans import Span


class Status(StrEnum):
    """The three that RFC 5545 knows for an event; any other value makes readers refuse the calendar."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One event. A series is several of these, each with its own uid."""

    uid: str
    """The same for ever, in every feed; unique in one."""
    span: Span
    summary: str
    status: Status
    sequence: int
    """Grows with every change of time, place or state."""
    changed_at: datetime
    """The row's own: a stamp of the present would make every fetch look like a change of everything."""
    description: str = ""
    location: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarDoc:
    """A calendar to subscribe to."""

    name: str
    entries: tuple[Entry, ...]
    description: str = ""
    zone_name: str = "UTC"
    """Where it is about; every instant in it is UTC all the same."""
    changed_at: datetime | None = None
    refresh: timedelta = timedelta(hours=1)
    """How often a program may ask again."""
