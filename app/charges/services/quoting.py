"""Pricing: the estimate before somebody asks, and the quotes that are kept."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.accounts.models import Organisation, User, UserClass
from app.booking.models import Booking, Occurrence
from app.booking.queries.things import list_equipment_with_place
from app.booking.rules.facts import Wish
from app.booking.services.coming import wish_of
from app.charges.events import QuoteDropped, QuoteEvent, QuoteMade
from app.charges.models import Quote, QuoteLine
from app.charges.queries.prices import price_lists_for
from app.charges.queries.quotes import counts, find_quote, list_quotes
from app.charges.rules.pricing import Priced, Prices, Use, in_force, priced
from app.core.clock import now
from app.core.events import publish
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment, Mode

NEWCOMER = UserClass.INDUSTRY
"""The class of who is not known yet: what a company registers as."""


@dataclass(frozen=True)
class Estimated:
    """A line of what a wish would come to today."""

    equipment: Equipment
    span: Span
    currency: str
    valid_from: datetime.date
    line: Priced


def estimate(organisation: Organisation | None, wishes: Sequence[Wish]) -> list[list[Estimated]]:
    """For each wish what it would come to, as the lists stand now; no line where no price counts."""
    ids = {want.equipment_id for wish in wishes for want in wish.wants}
    equipment = {one.id: one for one in list_equipment_with_place(ids)} if ids else {}
    lists = price_lists_for(equipment.values()) if equipment else []
    user_class = organisation.user_class if organisation else NEWCOMER
    return [_of_wish(wish, equipment, lists, user_class) for wish in wishes]


def keep_quote(booking: Booking, fresh: Collection[int]) -> Quote | None:
    """Let the booking's quote be of the dates it has now: a new one takes the place of the old, or none.

    Dates whose ids are in `fresh` are priced by the lists of today; all others stand as they were
    quoted. Nothing changes where the old one says the same. For a transaction that is open.
    """
    old = find_quote(booking.id, for_update=True)
    dates = [date for date in booking.occurrences if counts(date)]
    if not dates and old is not None:
        return old  # all is called off: what was said of it stays as it was
    lines = [*_kept(old, dates, fresh), *_priced(booking, [date for date in dates if date.id in fresh])]
    if old is None and not lines:
        return None
    if old is not None and _as_said(old.lines) == _as_said(line for line, _currency in lines):
        return old
    currencies = {currency for _line, currency in lines}
    if old is not None:
        old.replaced_at = now()
        db.session.flush()
    if len(currencies) != 1:  # amounts of two currencies have no sum
        if old is not None:
            publish(happened(QuoteDropped, old))
        return None
    quote = _made(booking, old, [line for line, _currency in lines], currencies.pop())
    publish(happened(QuoteMade, quote, replaces_id=old.id if old else None))
    return quote


def _of_wish(
    wish: Wish, equipment: dict[int, Equipment], lists: Sequence[Prices], user_class: str | None
) -> list[Estimated]:
    found = []
    for want in wish.wants:
        thing = equipment[want.equipment_id]
        day = wish.span.start.astimezone(thing.lab.site.zone).date()
        its = in_force(lists, lab_id=thing.lab_id, equipment_id=thing.id, day=day)
        if its is None:
            continue
        samples = wish.samples if wish.mode == Mode.SAMPLES else None
        use = Use(wish.span.minutes, want.quantity, samples)
        found += [
            Estimated(thing, wish.span, its.currency, its.valid_from, line)
            for line in priced(its.prices, use, user_class)
        ]
    return found


Line = tuple[QuoteLine, str]
"""A line, and its currency."""


def _kept(old: Quote | None, dates: Iterable[Occurrence], fresh: Collection[int]) -> list[Line]:
    """Copies of the lines of dates that are as they were."""
    kept = {date.id for date in dates} - set(fresh)
    columns = [column.key for column in QuoteLine.__table__.columns if column.key not in ("id", "quote_id")]
    return [
        (QuoteLine(**{key: getattr(line, key) for key in columns}), old.currency)
        for line in (old.lines if old else ())
        if old is not None and line.occurrence_id in kept
    ]


def _priced(booking: Booking, dates: Sequence[Occurrence]) -> list[Line]:
    found = estimate(booking.organisation, [wish_of(date) for date in dates])
    return [(_line(date, one), one.currency) for date, ones in zip(dates, found, strict=True) for one in ones]


def _line(date: Occurrence, one: Estimated) -> QuoteLine:
    price = one.line.price
    return QuoteLine(
        occurrence_id=date.id,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        equipment_id=one.equipment.id,
        name=one.equipment.name,
        name_fa=one.equipment.name_fa,
        valid_from=one.valid_from,
        unit=price.unit,
        user_class=price.user_class,
        measure=one.line.measure,
        quantity=one.line.quantity,
        unit_amount=price.amount,
        minimum=price.minimum,
        amount=one.line.amount,
    )


def _as_said(lines: Iterable[QuoteLine]) -> list[tuple[object, ...]]:
    """What the lines are of, and what they say of it; in one order."""
    return sorted(
        (line.occurrence_id, line.equipment_id, line.unit.value, line.starts_at, line.ends_at, line.amount)
        for line in lines
    )


def _made(booking: Booking, old: Quote | None, lines: list[QuoteLine], currency: str) -> Quote:
    before = list_quotes(booking.id)
    total = sum(line.amount for line in lines)
    quote = Quote(
        booking=booking,
        number=len(before) + 1,
        made_at=now(),
        currency=currency,
        total=total,
        purchase_order=before[-1].purchase_order if before else "",
        lines=lines,
    )
    if old is not None and (old.total, old.currency) == (total, currency):
        # What was paid for the old time is paid for the new one.
        quote.paid_at, quote.paid_by_id = old.paid_at, old.paid_by_id
    db.session.add(quote)
    db.session.flush()
    return quote


E = TypeVar("E", bound=QuoteEvent)


def happened(event: type[E], quote: Quote, actor: User | None = None, **more: object) -> E:
    """The event, with all that is known of the quote."""
    return event(
        actor_id=actor.id if actor else None,
        subject_id=quote.id,
        booking_id=quote.booking_id,
        organisation_id=quote.booking.organisation_id,
        reference=quote.reference,
        total=quote.total,
        currency=quote.currency,
        **more,
    )
