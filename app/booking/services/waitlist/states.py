"""The one place where an entry of the waitlist changes its state, and the time held for it."""

from typing import TypeVar

from app.accounts.models import User
from app.booking.events import WaitlistEvent
from app.booking.models import Outcome, WaitlistEntry, WaitlistOffer
from app.booking.rules.waiting import WaitVerb, after
from app.core.clock import now
from app.core.errors import WrongState
from app.core.events import publish
from app.extensions import db
from app.occupancy.models import ClaimKind, Source
from app.occupancy.services import claims

E = TypeVar("E", bound=WaitlistEvent)


def held_by(offer: WaitlistOffer) -> Source:
    """Whose claim the held time is."""
    return Source(ClaimKind.HOLD, offer.id)


def held_claims(offer: WaitlistOffer) -> dict[int, claims.Wanted]:
    """What is claimed while the time is held, by the id of the equipment."""
    first = claims.Wanted(offer.equipment_id, offer.claimed, offer.entry.quantity)
    along = (claims.Wanted(item.equipment_id, item.claimed, item.quantity) for item in offer.along)
    return {wanted.equipment_id: wanted for wanted in (first, *along)}


def enter(entry: WaitlistEntry, verb: WaitVerb) -> None:
    """Put the entry in the state that the verb leads to. Raises WrongState."""
    to = after(verb, entry.state)
    if to is None:
        raise WrongState(verb=verb.value, state=entry.state.value)
    entry.state = to


def let_go(offer: WaitlistOffer, outcome: Outcome) -> None:
    """The time is held no longer: it is free for the next."""
    offer.outcome, offer.ended_at = outcome, now()
    db.session.flush()
    claims.release([held_by(offer)])


def tell(event: type[E], entry: WaitlistEntry, actor: User | None, **more: object) -> None:
    """Publish the event with all that is known of the entry."""
    offer = entry.open_offer
    publish(
        event(
            actor_id=actor.id if actor else None,
            subject_id=entry.id,
            organisation_id=entry.organisation_id,
            user_id=entry.user_id,
            equipment_id=offer.equipment_id if offer else entry.equipment_id,
            state=entry.state.value,
            **more,
        )
    )
