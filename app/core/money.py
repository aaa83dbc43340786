"""Amounts of money: whole numbers of a currency's smallest unit (CLDR's count of decimals), never floats."""

from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_precision

CURRENCIES = ("IRR", "EUR", "USD", "GBP", "CHF", "AED", "TRY", "CNY", "JPY")
"""ISO 4217 codes that a form offers; others come through the API."""
MOST_MINOR = 2**63 - 1


def minor_units(text: str, currency: str) -> int:
    """The amount of what was typed in whole units: "12,500.50" in EUR is 1250050.

    Commas and spaces group. Raises ValueError for everything that is no such amount.
    """
    plain = "".join(char for char in text if char not in ", \u00a0\u202f\u066c").replace("\u066b", ".")
    try:
        amount = Decimal(plain).scaleb(get_currency_precision(currency))
    except InvalidOperation as error:
        raise ValueError("not a number") from error
    if not amount.is_finite() or amount < 0 or amount != int(amount) or amount > MOST_MINOR:
        raise ValueError("not an amount of this currency")
    return int(amount)


def major_units(minor: int, currency: str) -> Decimal:
    """The way back: 1250050 in EUR is 12500.50."""
    return Decimal(minor).scaleb(-get_currency_precision(currency))


def decimals_of(currency: str) -> int:
    """How many decimals of the currency are shown and typed."""
    return int(get_currency_precision(currency))
