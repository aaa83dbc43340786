"""The days a report is about, and the bars they are cut into."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.reports.rules.periods import BarUnit, Days, Period, bars_of, days_between, days_of, unit_for

TODAY = date(2026, 11, 22)  # a Sunday, the second day of a week that begins on Saturday
SATURDAY, MONDAY = 5, 0


def test_short_periods_end_today_and_long_ones_begin_with_a_week() -> None:
    assert days_of(Period.WEEK, TODAY, SATURDAY) == Days(date(2026, 11, 16), TODAY)
    assert days_of(Period.MONTH, TODAY, SATURDAY).number == 30
    quarter = days_of(Period.QUARTER, TODAY, SATURDAY)
    assert (quarter.first.weekday(), quarter.last) == (SATURDAY, TODAY)
    assert len(bars_of(quarter, first_weekday=SATURDAY, jalali=False)) == 13
    assert len(bars_of(days_of(Period.HALF, TODAY, MONDAY), first_weekday=MONDAY, jalali=False)) == 26


@pytest.mark.parametrize(
    ("number", "unit"),
    [(1, BarUnit.DAY), (31, BarUnit.DAY), (32, BarUnit.WEEK), (190, BarUnit.WEEK), (191, BarUnit.MONTH)],
)
def test_the_bars_grow_with_the_days(number: int, unit: BarUnit) -> None:
    assert unit_for(Days(TODAY - timedelta(days=number - 1), TODAY)) is unit


@pytest.mark.parametrize("jalali", [False, True])
@pytest.mark.parametrize("number", [1, 40, 366])
def test_the_bars_cover_the_days_once(number: int, jalali: bool) -> None:
    days = Days(TODAY - timedelta(days=number - 1), TODAY)
    bars = bars_of(days, first_weekday=SATURDAY, jalali=jalali)
    assert (bars[0].first, bars[-1].last) == (days.first, days.last)
    assert all(one.last + timedelta(days=1) == after.first for one, after in pairwise(bars))


def test_months_are_those_of_the_readers_calendar() -> None:
    days = Days(date(2025, 12, 1), TODAY)
    gregorian = bars_of(days, first_weekday=SATURDAY, jalali=False)
    jalali = bars_of(days, first_weekday=SATURDAY, jalali=True)
    assert gregorian[1].first == date(2026, 1, 1)
    assert jalali[1].first == date(2025, 12, 22)  # 1 Dey 1404
    assert jalali[-1].first == TODAY  # 1 Azar 1405


def test_days_that_somebody_typed_are_put_in_order_and_are_a_year_at_most() -> None:
    assert days_between(TODAY, date(2026, 11, 1)) == Days(date(2026, 11, 1), TODAY)
    assert days_between(date(2000, 1, 1), TODAY).number == 366
