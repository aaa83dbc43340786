"""What a price may be. Pure."""

MOST = 10**10
"""A greater price is a slip of the keyboard; up to it, no sum of a booking leaves the columns."""


def usual_currency(country: str) -> str:
    """What a lab of this country asks for, until it says otherwise."""
    return "IRR" if country == "IR" else "EUR"
