"""Where the weeks of a place begin."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.spans import Span
from app.needs.rules.weeks import weeks_within

TEHRAN, BERLIN = ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Berlin")
SATURDAY, SUNDAY, MONDAY = 5, 6, 0
NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
"""A Sunday."""
MONTH = Span(NOW - timedelta(days=30), NOW)


@pytest.mark.parametrize("zone", [TEHRAN, BERLIN])
@pytest.mark.parametrize("first", [SATURDAY, SUNDAY, MONDAY])
def test_each_begins_at_midnight_of_the_sites_first_day(zone: ZoneInfo, first: int) -> None:
    parts = weeks_within(MONTH, zone, first)

    for part in parts[1:]:
        begins = part.start.astimezone(zone)
        assert (begins.weekday(), begins.hour, begins.minute) == (first, 0, 0)


@pytest.mark.parametrize("first", range(7))
def test_together_they_are_the_window(first: int) -> None:
    parts = weeks_within(MONTH, TEHRAN, first)

    assert (parts[0].start, parts[-1].end) == (MONTH.start, MONTH.end)
    assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert all(part.length <= timedelta(days=7) for part in parts)


def test_a_window_that_begins_with_a_week_has_no_short_one_before_it() -> None:
    start = datetime(2026, 11, 7, tzinfo=TEHRAN).astimezone(UTC)

    parts = weeks_within(Span(start, start + timedelta(days=14)), TEHRAN, SATURDAY)

    assert [part.length for part in parts] == [timedelta(days=7)] * 2


def test_the_week_in_which_clocks_change_is_whole() -> None:
    start = datetime(2026, 10, 19, tzinfo=BERLIN).astimezone(UTC)

    (week, *_rest) = weeks_within(Span(start, start + timedelta(days=20)), BERLIN, MONDAY)

    assert week.length == timedelta(days=7, hours=1)
