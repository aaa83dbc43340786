"""What time does to offers. What is due is found in the tables, so a missed run is made up."""

from app.core.db import unit_of_work
from app.donations.events import OfferLapsed
from app.donations.queries.lapsing import find_lapsing, list_lapsing
from app.donations.queries.offers import lock_needs
from app.donations.rules.states import Verb
from app.donations.services.states import enter, live_allocations, release, tell
from app.inventory.queries.places import home_today

BATCH = 200


def lapse_offers() -> int:
    """End the offers whose last day is over without an agreement; what they had reserved is free again."""
    return sum(_lapse(offer_id) for offer_id in list_lapsing(home_today(), limit=BATCH))


@unit_of_work
def _lapse(offer_id: int) -> bool:
    # Asked again under its lock: it may have been answered, withdrawn or signed meanwhile.
    offer = find_lapsing(offer_id, home_today())
    if offer is None:
        return False
    lock_needs({one.need_id for one in live_allocations(offer)})
    enter(offer, Verb.LAPSE)
    release(offer)
    tell(OfferLapsed, offer, None)
    return True
