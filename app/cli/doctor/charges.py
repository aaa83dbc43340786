"""Does every quote say what its lines say, and does one count for each booking?"""

from collections.abc import Iterator
from itertools import pairwise

from sqlalchemy import func, or_, select

from app.booking.models import Occurrence, OccurrenceItem
from app.charges.models import PriceList, Quote, QuoteLine
from app.core.event_log import EventRecord
from app.extensions import db
from app.inventory.models import Equipment


def totals_are_sums() -> Iterator[str]:
    """The total of a quote is the sum of its lines, and a quote has some."""
    for id_, total, lines, amount in db.session.execute(
        select(Quote.id, Quote.total, func.count(QuoteLine.id), func.sum(QuoteLine.amount))
        .outerjoin(QuoteLine, QuoteLine.quote_id == Quote.id)
        .group_by(Quote.id, Quote.total)
    ):
        if not lines or total != amount:
            yield f"quote {id_}: its total is {total}, and its {lines} lines come to {amount}"


def one_counts() -> Iterator[str]:
    """Of the quotes of a booking at most one counts, and it is the last; the others end as the next begin."""
    rows = db.session.execute(
        select(Quote.booking_id, Quote.id, Quote.number, Quote.made_at, Quote.replaced_at).order_by(
            Quote.booking_id, Quote.number
        )
    ).all()
    for before, after in pairwise(rows):
        if before.booking_id != after.booking_id:
            continue
        if before.replaced_at is None or before.replaced_at > after.made_at:
            yield f"quote {before.id}: quote {after.id} came after it, and it counts on"
        if after.number != before.number + 1:
            yield f"quote {after.id}: its number is {after.number} after {before.number}"


def lines_are_of_their_booking() -> Iterator[str]:
    """A line of a quote that counts is of a date of its booking, and of equipment that the date takes."""
    for id_ in db.session.scalars(
        select(QuoteLine.id)
        .join(Quote, Quote.id == QuoteLine.quote_id)
        .join(Occurrence, Occurrence.id == QuoteLine.occurrence_id)
        .outerjoin(
            OccurrenceItem,
            (OccurrenceItem.occurrence_id == QuoteLine.occurrence_id)
            & (OccurrenceItem.equipment_id == QuoteLine.equipment_id),
        )
        .where(
            Quote.replaced_at.is_(None),
            or_(Occurrence.booking_id != Quote.booking_id, OccurrenceItem.id.is_(None)),
        )
    ):
        yield f"line {id_} of a quote: its booking has no such date or equipment"


def payments_are_told() -> Iterator[str]:
    """Whether a quote is paid is what its last event about that says; a new one may have taken it over."""
    said = {
        row.subject_id: row.name == "QuotePaid"
        for row in db.session.scalars(
            select(EventRecord)
            .where(EventRecord.subject_kind == "quote", EventRecord.name.in_(("QuotePaid", "QuoteUnpaid")))
            .order_by(EventRecord.id)
        )
    }
    paid: dict[int, bool] = {}
    for quote in db.session.scalars(select(Quote).order_by(Quote.booking_id, Quote.number)):
        is_paid = quote.paid_at is not None
        if is_paid != said.get(quote.id, is_paid and paid.get(quote.booking_id, False)):
            yield f"quote {quote.id}: paid is {is_paid}, and its events say otherwise"
        paid[quote.booking_id] = is_paid


def prices_are_of_their_lab() -> Iterator[str]:
    """A list for one equipment is its lab's."""
    for id_ in db.session.scalars(
        select(PriceList.id)
        .join(Equipment, Equipment.id == PriceList.equipment_id)
        .where(Equipment.lab_id != PriceList.lab_id)
    ):
        yield f"price list {id_}: its equipment stands in another lab"
