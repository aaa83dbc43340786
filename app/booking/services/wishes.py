"""What somebody wished for, and a wish that a search could not serve, remembered for their organisation."""

from app.accounts.models import User
from app.core.spans import Span
from app.demand.models import MissReason
from app.demand.rules.wishes import Wanted
from app.demand.services import remember
from app.inventory.models import Category, Equipment, Lab


def wanted_of(
    *,
    minutes: int,
    quantity: int,
    window: Span,
    equipment: Equipment | None = None,
    category: Category | None = None,
    lab: Lab | None = None,
    query: str = "",
) -> Wanted:
    """The wish for what was named. An equipment brings its category and lab along: that is where it lacks."""
    return Wanted(
        minutes=minutes,
        quantity=quantity,
        window=window,
        equipment_id=equipment.id if equipment else None,
        category_id=equipment.category_id if equipment else category.id if category else None,
        lab_id=equipment.lab_id if equipment else lab.id if lab else None,
        query=query,
    )


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
