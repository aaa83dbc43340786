"""What a use costs: whole minor units, rounded once, half up."""

from datetime import date
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charges.rules.pricing import Price, Priced, Prices, Unit, Use, in_force, priced, total

LAB, RAMAN, OTHER = 1, 10, 11
HOURLY = Price(Unit.HOUR, None, 1_500_000)


def test_no_price_is_no_line_and_not_zero() -> None:
    assert priced([], Use(60), "industry") == []
    assert priced([Price(Unit.HOUR, "internal", 5)], Use(60), "industry") == []


def test_parts_of_an_hour_are_paid_by_the_minute_and_for_each_unit() -> None:
    (line,) = priced([HOURLY], Use(90, quantity=2), "industry")

    assert line == Priced(HOURLY, measure=90, quantity=2, amount=4_500_000)


def test_a_half_goes_up() -> None:
    (line,) = priced([Price(Unit.HOUR, None, 1)], Use(30), None)

    assert line.amount == 1


def test_the_price_of_the_own_class_counts_before_everyones_in_any_order() -> None:
    cheap = Price(Unit.HOUR, "internal", 750_000)

    for prices in ([HOURLY, cheap], [cheap, HOURLY]):
        assert total(priced(prices, Use(60), "internal")) == 750_000
        assert total(priced(prices, Use(60), "industry")) == 1_500_000
        assert total(priced(prices, Use(60), None)) == 1_500_000


def test_samples_that_have_a_price_stand_for_the_hours_and_a_use_comes_on_top() -> None:
    prices = [Price(Unit.USE, None, 100), HOURLY, Price(Unit.SAMPLE, None, 7)]

    assert [line.price.unit for line in priced(prices, Use(60, samples=3), None)] == [Unit.SAMPLE, Unit.USE]
    assert total(priced(prices, Use(60, samples=3), None)) == 121
    assert [line.price.unit for line in priced(prices, Use(60), None)] == [Unit.HOUR, Unit.USE]


def test_samples_without_a_price_are_paid_by_their_hours() -> None:
    assert total(priced([HOURLY], Use(60, samples=3), None)) == 1_500_000


def test_a_minimum_is_asked_however_little_is_used() -> None:
    price = Price(Unit.HOUR, None, 600, minimum=1000)

    assert total(priced([price], Use(30), None)) == 1000
    assert total(priced([price], Use(120), None)) == 1200


@pytest.mark.parametrize(("day", "currency"), [(date(2026, 1, 1), "IRR"), (date(2026, 6, 1), "EUR")])
def test_a_list_counts_from_its_day_on_until_the_next(day: date, currency: str) -> None:
    lists = [
        Prices(LAB, None, date(2026, 6, 1), "EUR", (HOURLY,)),
        Prices(LAB, None, date(2026, 1, 1), "IRR", (HOURLY,)),
        Prices(LAB + 1, None, date(2026, 5, 1), "USD", (HOURLY,)),
    ]

    found = in_force(lists, lab_id=LAB, equipment_id=RAMAN, day=day)

    assert found is not None
    assert found.currency == currency
    assert in_force(lists, lab_id=LAB, equipment_id=RAMAN, day=date(2025, 12, 31)) is None


def test_an_equipments_own_list_stands_for_its_labs_also_when_it_is_older_or_empty() -> None:
    own = Prices(LAB, RAMAN, date(2026, 1, 1), "IRR", ())
    labs = Prices(LAB, None, date(2026, 6, 1), "IRR", (HOURLY,))

    assert in_force([labs, own], lab_id=LAB, equipment_id=RAMAN, day=date(2026, 7, 1)) == own
    assert in_force([labs, own], lab_id=LAB, equipment_id=OTHER, day=date(2026, 7, 1)) == labs


amounts = st.integers(0, 10**15)
classes = st.sampled_from([None, "internal", "academic", "industry"])
price_lists = st.lists(
    st.builds(Price, st.sampled_from(Unit), classes, amounts, st.none() | amounts),
    unique_by=lambda price: (price.unit, price.user_class),
)
uses = st.builds(Use, st.integers(1, 20_000), st.integers(1, 50), st.none() | st.integers(0, 5000))


@given(price_lists, uses, classes)
def test_amounts_are_those_of_exact_fractions(prices: list[Price], use: Use, user_class: str | None) -> None:
    by = {(price.unit, price.user_class): price for price in prices}
    expected = []
    for unit, many in (
        (Unit.HOUR, Fraction(use.minutes, 60) * use.quantity),
        (Unit.SAMPLE, Fraction(use.samples or 0)),
        (Unit.USE, Fraction(use.quantity)),
    ):
        price = by.get((unit, user_class)) or by.get((unit, None))
        by_sample = bool(use.samples) and bool(
            by.get((Unit.SAMPLE, user_class)) or by.get((Unit.SAMPLE, None))
        )
        if price is None or (unit is Unit.HOUR and by_sample) or (unit is Unit.SAMPLE and not by_sample):
            continue
        expected.append(max(floor(price.amount * many + Fraction(1, 2)), price.minimum or 0))

    assert [line.amount for line in priced(prices, use, user_class)] == expected
