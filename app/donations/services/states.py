"""The one place where an offer changes its state."""

from typing import TypeVar

from app.accounts.models import User
from app.core.errors import WrongState
from app.core.events import publish
from app.donations.events import OfferEvent
from app.donations.models import Allocation, Offer
from app.donations.rules.states import LIVE, AllocationState, Verb, after
from app.extensions import db

E = TypeVar("E", bound=OfferEvent)


def enter(offer: Offer, verb: Verb) -> None:
    """Put the offer in the state that the verb leads to. Raises WrongState."""
    to = after(verb, offer.state)
    if to is None:
        raise WrongState(verb=verb.value, state=offer.state.value)
    offer.state = to


def release(offer: Offer) -> None:
    """Give back all that the offer had promised or waited for."""
    for allocation in live_allocations(offer):
        allocation.state = AllocationState.RELEASED


def live_allocations(offer: Offer) -> list[Allocation]:
    return [one for line in offer.lines for one in line.allocations if one.state in LIVE]


def tell(event: type[E], offer: Offer, actor: User | None, **more: object) -> None:
    """Publish the event with all that is known of the offer."""
    db.session.flush()
    publish(
        event(
            actor_id=actor.id if actor else None,
            subject_id=offer.id,
            organisation_id=offer.organisation_id,
            offered_by_id=offer.offered_by_id,
            contact_id=offer.contact_id,
            state=offer.state.value,
            need_ids=tuple(sorted({one.need_id for line in offer.lines for one in line.allocations})),
            **more,
        )
    )
