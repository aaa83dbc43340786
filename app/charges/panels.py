"""What money adds to the pages of booking."""

from collections.abc import Sequence

from flask import render_template
from markupsafe import Markup

from app.accounts.models import Organisation, User
from app.booking.models import Booking
from app.booking.rules.facts import Wish
from app.charges import wording
from app.charges.forms import OrderForm, PaidForm
from app.charges.permissions import may_set_order, may_settle
from app.charges.queries.quotes import is_due, list_shown
from app.charges.services.quoting import estimate


def foretold(organisation: Organisation | None, wishes: Sequence[Wish]) -> Markup:
    """What it would come to, before anybody asks; '' where nothing of it has a price."""
    lines = [line for each in estimate(organisation, wishes) for line in each]
    currencies = {line.currency for line in lines}
    if len(currencies) != 1:
        return Markup("")
    total = sum(line.line.amount for line in lines)
    return Markup(  # noqa: S704 - the template escapes what people wrote
        render_template(
            "charges/_estimate.html",
            lines=lines,
            dates=len(wishes),
            total=total,
            currency=currencies.pop(),
            words=wording,
        )
    )


def added(viewer: User, booking: Booking) -> Markup:
    """The booking's quote, and what this person may do with it; '' where there is none."""
    made = list_shown(booking)
    quote = next((one for one in made if one.replaced_at is None), None)
    if quote is None or not is_due(booking):
        return Markup("")
    settles, orders = may_settle(viewer), may_set_order(viewer, booking)
    return Markup(  # noqa: S704 - the template escapes what people wrote
        render_template(
            "charges/_quote.html",
            quote=quote,
            before=[one for one in made if one.number < quote.number],
            zone=booking.occurrences[0].items[0].equipment.lab.site.zone,
            dates=len(booking.occurrences),
            order_form=OrderForm.of(quote) if orders else None,
            paid_form=PaidForm.of(quote) if settles else None,
            words=wording,
        )
    )
