"""Amounts and months as people type them."""

from datetime import date

import pytest

from app.charges.rules.money import read_amount
from app.charges.rules.months import Month


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("1500000", "IRR", 1_500_000),
        ("1,500,000", "IRR", 1_500_000),
        ("۱٬۵۰۰٬۰۰۰", "IRR", 1_500_000),
        ("12", "EUR", 1200),
        ("12.5", "EUR", 1250),
        ("۱۲٫۰۵", "EUR", 1205),
        ("0", "IRR", 0),
    ],
)
def test_an_amount_is_read_in_either_script(text: str, currency: str, amount: int) -> None:
    assert read_amount(text, currency) == amount


@pytest.mark.parametrize(
    ("text", "currency"),
    [("", "IRR"), ("-5", "IRR"), ("12.5", "IRR"), ("1.234", "EUR"), ("1,5", "EUR"), ("1e5", "IRR"),
     (".5", "EUR"), ("9" * 17, "IRR"), ("=1+1", "IRR"), ("12²", "IRR")],
)  # fmt: skip
def test_what_is_no_amount_is_not_guessed(text: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"amount|much"):
        read_amount(text, currency)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("1405-09", date(2026, 11, 22), date(2026, 12, 21)),
        ("۱۴۰۵/۹", date(2026, 11, 22), date(2026, 12, 21)),
    ],
)
def test_the_year_tells_the_calendar_of_a_month(text: str, first: date, last: date) -> None:
    month = Month.read(text)

    assert (month.first, month.last) == (first, last)
    assert month.after.before == month


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "1405-00", "0001-01", "9999-12", "now"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.read(text)
