"""Where given units came from, for pages of equipment."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.accounts.models import Organisation, User
from app.donations.models import Offer
from app.donations.permissions import may_see_offer
from app.donations.queries.story import gifts_among
from app.inventory.models import Unit


@dataclass(frozen=True)
class Gift:
    """Who gave a unit; the offer and the agreement for those who may see it."""

    donor: Organisation
    offer: Offer | None
    agreement_number: str | None


def gifts_shown_to(who: User | None, units: Iterable[Unit]) -> dict[int, Gift]:
    """Those of the units that were given, by id."""
    shown = {}
    for unit_id, given in gifts_among([unit.id for unit in units]).items():
        may_see = who is not None and given.offer is not None and may_see_offer(who, given.offer)
        shown[unit_id] = Gift(
            given.donor,
            given.offer if may_see else None,
            given.agreement_number if may_see else None,
        )
    return shown
