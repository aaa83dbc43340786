"""What bookings are quoted at, and what an organisation used."""

from datetime import date
from enum import StrEnum
from typing import Any

from marshmallow import fields

from app.accounts.models import User, UserClass
from app.accounts.rules.belonging import organisation_meant
from app.api.fields import Choice, Day, Id, Instant
from app.api.resource import Resource
from app.api.v1.schemas import Sent, Told, named
from app.charges.models import Quote, Unit
from app.charges.queries.quotes import get_quote
from app.charges.queries.sites import must_charge
from app.charges.queries.statements import Entry, get_statement
from app.charges.rules.months import Month
from app.charges.rules.statement import Kind
from app.core.money import decimals_of
from app.inventory.queries.places import home_today

charges = Resource("quotes", __name__, "Quotes and statements of use; 404 where the labs ask for no money.")
MINOR = {"description": "In minor units of the currency; `decimals` says how many of its digits are a part."}


class Calendar(StrEnum):
    GREGORIAN = "gregorian"
    JALALI = "jalali"


class QuoteLineSchema(Told):
    """What was asked for one equipment on one date."""

    occurrence = fields.Integer(attribute="occurrence_id")
    starts_at = Instant()
    ends_at = Instant()
    equipment = fields.Integer(attribute="equipment_id")
    name = fields.String()
    valid_from = fields.Date(metadata={"description": "From which day the price was."})
    unit = fields.Enum(Unit, by_value=fields.String)
    user_class = fields.Enum(UserClass, by_value=fields.String, allow_none=True)
    measure = fields.Integer(metadata={"description": "Minutes, samples, or one use."})
    quantity = fields.Integer()
    unit_amount = fields.Integer(metadata=MINOR)
    minimum = fields.Integer(allow_none=True)
    amount = fields.Integer(metadata=MINOR)


class QuoteSchema(Told):
    """A snapshot: what changes the dates makes another one."""

    reference = fields.String()
    number = fields.Integer()
    made_at = Instant()
    currency = fields.String()
    decimals = fields.Integer()
    total = fields.Integer(metadata=MINOR)
    purchase_order = fields.String()
    paid_at = Instant(allow_none=True)
    lines = fields.List(fields.Nested(QuoteLineSchema))


class UseSchema(Told):
    """One equipment on one date."""

    starts_at = Instant()
    ends_at = Instant()
    booking = fields.String()
    equipment = named()
    lab = named()
    quantity = fields.Integer()
    kind = fields.Enum(Kind, by_value=fields.String)
    amount = fields.Integer(allow_none=True, metadata={"description": "null: it was never priced."})
    currency = fields.String(allow_none=True)
    quote = fields.String(allow_none=True)
    purchase_order = fields.String()
    paid_at = Instant(allow_none=True)


class TotalSchema(Told):
    """What one lab asks in one currency."""

    lab = named()
    currency = fields.String()
    decimals = fields.Integer()
    used = fields.Integer(metadata=MINOR)
    unused = fields.Integer(metadata={"description": "For time that was held and not used."})
    paid = fields.Integer()


class StatementSchema(Told):
    organisation = named()
    first = fields.Date()
    last = fields.Date()
    items = fields.List(fields.Nested(UseSchema))
    totals = fields.List(fields.Nested(TotalSchema))


class StatementQuery(Sent):
    organisation = Id(in_address=True)
    day = Day(metadata={"description": "Any day of the month; else today."})
    calendar = Choice(Calendar, load_default=Calendar.GREGORIAN)


def home_day(_actor: User) -> date:
    """The local day. Raises NotFound where no site asks for money."""
    must_charge()
    return home_today()


@charges.operation("GET", "/bookings/<reference>/quote", quote=get_quote, answer=QuoteSchema)
def show_quote(*, quote: Quote) -> dict[str, Any]:
    """What the booking is quoted at, as it was said"""
    columns = ("reference", "number", "made_at", "currency", "total", "purchase_order", "paid_at", "lines")
    return {name: getattr(quote, name) for name in columns} | {"decimals": decimals_of(quote.currency)}


@charges.operation("GET", "/statements", query=StatementQuery, today=home_day, answer=StatementSchema)
def show_statement(*, actor: User, query: dict[str, Any], today: date) -> dict[str, Any]:
    """What an organisation used in a month: yours, or any for the liaison office"""
    month = Month.holding(query.get("day") or today, jalali=query["calendar"] is Calendar.JALALI)
    wanted = organisation_meant(actor.organisation_ids(), query.get("organisation"))
    found = get_statement(actor, wanted, month)
    return {
        "organisation": found.organisation,
        "first": month.first,
        "last": month.last,
        "items": [_told(entry) for entry in found.entries],
        "totals": [
            {
                "lab": found.labs[one.lab_id],
                "currency": one.currency,
                "decimals": decimals_of(one.currency),
                "used": one.used,
                "unused": one.unused,
                "paid": one.paid,
            }
            for one in found.totals
        ],
    }


def _told(entry: Entry) -> dict[str, Any]:
    quote = entry.quote
    return {
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
        "booking": entry.booking.reference,
        "equipment": entry.equipment,
        "lab": entry.equipment.lab,
        "quantity": entry.quantity,
        "kind": entry.kind,
        "amount": entry.amount,
        "currency": entry.currency,
        "quote": quote.reference if quote else None,
        "purchase_order": quote.purchase_order if quote else "",
        "paid_at": quote.paid_at if quote else None,
    }
