"""A wish that a search could not serve, remembered for the organisation of who searched."""

from app.accounts.models import User
from app.demand.models import MissReason
from app.demand.rules.wishes import Wanted
from app.demand.services import remember


def remember_wish(*, actor: User, wanted: Wanted, reason: MissReason, note: str = "") -> bool:
    """Keep the wish for the actor's organisation, once a day. False when nobody's demand is known by it.

    Whoever belongs to several organisations, or to none, has not said for whom they were looking.
    """
    organisations = actor.organisation_ids()
    if len(organisations) != 1:
        return False
    (organisation_id,) = organisations
    return remember(
        user_id=actor.id, organisation_id=organisation_id, wanted=wanted, reason=reason, note=note
    )
