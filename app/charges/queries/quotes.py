"""Quotes of bookings."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.accounts.models import User
from app.booking.models import Booking, Occurrence, OccurrenceState
from app.booking.queries.bookings import get_booking
from app.charges.models import Quote
from app.core.errors import NotFound
from app.extensions import db

OFF = frozenset({OccurrenceState.DECLINED, OccurrenceState.EXPIRED, OccurrenceState.CANCELLED})
"""States of a date that costs nothing."""


def find_quote(booking_id: int, *, for_update: bool = False) -> Quote | None:
    """The quote that counts; None where nothing was priced. `for_update` keeps it from others."""
    if for_update:
        lock_quotes_of(booking_id)
    found = db.session.scalars(
        _whole()
        .where(Quote.booking_id == booking_id, Quote.replaced_at.is_(None))
        .execution_options(populate_existing=for_update)
    )
    return found.unique().one_or_none()


def quoted_of(booking_ids: Collection[int]) -> set[int]:
    """Those of the bookings that have a quote that counts."""
    counting = select(Quote.booking_id).where(Quote.booking_id.in_(booking_ids), Quote.replaced_at.is_(None))
    return set(db.session.scalars(counting))


def lock_quotes_of(booking_id: int) -> None:
    """Let nobody else make a quote for the booking until the unit of work ends.

    Jobs hold single dates only: two that end at once would both replace the same quote.
    """
    db.session.execute(select(Booking.id).where(Booking.id == booking_id).with_for_update(key_share=True))


def get_quote(actor: User, reference: str, *, for_update: bool = False) -> Quote:
    """The quote that counts of a booking that the actor may see.

    NotFound also where there is none, and where its labs ask for no money (any more).
    """
    booking = get_booking(actor, reference)
    quote = find_shown(booking, for_update=for_update)
    if quote is None:
        raise NotFound
    return quote


def get_payable(actor: User, reference: str) -> Quote:
    """The same; NotFound also where nothing of the booking is to be paid: all of it was called off."""
    quote = get_quote(actor, reference)
    if not is_due(quote.booking):
        raise NotFound
    return quote


def is_due(booking: Booking) -> bool:
    """Whether any of its dates is to take place or did, or was called off too late to cost nothing."""
    return any(counts(date) for date in booking.occurrences)


def counts(date: Occurrence) -> bool:
    return date.state not in OFF or date.is_late_cancel


def find_shown(booking: Booking, *, for_update: bool = False) -> Quote | None:
    """The quote that counts, for who may see the booking; None also where its labs ask for no money."""
    return find_quote(booking.id, for_update=for_update) if _costs_money(booking) else None


def list_shown(booking: Booking) -> Sequence[Quote]:
    """All that were made for it, for who may see the booking; none where its labs ask for no money."""
    return list_quotes(booking.id) if _costs_money(booking) else ()


def _costs_money(booking: Booking) -> bool:
    """Whether a site of its labs asks for money; the booking comes with its places."""
    return any(item.equipment.lab.site.charges for date in booking.occurrences for item in date.items)


def list_quotes(booking_id: int) -> Sequence[Quote]:
    """All that were ever made for the booking, in order."""
    quotes = _whole().where(Quote.booking_id == booking_id).order_by(Quote.number)
    return db.session.scalars(quotes).unique().all()


def _whole() -> Select[Quote]:
    return select(Quote).options(
        joinedload(Quote.lines), joinedload(Quote.paid_by), joinedload(Quote.booking)
    )
