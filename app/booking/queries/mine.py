"""A person's own list of bookings: what is to come first, then what was."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Organisation, User
from app.booking.models import Booking, Occurrence, OccurrenceItem, OccurrenceState
from app.booking.queries.bookings import WHOLE, select_bookings
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
    date = aliased(Occurrence)
    ahead = date.state.in_(COMING) & (date.ends_at > now())
    next_at, last_at = func.min(case((ahead, date.starts_at))), func.max(date.ends_at)
    # Begins at their bookings: else the dates of everybody are added up to find the few on one page.
    theirs = (
        select_bookings(actor, states=states, mine=mine)
        .with_only_columns(Booking.id)
        .join(date, date.booking_id == Booking.id)
        .group_by(Booking.id)
        .order_by(None)
        .order_by(next_at.is_(None), next_at, last_at.desc(), Booking.id.desc())
    )
    for word in (one for one in text.split() if fold(one)):
        theirs = theirs.where(_mentions(word))
    ids = db.session.scalars(theirs.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    found = db.session.scalars(select(Booking).where(Booking.id.in_(ids)).options(*WHOLE)).unique()
    return sorted(found, key=lambda booking: ids.index(booking.id))


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
