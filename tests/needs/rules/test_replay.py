"""The counterfactual: equal to counting every minute by hand, and quick."""

import random
import time
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.spans import Span
from app.needs.rules.replay import gains
from app.needs.rules.unmet import Missed, Wish, asked, unmet_minutes
from tests.cast import NOW

MINUTE = timedelta(minutes=1)
START = NOW.replace(hour=0, minute=0)
HORIZON = 3 * 24 * 60


def span(start: int, length: int) -> Span:
    return Span(START + start * MINUTE, START + (start + length) * MINUTE)


def missed(
    organisation: int,
    start: int,
    length: int,
    *,
    minutes: int | None = None,
    quantity: int = 1,
    served: int = 0,
    order: int = 0,
) -> Missed:
    return Missed(
        organisation_id=organisation,
        at=START - timedelta(days=1) + order * MINUTE,
        window=span(start, length),
        minutes=minutes or length,
        quantity=quantity,
        served_minutes=served,
    )


def owed(*misses: Missed) -> int:
    return unmet_minutes(asked(misses))


def test_one_organisation_asking_again_is_one_need() -> None:
    assert owed(missed(1, 600, 120), missed(1, 660, 120)) == 180
    assert owed(missed(1, 600, 120), missed(2, 600, 120)) == 240


def test_touching_wishes_are_two() -> None:
    assert len(asked([missed(1, 600, 60), missed(1, 660, 60)])) == 2


def test_any_time_of_a_week_is_one_need_however_often_it_is_searched() -> None:
    week = 7 * 24 * 60
    again = [missed(1, day * 1440, week, minutes=360) for day in range(3)]
    assert owed(*again) == 360
    assert owed(*again, missed(1, 2000, 60)) == 360
    assert owed(*again, *(missed(1, 2000 + 200 * n, 150) for n in range(3))) == 450


def test_what_was_served_later_is_not_missing() -> None:
    assert owed(missed(1, 600, 120, served=90)) == 30
    assert owed(missed(1, 600, 120, served=500)) == 0


def test_the_greatest_number_wanted_at_once_counts() -> None:
    assert owed(missed(1, 600, 120, quantity=1), missed(1, 660, 120, quantity=3)) == 60 + 3 * 120


def at(instant: datetime) -> int:
    return int((instant - START) / MINUTE)


def minutes_of(span: Span) -> range:
    return range(at(span.start), at(span.end))


def left_by(claims: list[tuple[Span, int]], openings: list[Span], units: int) -> list[int]:
    """What is free in each minute; far below nothing where the lab is shut."""
    free = [-99] * HORIZON
    for minute in {minute for opening in openings for minute in minutes_of(opening)}:
        free[minute] = units
    for claim, quantity in claims:
        for minute in minutes_of(claim):
            free[minute] -= quantity
    return free


def placed(wish: Wish, free: list[int]) -> int:
    """The first start that works, tried one after the other."""
    for start in minutes_of(wish.window):
        minutes = range(start, start + wish.minutes)
        if minutes.stop <= at(wish.window.end) and all(free[m] >= wish.quantity for m in minutes):
            for minute in minutes:
                free[minute] -= wish.quantity
            return wish.minutes * wish.quantity
    return 0


def by_hand(misses: list[Missed], claims: list[tuple[Span, int]], openings: list[Span], units: int) -> int:
    """Every minute an entry of a list, every start tried: slow, and nothing to get wrong."""
    free = left_by(claims, openings, units)
    return sum(
        min(sum(placed(wish, free) for wish in need.wishes), need.owed_minutes) for need in asked(misses)
    )


STEP = 45
starts = st.integers(0, HORIZON // STEP - 1).map(lambda n: n * STEP)
pieces = st.builds(
    lambda start, length: span(start, min(length * STEP, HORIZON - start)), starts, st.integers(1, 40)
)


@st.composite
def some_misses(draw: st.DrawFn) -> Missed:
    window = draw(pieces)
    minutes = draw(st.integers(1, window.minutes))
    return Missed(
        organisation_id=draw(st.integers(1, 3)),
        at=START + draw(st.integers(-50, 50)) * MINUTE,
        window=window,
        minutes=draw(st.sampled_from([window.minutes, minutes])),
        quantity=draw(st.integers(1, 2)),
        served_minutes=draw(st.sampled_from([0, 0, 0, 30])),
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(some_misses(), min_size=1, max_size=6),
    st.integers(0, 2),
    st.lists(st.tuples(pieces, st.integers(1, 2)), max_size=8),
    st.lists(pieces, min_size=1, max_size=4),
)
def test_it_equals_counting_by_hand(
    misses: list[Missed], units: int, claims: list[tuple[Span, int]], openings: list[Span]
) -> None:
    found = gains(asked(misses), units=units, claims=claims, openings=openings)

    none = by_hand(misses, claims, openings, units)
    expected = [(k, by_hand(misses, claims, openings, units + k) - none) for k in (1, 2)]
    assert [(gain.extra, gain.served_minutes) for gain in found] == expected


def a_year(claims: int, misses: int) -> tuple[list[Missed], list[tuple[Span, int]], list[Span]]:
    """A pool of forty that is nearly full, and wishes of which half would take any time of a week."""
    chance = random.Random(1405)
    day = 24 * 60
    openings = [span(n * day + 480, 600) for n in range(365)]
    taken = [
        (span(chance.randrange(365) * day + 480 + 15 * chance.randrange(32), 15 * chance.randint(2, 10)), 1)
        for _ in range(claims)
    ]
    wishes = [
        missed(
            chance.randrange(400),
            chance.randrange(355) * day + 480 + 15 * chance.randrange(30),
            *((7 * day,) if n % 2 else (120,)),
            minutes=120,
            order=n,
        )
        for n in range(misses)
    ]
    return wishes, taken, openings


@pytest.mark.long
def test_a_hundred_thousand_claims_and_five_thousand_misses_take_less_than_two_seconds() -> None:
    misses, claims, openings = a_year(100_000, 5_000)
    began = time.perf_counter()

    needs = asked(misses)
    found = gains(needs, units=40, claims=claims, openings=openings)

    took = time.perf_counter() - began
    print(f"replay of 100,000 claims and 5,000 misses: {took:.2f} s")  # noqa: T201 - a measurement
    assert [gain.extra for gain in found] == [1, 2]
    assert took < 2
