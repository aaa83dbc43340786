"""Months as people write them."""

from datetime import date

import pytest

from app.charges.rules.months import Month


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
