"""Hours that come back every week."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inventory.rules.week import (
    FRIDAY,
    SATURDAY,
    SUNDAY,
    DayHours,
    a_day_of,
    openings_in,
    openings_text,
    problem_with,
    weekdays_from,
)

MORNING = DayHours(SATURDAY, time(8), time(12))


def test_touching_openings_are_fine_and_midnight_is_the_end_of_the_day() -> None:
    assert problem_with([DayHours(SATURDAY, time(12), time(0)), MORNING]) is None


def test_the_same_hours_on_two_days_do_not_overlap() -> None:
    assert problem_with([MORNING, DayHours(SUNDAY, time(8), time(12))]) is None


def test_openings_that_overlap_are_refused() -> None:
    assert problem_with([MORNING, DayHours(SATURDAY, time(11, 59), time(13))]) == "overlap"


def test_an_opening_ends_after_it_starts() -> None:
    assert problem_with([DayHours(SATURDAY, time(9), time(9))]) == "ends-before-it-starts"
    assert problem_with([DayHours(SATURDAY, time(9), time(8))]) == "ends-before-it-starts"


def test_the_week_of_a_site_begins_where_it_says() -> None:
    assert weekdays_from(SATURDAY) == [5, 6, 0, 1, 2, 3, FRIDAY]


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        ("", []),
        (" ", []),
        ("8-16", [(time(8), time(16))]),
        ("۸:۳۰ تا ۱۲، ۱۳ تا ۲۴", [(time(8, 30), time(12)), (time(13), time(0))]),
        ("08.00 – 12.30; 13:00—18:00", [(time(8), time(12, 30)), (time(13), time(18))]),
    ],
)
def test_hours_are_read_as_people_type_them(text: str, openings: list[tuple[time, time]]) -> None:
    assert openings_in(SATURDAY, text) == [DayHours(SATURDAY, *pair) for pair in openings]


@pytest.mark.parametrize("text", ["8", "8-", "closed", "25-26", "8:60-9", "24:30-25", "8-12 13-18"])
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - time() says it in its own words
        openings_in(SATURDAY, text)


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(st.lists(st.builds(DayHours, st.just(SUNDAY), TIMES, TIMES), max_size=3))
def test_what_is_shown_is_read_again(openings: list[DayHours]) -> None:
    assert openings_in(SUNDAY, openings_text(openings)) == sorted(openings)


def test_every_weekday_has_a_day() -> None:
    assert [a_day_of(weekday).weekday() for weekday in range(7)] == list(range(7))
