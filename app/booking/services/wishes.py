"""What somebody wished for, with the place where it lacks."""

from app.core.spans import Span
from app.demand.rules.wishes import Wanted
from app.inventory.models import Category, Equipment, Lab
from app.inventory.queries.places import home_zone


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
    place = equipment.lab if equipment else lab
    return Wanted(
        minutes=minutes,
        quantity=quantity,
        window=window,
        equipment_id=equipment.id if equipment else None,
        category_id=equipment.category_id if equipment else category.id if category else None,
        lab_id=equipment.lab_id if equipment else lab.id if lab else None,
        query=query,
        zone=place.site.zone if place else home_zone(),
    )
