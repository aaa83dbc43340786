"""A person's own list of bookings: what is to come first, then what was."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models import Organisation, User
from app.booking.models import Booking, Occurrence, OccurrenceItem, OccurrenceState
from app.booking.queries.bookings import WHOLE, select_bookings, visible_to
from app.booking.rules.states import HOLDING
from app.core.clock import now
from app.core.text import fold
from app.extensions import db
from app.inventory.models import Equipment, Lab

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
    theirs = _in_order(actor, mine=mine, states=states, text=text)
    ids = db.session.scalars(theirs.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    found = db.session.scalars(select(Booking).where(Booking.id.in_(ids)).options(*WHOLE)).unique()
    return sorted(found, key=lambda booking: ids.index(booking.id))


@dataclass(frozen=True)
class Called:
    """A booking in a line: what it is about, whose it is, and its next or last date (an instant)."""

    reference: str
    organisation: Organisation
    things: Sequence[Equipment]
    """What was asked for by name."""
    starts_at: datetime

    @property
    def day(self) -> date:
        """The day of its next or last date, where the equipment is."""
        return self.starts_at.astimezone(self.things[0].lab.site.zone).date()


def list_called(actor: User, text: str, *, limit: int) -> list[Called]:
    """Those of all bookings the actor may see that the words are about, the next to come on top."""
    rows = db.session.execute(_in_order(actor, mine=False, states=(), text=text).limit(limit)).all()
    # A date that is over is told by its end, where nothing is ahead.
    starts = {id_: next_at or last_at for id_, next_at, last_at in rows}
    found: dict[int, list[Equipment]] = {id_: [] for id_ in starts}
    bookings: dict[int, Booking] = {}
    for booking, equipment in db.session.execute(_with_things(list(starts))):
        bookings[booking.id] = booking
        if equipment not in found[booking.id]:
            found[booking.id].append(equipment)
    return [
        Called(bookings[id_].reference, bookings[id_].organisation, things, starts[id_])
        for id_, things in found.items()
    ]


def find_reference(actor: User, reference: str) -> str | None:
    """The reference as it is written, if it is that of a booking the actor may see."""
    return db.session.scalar(
        select(Booking.reference).where(Booking.reference == reference, visible_to(actor))
    )


def _with_things(ids: Collection[int]) -> Select[Booking, Equipment]:
    return (
        select(Booking, Equipment)
        .join(Booking.occurrences)
        .join(Occurrence.items)
        .join(OccurrenceItem.equipment)
        .where(Booking.id.in_(ids), OccurrenceItem.is_required.is_(False))
        .options(joinedload(Booking.organisation), joinedload(Equipment.lab).joinedload(Lab.site))
        .order_by(Booking.id, OccurrenceItem.id)
    )


def _in_order(
    actor: User, *, mine: bool, states: Collection[OccurrenceState], text: str
) -> Select[int, datetime | None, datetime]:
    """Ids, each with the start of its next date (None: nothing is ahead) and the end of its last one."""
    date = aliased(Occurrence)
    ahead = date.state.in_(COMING) & (date.ends_at > now())
    next_at, last_at = func.min(case((ahead, date.starts_at))), func.max(date.ends_at)
    # Begins at their bookings: else the dates of everybody are added up to find the few on one page.
    theirs = (
        select_bookings(actor, states=states, mine=mine)
        .with_only_columns(Booking.id, next_at, last_at)
        .join(date, date.booking_id == Booking.id)
        .group_by(Booking.id)
        .order_by(None)
        .order_by(next_at.is_(None), next_at, last_at.desc(), Booking.id.desc())
    )
    for word in (one for one in text.split() if fold(one)):
        theirs = theirs.where(_mentions(word))
    return theirs


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
