"""A person's own list of bookings: what is to come first, then what was."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, case, func, or_, select

from app.accounts.models import Organisation, User
from app.booking.models import Booking, Occurrence, OccurrenceItem, OccurrenceState
from app.booking.queries.bookings import select_bookings
from app.booking.rules.states import HOLDING
from app.core.clock import now
from app.core.text import fold
from app.extensions import db
from app.inventory.models import Equipment

PAGE = 20
COMING = HOLDING | {OccurrenceState.DISPLACED}
"""States of a date that is still to take place, unless its time is over."""


def list_in_order(
    actor: User, *, mine: bool, states: Collection[OccurrenceState] = (), text: str = "", page: int = 1
) -> Sequence[Booking]:
    """A page of bookings (and one more, when there is another page): the next to come on top.

    `mine`: those of the actor and their organisations; else all that the actor may see. `text` is looked
    for in reference, purpose, company and equipment.
    """
    ahead = Occurrence.state.in_(COMING) & (Occurrence.ends_at > now())
    dates = (
        select(
            Occurrence.booking_id,
            func.min(case((ahead, Occurrence.starts_at))).label("next_at"),
            func.max(Occurrence.ends_at).label("last_at"),
        )
        .group_by(Occurrence.booking_id)
        .subquery()
    )
    found = (
        select_bookings(actor, states=states, mine=mine)
        .join(dates, dates.c.booking_id == Booking.id)
        .order_by(None)
        .order_by(dates.c.next_at.is_(None), dates.c.next_at, dates.c.last_at.desc(), Booking.id.desc())
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    for word in (one for one in text.split() if fold(one)):
        found = found.where(_mentions(word))
    return db.session.scalars(found).unique().all()


def _mentions(word: str) -> ColumnElement[bool]:
    asked_for = (
        select(OccurrenceItem.id)
        .join(OccurrenceItem.occurrence)
        .join(OccurrenceItem.equipment)
        .where(
            Occurrence.booking_id == Booking.id,
            Equipment.search_text.contains(fold(word), autoescape=True),
        )
    )
    return or_(
        Booking.reference.icontains(word, autoescape=True),
        Booking.purpose.icontains(word, autoescape=True),
        Booking.organisation.has(Organisation.folded_name.contains(fold(word), autoescape=True)),
        asked_for.exists(),
    )
