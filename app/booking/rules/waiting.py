"""Who waits for time: the states of an entry of the waitlist, and whose turn it is. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.core.spans import Span

MOST_UNANSWERED = 3
"""So many times are held for somebody who does not answer; then the entry ends."""


class WaitState(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    """A time is held for it."""
    SERVED = "served"
    LEFT = "left"
    """Called off by who waited."""
    LAPSED = "lapsed"
    """Times were held for it, and nobody answered."""
    EXPIRED = "expired"
    """Nothing became free in time."""


class WaitVerb(StrEnum):
    OFFER = "offer"
    ACCEPT = "accept"
    LET_GO = "let_go"
    """The time is let go, by word or by silence; the entry waits on."""
    LEAVE = "leave"
    LAPSE = "lapse"
    EXPIRE = "expire"


W = WaitState
_TABLE = {
    (WaitVerb.OFFER, W.WAITING): W.OFFERED,
    (WaitVerb.ACCEPT, W.OFFERED): W.SERVED,
    (WaitVerb.LET_GO, W.OFFERED): W.WAITING,
    (WaitVerb.LEAVE, W.WAITING): W.LEFT,
    (WaitVerb.LEAVE, W.OFFERED): W.LEFT,
    (WaitVerb.LAPSE, W.OFFERED): W.LAPSED,
    (WaitVerb.EXPIRE, W.WAITING): W.EXPIRED,
}
ACTIVE = (WaitState.WAITING, WaitState.OFFERED)


class Outcome(StrEnum):
    """What became of a time that was held."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PASSED = "passed"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"
    """Who waited has left the list meanwhile, or what was held cannot be used."""


def after(verb: WaitVerb, state: WaitState) -> WaitState | None:
    """The state the verb leads to from here, or None when it does not fit."""
    return _TABLE.get((verb, state))


@dataclass(frozen=True)
class Waiting:
    """What the queue knows of an entry."""

    id: int
    queued_at: datetime
    """Since when it has its place: since it was made, or since it let a time lapse."""
    window: Span
    equipment_ids: frozenset[int]
    """Everything that would do."""

    def is_before(self, other: "Waiting") -> bool:
        return (self.queued_at, self.id) < (other.queued_at, other.id)

    def rivals(self, other: "Waiting") -> bool:
        """Whether one time could serve either."""
        return self.window.overlaps(other.window) and bool(self.equipment_ids & other.equipment_ids)


def place_of(one: Waiting, everybody: Iterable[Waiting]) -> int:
    """The place in the queue, from 1: how many who want the same come first, and itself."""
    return 1 + sum(other.is_before(one) and other.rivals(one) for other in everybody)


def openings_left(spans: Iterable[Span], passed: Iterable[Span], minutes: int) -> list[Span]:
    """The spans without the times that were let go before, as far as the length still fits."""
    gone = list(passed)
    return [left for span in spans for left in span.minus(gone) if left.minutes >= minutes]
