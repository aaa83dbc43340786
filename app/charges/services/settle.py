"""What becomes of a quote: the company's number for it, and that it was paid."""

from app.accounts.models import User
from app.charges.events import PurchaseOrderSet, QuotePaid, QuoteUnpaid
from app.charges.models import LONGEST_ORDER, Quote
from app.charges.permissions import may_set_order, may_settle
from app.charges.queries.quotes import get_quote
from app.charges.services.quoting import happened
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.events import publish
from app.core.text import one_line


@unit_of_work
def set_purchase_order(*, actor: User, reference: str, number: int, purchase_order: str) -> Quote:
    """The company's number for the quote that was looked at; '' takes it away.

    Raises NotFound, Forbidden, InvalidInput, and WrongState where another quote has taken its place.
    """
    quote = _looked_at(actor, reference, number)
    if not may_set_order(actor, quote.booking):
        raise Forbidden
    order = one_line(purchase_order)
    if len(order) > LONGEST_ORDER:
        raise InvalidInput(("purchase_order", "too-long"))
    if order == quote.purchase_order:
        return quote
    was, quote.purchase_order = quote.purchase_order, order
    publish(happened(PurchaseOrderSet, quote, actor, purchase_order=order, was=was))
    return quote


@unit_of_work
def mark_paid(*, actor: User, reference: str, number: int, paid: bool = True) -> Quote:
    """Say that the quote that was looked at was paid, or take that back.

    Raises NotFound, Forbidden, and WrongState where another quote has taken its place.
    """
    quote = _looked_at(actor, reference, number)
    if not may_settle(actor):
        raise Forbidden
    if paid == (quote.paid_at is not None):
        return quote
    quote.paid_at, quote.paid_by_id = (now(), actor.id) if paid else (None, None)
    publish(happened(QuotePaid if paid else QuoteUnpaid, quote, actor))
    return quote


def _looked_at(actor: User, reference: str, number: int) -> Quote:
    quote = get_quote(actor, reference, for_update=True)
    if quote.number != number:
        raise WrongState(verb="settle", state="replaced")
    return quote
