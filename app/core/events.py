"""Facts in the past tense, told inside the transaction that made them true.

publish() writes the event row, bumps the counters of its topics and calls the subscribers at once,
in the same transaction: they may write rows, and nothing else. What leaves the program (mail) is a
row too, sent after the commit. Subscribers are wired in app/registry.py only.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import date
from enum import Enum
from typing import Any, ClassVar, TypeVar

from app.core.clock import now
from app.core.db import in_unit_of_work
from app.core.event_log import EventRecord, bump
from app.extensions import db


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact: ids and plain values, never ORM objects. Subclasses name it in the past tense."""

    subject_kind: ClassVar[str]
    """What kind of thing it is about: 'booking', 'user' …"""

    actor_id: int | None
    subject_id: int

    def topics(self) -> set[str]:
        """What a feed or page may be watching that this changes: 'equipment:12', 'user:3' …"""
        return set()

    def data(self) -> dict[str, Any]:
        """The fields beyond actor and subject, as JSON."""
        fields = asdict(self)
        return {k: _plain(v) for k, v in fields.items() if k not in ("actor_id", "subject_id")}


E = TypeVar("E", bound=Event)
_subscribers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)
_listeners: dict[Callable[[Any], None], frozenset[type[Event]]] = {}
_tellers: set[Callable[[Any], None]] = set()
_untold: ContextVar[bool] = ContextVar("untold", default=False)


def subscribe(kind: type[E], subscriber: Callable[[E], None]) -> None:
    """Call `subscriber` for each event of exactly this kind. Naming it twice changes nothing."""
    if subscriber not in _subscribers[kind]:
        _subscribers[kind].append(subscriber)


def subscribe_teller(kind: type[E], teller: Callable[[E], None]) -> None:
    """The same for what only passes the news on to people: left out inside untold()."""
    _tellers.add(teller)
    subscribe(kind, teller)


def subscribe_together(kinds: Collection[type[E]], teller: Callable[[Sequence[E]], None]) -> None:
    """Call `teller` once with all events of these kinds that are published together, in their order."""
    _tellers.add(teller)
    _listeners[teller] = frozenset(kinds)


def subscribe_to_all(kinds: Collection[type[E]], subscriber: Callable[[Sequence[E]], None]) -> None:
    """Call `subscriber` once with all events of these kinds that are published together; also in untold()."""
    _listeners[subscriber] = frozenset(kinds)


@contextmanager
def untold() -> Iterator[None]:
    """What is published inside is recorded, and nobody is told of it: it happened long ago."""
    token = _untold.set(True)
    try:
        yield
    finally:
        _untold.reset(token)


def publish(event: Event) -> None:
    """Record the fact and tell those who listen. Only inside a unit of work."""
    publish_together([event])


def publish_together(events: Sequence[Event]) -> None:
    """Record what happened in one go: each fact has its row, and a topic counts one change.

    Subscribers hear of each fact, in their order; those who listen together, of all of them at once.
    """
    if not in_unit_of_work():
        raise RuntimeError(f"{[type(event).__name__ for event in events]} published outside a unit of work")
    db.session.add_all(_record(event) for event in events)
    bump({topic for event in events for topic in event.topics()})
    for event in events:
        for subscriber in _subscribers[type(event)]:
            if subscriber not in _tellers or not _untold.get():
                subscriber(event)
    for teller, kinds in _listeners.items():
        heard = [event for event in events if type(event) in kinds]
        if heard and (teller not in _tellers or not _untold.get()):
            teller(heard)


def _record(event: Event) -> EventRecord:
    return EventRecord(
        name=type(event).__name__,
        at=now(),
        actor_id=event.actor_id,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        data=event.data(),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value
