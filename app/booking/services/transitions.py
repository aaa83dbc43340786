"""The one place where a date changes its state, and its claims with it."""

from collections.abc import Iterable
from typing import TypeVar

from app.accounts.models import User
from app.booking.events import OccurrenceEvent
from app.booking.models import Occurrence, OccurrenceItem
from app.booking.rules.states import HOLDING, TAKEN, OccurrenceState, Verb, after
from app.core.clock import now
from app.core.errors import WrongState
from app.core.events import publish
from app.core.spans import Span
from app.extensions import db
from app.occupancy.errors import SlotTaken
from app.occupancy.models import ClaimKind, Source
from app.occupancy.services import claims, units

E = TypeVar("E", bound=OccurrenceEvent)


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
    if span is not None:
        date.starts_at, date.ends_at = span.start, span.end
    if state is not OccurrenceState.COMPLETED:
        # What has simply taken place is no news for a calendar.
        date.sequence += 1
        date.changed_at = now()
    date.state = state
    date.holds = state in HOLDING
    db.session.flush()
    hold(date)


def hold(date: Occurrence) -> None:
    """Let the date have exactly the claims that its state says."""
    takes = date.holds or date.state in TAKEN - HOLDING
    claims.replace(
        {
            source_of(item): [claims.Wanted(item.equipment_id, item.claimed_span, item.quantity)]
            if takes
            else []
            for item in date.items
        }
    )


def give_units(date: Occurrence) -> None:
    """Plan, tentatively, which unit serves which item. Raises SlotTaken when no single unit can."""
    if not units.assign(sources_of([date])):
        raise SlotTaken


def tell(event: type[E], date: Occurrence, actor: User | None, **more: object) -> None:
    """Publish the event with all that is known of the date."""
    booking = date.booking
    publish(
        event(
            actor_id=actor.id if actor else None,
            subject_id=date.id,
            booking_id=booking.id,
            reference=booking.reference,
            organisation_id=booking.organisation_id,
            requester_id=booking.requester_id,
            equipment_ids=tuple(item.equipment_id for item in date.items),
            lab_ids=tuple(sorted({item.equipment.lab_id for item in date.items})),
            state=date.state.value,
            sequence=date.sequence,
            starts_at=date.starts_at,
            ends_at=date.ends_at,
            **more,
        )
    )
