"""Amounts are whole numbers of the smallest unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import CURRENCIES, MOST_MINOR, major_units, minor_units


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("12,500.50", "EUR", 1_250_050),
        ("0", "USD", 0),
        ("1 000", "GBP", 100_000),
        ("250000000", "IRR", 250_000_000),
        ("12٬500٫5", "EUR", 1_250_050),
        ("700", "JPY", 700),
    ],
)
def test_what_is_typed_is_read(typed: str, currency: str, minor: int) -> None:
    assert minor_units(typed, currency) == minor


@pytest.mark.parametrize("typed", ["", "-1", "much", "1.005", "NaN", "Infinity", "1e400", "9" * 40])
def test_everything_else_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"not a"):
        minor_units(typed, "EUR")


@given(st.integers(0, MOST_MINOR), st.sampled_from(CURRENCIES))
def test_there_and_back_it_is_the_same(minor: int, currency: str) -> None:
    assert minor_units(str(major_units(minor, currency)), currency) == minor


def test_large_amounts_lose_nothing() -> None:
    assert major_units(MOST_MINOR, "EUR") == Decimal("92233720368547758.07")
