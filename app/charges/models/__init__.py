"""The tables of money."""

from app.charges.models.prices import PriceLine, PriceList
from app.charges.models.quote import LONGEST_ORDER, Quote, QuoteLine
from app.charges.rules.pricing import Unit

__all__ = ["LONGEST_ORDER", "PriceLine", "PriceList", "Quote", "QuoteLine", "Unit"]
