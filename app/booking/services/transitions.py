"""The one place where a date changes its state, and its claims with it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from app.accounts.models import User
from app.booking.events import OccurrenceEvent
from app.booking.models import Occurrence, OccurrenceItem
from app.booking.permissions import stands_in_for
from app.booking.rules.states import HOLDING, TAKEN, OccurrenceState, Verb, after
from app.core.clock import now
from app.core.errors import WrongState
from app.core.events import publish, publish_together
from app.core.spans import Span
from app.extensions import db
from app.occupancy.errors import SlotTaken
from app.occupancy.models import ClaimKind, Source
from app.occupancy.services import claims, units

E = TypeVar("E", bound=OccurrenceEvent)
QUIET = frozenset({OccurrenceState.IN_USE, OccurrenceState.COMPLETED})
"""What simply takes place, or has, is no news for a calendar."""


def sources_of(dates: Iterable[Occurrence]) -> list[Source]:
    """Whose claims the dates' are: one source an item."""
    return [source_of(item) for date in dates for item in date.items]


def equipment_of(dates: Iterable[Occurrence]) -> set[int]:
    """Ids of what the dates are on."""
    return {item.equipment_id for date in dates for item in date.items}


def source_of(item: OccurrenceItem) -> Source:
    return Source(ClaimKind.BOOKING, item.id)


def state_after(verb: Verb, date: Occurrence) -> OccurrenceState:
    """Where the verb leads from the state the date is in. Raises WrongState."""
    to = after(verb, date.state)
    if to is None:
        raise WrongState(verb=verb.value, state=date.state.value)
    return to


def enter(date: Occurrence, verb: Verb, *, span: Span | None = None) -> None:
    """Put the date in the state that the verb leads to (and on the span), and its claims with it.

    Raises WrongState, and SlotTaken when the time is not free. Locks the equipment.
    """
    state = state_after(verb, date)
    _set(date, state, moves=span is not None)
    if span is not None:
        date.starts_at, date.ends_at = span.start, span.end
    db.session.flush()
    hold(date)


def end_at(date: Occurrence, verb: Verb, end: datetime) -> None:
    """Put the date in the state that the verb leads to, and let it end then; it keeps its units.

    Raises as `enter` does, and SlotTaken when one of its units cannot be kept for longer.
    """
    state_after(verb, date)
    if end == date.ends_at:
        enter(date, verb)
        return
    is_longer, its = end > date.ends_at, sources_of([date])
    claims.lock(equipment_of([date]))
    with units.kept(its):
        enter(date, verb, span=Span(date.starts_at, end))
    if is_longer:
        give_units(date)


def enter_all(dates: Sequence[Occurrence], verb: Verb) -> None:
    """Put the dates in the state that the verb leads to, all or none. Raises and locks as `enter` does."""
    for date, state in [(date, state_after(verb, date)) for date in dates]:
        _set(date, state)
    if dates:
        db.session.flush()
        hold(*dates)


def _set(date: Occurrence, state: OccurrenceState, *, moves: bool = False) -> None:
    if moves or state not in QUIET:
        date.sequence += 1
        date.changed_at = now()
    date.state = state
    date.holds = state in HOLDING and not (date.competes and state is OccurrenceState.REQUESTED)


def hold(*dates: Occurrence) -> None:
    """Let each date have exactly the claims that its state says; written at once for all of them."""
    claims.replace({source_of(item): _wanted(item) for date in dates for item in date.items})


def _wanted(item: OccurrenceItem) -> list[claims.Wanted]:
    date = item.occurrence
    takes = date.holds or date.state in TAKEN - HOLDING
    return [claims.Wanted(item.equipment_id, item.claimed_span, item.quantity)] if takes else []


def give_units(*dates: Occurrence) -> None:
    """Plan, tentatively, which unit serves which item. Raises SlotTaken when no single unit can."""
    if not units.assign(sources_of(dates)):
        raise SlotTaken


def tell(event: type[E], date: Occurrence, actor: User | None, **more: object) -> None:
    """Publish the event with all that is known of the date."""
    publish(happened(event, date, actor, **more))


def tell_all(events: Sequence[OccurrenceEvent]) -> None:
    """Publish what happened in one go: who hears of it, hears of all of it at once."""
    publish_together(events)


def happened(event: type[E], date: Occurrence, actor: User | None, **more: object) -> E:
    """The event, with all that is known of the date."""
    booking = date.booking
    lab_ids = tuple(sorted({item.equipment.lab_id for item in date.items}))
    return event(
        actor_id=actor.id if actor else None,
        subject_id=date.id,
        booking_id=booking.id,
        reference=booking.reference,
        organisation_id=booking.organisation_id,
        requester_id=booking.requester_id,
        equipment_ids=tuple(item.equipment_id for item in date.items),
        lab_ids=lab_ids,
        state=date.state.value,
        sequence=date.sequence,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        for_id=stands_in_for(actor, lab_ids) if actor else None,
        **more,
    )
