"""Peaks are exact: against a count of every minute, and touching is free."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.core.spans import Span
from app.occupancy.rules.peaks import Taken, fits, free_spans, lacking, levels, peak

START = datetime(2026, 11, 22, 8, tzinfo=UTC)
DAY = Span(START, START + timedelta(minutes=120))


def taken(start: int, length: int, quantity: int = 1) -> Taken:
    return Taken(Span(START + timedelta(minutes=start), START + timedelta(minutes=start + length)), quantity)


claims = st.lists(st.builds(taken, st.integers(-20, 110), st.integers(1, 60), st.integers(1, 3)), max_size=8)


def at(minute: datetime, some: list[Taken]) -> int:
    return sum(claim.quantity for claim in some if claim.span.holds(minute))


def every_minute(window: Span) -> list[datetime]:
    return [window.start + timedelta(minutes=n) for n in range(window.minutes)]


@given(claims)
def test_the_peak_is_the_greatest_count_of_any_minute(some: list[Taken]) -> None:
    assert peak(DAY, some) == max(at(minute, some) for minute in every_minute(DAY))


@given(claims)
def test_levels_cover_the_window_once(some: list[Taken]) -> None:
    found = levels(DAY, some)
    assert found[0].span.start == DAY.start
    assert found[-1].span.end == DAY.end
    assert all(a.span.end == b.span.start for a, b in pairwise(found))


@given(claims, st.integers(1, 3), st.integers(1, 5))
def test_free_spans_are_the_minutes_with_room(some: list[Taken], quantity: int, capacity: int) -> None:
    free = {m for span in free_spans(DAY, quantity, some, capacity) for m in every_minute(span)}
    assert free == {m for m in every_minute(DAY) if at(m, some) + quantity <= capacity}


def test_touching_is_free_and_sharing_a_minute_is_not() -> None:
    ten_to_eleven = [taken(0, 60)]
    assert fits(taken(60, 60), ten_to_eleven, capacity=1)
    assert not fits(taken(59, 60), ten_to_eleven, capacity=1)


def test_two_short_claims_one_after_the_other_are_a_peak_of_one() -> None:
    # Their sum is 2, which a count of overlapping rows would call full.
    assert fits(taken(0, 90), [taken(0, 30), taken(60, 30)], capacity=2)


def test_what_is_lacking_names_the_claims_in_the_way_and_what_is_left() -> None:
    some = [taken(0, 30, 2), taken(30, 30, 3), taken(90, 10, 1)]
    assert lacking(taken(0, 60, 2), some, capacity=4) == [(some[1], 1)]
