"""A month is the reader's: a true Jalali month in Persian, a Gregorian one in English."""

from datetime import date

from flask import Flask
from flask_babel import force_locale

from app.site.months import month_around

SATURDAY = 5


def test_azar_1405_for_a_persian_reader(app: Flask) -> None:
    with app.test_request_context(), force_locale("fa"):
        month = month_around(date(2026, 11, 22), SATURDAY)
    assert (min(month.inside), max(month.inside)) == (date(2026, 11, 22), date(2026, 12, 21))
    assert month.days[0] == date(2026, 11, 21)  # the Saturday before
    assert len(month.days) == 35
    assert month.previous == date(2026, 11, 21)


def test_november_2026_for_an_english_reader(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        month = month_around(date(2026, 11, 22), SATURDAY)
    assert (min(month.inside), max(month.inside)) == (date(2026, 11, 1), date(2026, 11, 30))
    assert month.following == date(2026, 12, 1)


def test_a_leap_esfand_ends_on_the_30th(app: Flask) -> None:
    with app.test_request_context(), force_locale("fa"):
        month = month_around(date(2025, 3, 20), SATURDAY)
    assert max(month.inside) == date(2025, 3, 20)
    assert len(month.inside) == 30
