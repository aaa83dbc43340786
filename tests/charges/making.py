"""Prices and quotes for tests."""

from datetime import date
from typing import Any

from app.booking.models import Booking
from app.charges.models import PriceList, Quote
from app.charges.queries.quotes import list_quotes
from app.charges.rules.pricing import Price, Unit
from app.charges.services.prices import set_prices
from app.extensions import db
from app.inventory.models import Equipment
from tests.cast import Cast

HOURLY = Price(Unit.HOUR, None, 1_500_000)
LONG_BEFORE = date(2026, 1, 1)


def charge(cast: Cast, *, on: bool = True) -> None:
    """The site asks for money from now on."""
    cast.site.charges = on
    db.session.commit()


def ask_prices(
    cast: Cast, *prices: Price, of: Equipment | None = None, since: date = LONG_BEFORE, **more: Any
) -> PriceList:
    """The materials lab asks this; HOURLY unless told otherwise."""
    settled: dict[str, Any] = {"actor": cast.manager, "lab_id": cast.materials.id, "currency": "IRR"} | more
    return set_prices(
        valid_from=since, prices=prices or (HOURLY,), equipment_id=of.id if of else None, **settled
    )


def quotes_of(booking: Booking) -> list[Quote]:
    return list(list_quotes(booking.id))
