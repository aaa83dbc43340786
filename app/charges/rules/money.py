"""Amounts as people type them, in whole minor units. Pure."""

import re
from decimal import Decimal

from app.core.text import ascii_digits

CURRENCIES = {"IRR": 0, "EUR": 2, "USD": 2}
"""Those that a price list may be in, and how many decimals of each are shown and typed."""
MOST = 10**15
"""A greater amount is a slip of the keyboard."""
_AS_TYPED = str.maketrans({"٬": ",", "٫": ".", " ": None, "\xa0": None})
_AMOUNT = re.compile(r"[0-9]{1,3}(?:,?[0-9]{3})*|[0-9]+")


def usual_currency(country: str) -> str:
    """What a lab of this country asks for, until it says otherwise."""
    return "IRR" if country == "IR" else "EUR"


def major(amount: int, currency: str) -> Decimal:
    """The amount in the currency's main unit."""
    return Decimal(amount).scaleb(-CURRENCIES[currency])


def read_amount(text: str, currency: str) -> int:
    """Minor units of '1,500,000', '۱٬۵۰۰٬۰۰۰' or '12.50'. Raises ValueError for what is no such amount."""
    plain = ascii_digits(text.strip()).translate(_AS_TYPED)
    whole, _point, part = plain.partition(".")
    decimals = CURRENCIES[currency]
    if not _AMOUNT.fullmatch(whole) or len(part) > decimals or not re.fullmatch("[0-9]*", part):
        raise ValueError("no amount")
    amount: int = int(whole.replace(",", "")) * 10**decimals + int(part.ljust(decimals, "0") or 0)
    if amount > MOST:
        raise ValueError("too much")
    return amount
