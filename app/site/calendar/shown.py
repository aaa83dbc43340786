"""Which equipment a calendar shows, and in what order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.accounts.models import User
from app.booking.services.access import list_lacking, may_be_booked
from app.core.i18n import language, localized
from app.core.sorting import sort_key
from app.core.spans import Span
from app.inventory.models import Equipment
from app.inventory.queries.categories import with_descendants
from app.inventory.queries.equipment import list_of_labs
from app.inventory.rules.matching import is_about
from app.site.calendar.chosen import Chosen

NOW = timedelta(minutes=1)


@dataclass(frozen=True)
class Shown:
    """The equipment of one page of a calendar, in the order of its rows."""

    equipment: Sequence[Equipment]
    total: int
    """On all pages."""
    has_more: bool


def shown_by(viewer: User | None, chosen: Chosen, now: datetime, *, size: int) -> Shown:
    """What the view shows: of its labs what fits its filters, `size` on a page."""
    found = [
        one for one in list_of_labs([lab.id for lab in chosen.labs]) if is_about(one.search_text, chosen.text)
    ]
    if chosen.category is not None:
        inside = with_descendants(chosen.category.id)
        found = [one for one in found if one.category_id in inside]
    if chosen.bookable:
        found = _bookable(viewer, found, now)
    found = _in_order(found, chosen)
    first = (chosen.page - 1) * size
    return Shown(found[first : first + size], len(found), len(found) > first + size)


def _bookable(viewer: User | None, found: Sequence[Equipment], now: datetime) -> list[Equipment]:
    lent = [one for one in found if may_be_booked(one)]
    lacking = list_lacking(viewer=viewer, equipment=lent, window=Span(now, now + NOW)) if lent else {}
    return [one for one in lent if not lacking[one.id]]


def _in_order(found: Sequence[Equipment], chosen: Chosen) -> list[Equipment]:
    """By group, and inside by name in the reader's language."""
    rank = {lab.id: place for place, lab in enumerate(chosen.labs)}
    is_persian = language() == "fa"

    def order(one: Equipment) -> tuple[object, ...]:
        name = (one.sort_key_fa if is_persian else one.sort_key, one.id)
        if chosen.rows == "lab":
            return (rank[one.lab_id], *name)
        if chosen.rows == "category":
            return (sort_key(localized(one.category)), one.category_id, *name)
        return name

    return sorted(found, key=order)
