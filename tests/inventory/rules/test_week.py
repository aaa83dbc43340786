"""Hours that come back every week."""

from datetime import time

from app.inventory.rules.week import FRIDAY, SATURDAY, SUNDAY, DayHours, problem_with, weekdays_from

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
