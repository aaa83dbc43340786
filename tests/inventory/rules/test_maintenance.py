"""When what has to be done regularly is due."""

from datetime import date, datetime, time

import pytest

from app.inventory.rules.maintenance import (
    Due,
    Per,
    how_near,
    is_to_remind,
    next_due,
    problems_of,
    usual_time,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("done_on", "every", "per", "due_on"),
    [
        (TODAY, 10, Per.DAY, date(2026, 12, 2)),
        (TODAY, 2, Per.WEEK, date(2026, 12, 6)),
        (TODAY, 1, Per.MONTH, date(2026, 12, 22)),
        (TODAY, 2, Per.MONTH, date(2027, 1, 22)),
        (TODAY, 120, Per.MONTH, date(2036, 11, 22)),
        (date(2026, 12, 31), 12, Per.MONTH, date(2027, 12, 31)),
        (date(2027, 1, 31), 1, Per.MONTH, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, Per.MONTH, date(2028, 2, 29)),
    ],
)
def test_it_is_due_so_long_after_it_was_done(done_on: date, every: int, per: Per, due_on: date) -> None:
    assert next_due(done_on, every, per) == due_on


@pytest.mark.parametrize(
    ("day", "near"), [(21, Due.OVERDUE), (22, Due.SOON), (30, Due.SOON)], ids=["yesterday", "today", "soon"]
)
def test_how_near_it_is(day: int, near: Due) -> None:
    assert how_near(date(2026, 11, day), TODAY) is near


def test_the_fifteenth_day_is_later() -> None:
    assert [how_near(date(2026, 12, day), TODAY) for day in (6, 7)] == [Due.SOON, Due.LATER]


def test_people_are_reminded_once_for_each_day() -> None:
    due_on = date(2026, 12, 6)
    assert is_to_remind(due_on, None, TODAY)
    assert not is_to_remind(due_on, due_on, TODAY)
    assert is_to_remind(due_on, date(2026, 6, 6), TODAY), "that was another time"
    assert not is_to_remind(date(2026, 12, 7), None, TODAY)


def test_it_is_proposed_for_its_day_from_when_the_lab_opens() -> None:
    opens = {6: time(8), 0: time(10)}
    sunday, monday, tuesday = (datetime.combine(date(2026, 11, day), time()) for day in (29, 23, 24))
    assert usual_time(date(2026, 11, 29), TODAY, 90, opens) == (
        sunday.replace(hour=8),
        sunday.replace(hour=9, minute=30),
    )
    assert usual_time(date(2026, 11, 1), TODAY, 60, opens)[0] == monday.replace(hour=10), "past: tomorrow"
    assert usual_time(TODAY, TODAY, 60, opens)[0] == monday.replace(hour=10)
    assert usual_time(date(2026, 11, 24), TODAY, 60, opens)[0] == tuesday.replace(hour=9), "it is closed"


GOOD = {"what": "Calibration", "note": "", "minutes": 60, "every": 6, "per": Per.MONTH, "due_on": TODAY}


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"what": ""}, ("what", "required")),
        ({"what": "x" * 201}, ("what", "too-long")),
        ({"note": "x" * 2001}, ("note", "too-long")),
        ({"minutes": 0}, ("minutes", "too_many_minutes")),
        ({"minutes": 20161}, ("minutes", "too_many_minutes")),
        ({"every": None}, ("every", "interval_needs_both")),
        ({"per": None}, ("every", "interval_needs_both")),
        ({"every": 0}, ("every", "interval_too_long")),
        ({"every": 121}, ("every", "interval_too_long")),
        ({"due_on": date(2026, 11, 1)}, ("due_on", "before_last_done")),
    ],
)
def test_what_is_wrong_with_a_plan(wrong: dict[str, object], problem: tuple[str, str]) -> None:
    assert problems_of(GOOD, date(2026, 11, 1)) == []
    assert problems_of(GOOD | wrong, date(2026, 11, 1)) == [problem]


def test_a_plan_for_once_has_no_interval() -> None:
    assert problems_of(GOOD | {"every": None, "per": None}, None) == []
