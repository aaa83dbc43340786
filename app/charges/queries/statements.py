"""What an organisation used, with what was quoted for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Organisation, User
from app.booking.models import Booking, Occurrence, OccurrenceItem, OccurrenceState
from app.charges.models import Quote, QuoteLine
from app.charges.permissions import may_see_statement
from app.charges.queries.sites import must_charge
from app.charges.rules.months import Month
from app.charges.rules.statement import Charge, Kind, Total, totals
from app.core.errors import NotFound
from app.core.spans import Span
from app.core.zones import start_of
from app.extensions import db
from app.inventory.models import Equipment, Lab, Site
from app.inventory.queries.places import home_zone

KINDS = {OccurrenceState.COMPLETED: Kind.USED, OccurrenceState.NO_SHOW: Kind.NO_SHOW}


@dataclass(frozen=True)
class Entry:
    """One equipment on one date."""

    starts_at: datetime
    ends_at: datetime
    booking: Booking
    equipment: Equipment
    quantity: int
    kind: Kind
    amount: int | None
    """What was quoted for it, in minor units; None: nothing was."""
    quote: Quote | None

    @property
    def currency(self) -> str | None:
        return self.quote.currency if self.quote and self.amount is not None else None

    @property
    def is_paid(self) -> bool:
        return self.quote is not None and self.quote.paid_at is not None

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    @property
    def charge(self) -> Charge:
        return Charge(self.equipment.lab_id, self.kind, self.amount, self.currency, self.is_paid)


@dataclass(frozen=True)
class Statement:
    """A month of an organisation."""

    organisation: Organisation
    month: Month
    entries: Sequence[Entry]

    @property
    def totals(self) -> list[Total]:
        return totals(entry.charge for entry in self.entries)

    @property
    def labs(self) -> dict[int, Lab]:
        return {entry.equipment.lab_id: entry.equipment.lab for entry in self.entries}


def get_statement(actor: User, organisation_id: int, month: Month) -> Statement:
    """What the organisation used in the month, in order. NotFound where it is not the actor's to read."""
    must_charge()
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None or not may_see_statement(actor, organisation_id):
        raise NotFound
    items = (
        db.session.scalars(
            select(OccurrenceItem)
            .join(OccurrenceItem.occurrence)
            .join(Occurrence.booking)
            .join(OccurrenceItem.equipment)
            .join(Equipment.lab)
            .join(Lab.site)
            .where(Booking.organisation_id == organisation_id, _is_due(month))
            .options(
                contains_eager(OccurrenceItem.occurrence).contains_eager(Occurrence.booking),
                contains_eager(OccurrenceItem.equipment)
                .contains_eager(Equipment.lab)
                .contains_eager(Lab.site),
            )
            .order_by(Occurrence.starts_at, Occurrence.id, OccurrenceItem.equipment_id)
        )
        .unique()
        .all()
    )
    quoted = _quoted(items)
    return Statement(organisation, month, [_entry(item, quoted) for item in items])


def list_with_use(month: Month) -> Sequence[Organisation]:
    """The organisations that have a statement of the month, for who reads them all."""
    due = (
        select(Booking.organisation_id)
        .join(Booking.occurrences)
        .join(Occurrence.items)
        .join(OccurrenceItem.equipment)
        .join(Equipment.lab)
        .join(Lab.site)
        .where(_is_due(month))
    )
    return db.session.scalars(
        select(Organisation).where(Organisation.id.in_(due)).order_by(Organisation.folded_name)
    ).all()


def _is_due(month: Month) -> ColumnElement[bool]:
    """A date of the month that took place, that nobody came to, or that was called off late."""
    zone = home_zone()
    begins, ends = start_of(month.first, zone), start_of(month.last + timedelta(days=1), zone)
    late = and_(Occurrence.state == OccurrenceState.CANCELLED, Occurrence.is_late_cancel)
    return and_(
        Occurrence.starts_at >= begins,
        Occurrence.starts_at < ends,
        or_(Occurrence.state.in_(KINDS), late),
        Site.charges,
    )


Quoted = dict[tuple[int, int], tuple[int, Quote]]
"""By date and equipment: what was asked, and in which quote."""


def _quoted(items: Sequence[OccurrenceItem]) -> Quoted:
    ids = {item.occurrence.booking_id for item in items}
    quotes = {
        quote.id: quote
        for quote in db.session.scalars(
            select(Quote)
            .where(Quote.booking_id.in_(ids), Quote.replaced_at.is_(None))
            .options(joinedload(Quote.booking))
        )
    }
    rows = db.session.execute(
        select(
            QuoteLine.occurrence_id, QuoteLine.equipment_id, QuoteLine.quote_id, func.sum(QuoteLine.amount)
        )
        .where(QuoteLine.quote_id.in_(quotes))
        .group_by(QuoteLine.occurrence_id, QuoteLine.equipment_id, QuoteLine.quote_id)
    )
    return {(date, thing): (int(amount), quotes[quote_id]) for date, thing, quote_id, amount in rows}


def _entry(item: OccurrenceItem, quoted: Quoted) -> Entry:
    date = item.occurrence
    amount, quote = quoted.get((date.id, item.equipment_id), (None, None))
    return Entry(
        date.starts_at,
        date.ends_at,
        date.booking,
        item.equipment,
        item.quantity,
        KINDS.get(date.state, Kind.LATE),
        amount,
        quote,
    )
