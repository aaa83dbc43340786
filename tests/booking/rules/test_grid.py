"""The grid of a lab: counted from local midnight, on every day of the year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.booking.rules import checks
from app.booking.rules.grid import divides_a_day, is_on_grid, last_on_grid, next_on_grid, on_grid_within
from app.booking.rules.openings import nearest
from app.booking.rules.policy import Rules
from app.booking.verdicts import Code, Severity
from app.core.spans import Span
from tests.booking.rules.test_checks import SUNDAY, TEHRAN, on, thing, wish

ZONES = [ZoneInfo(name) for name in ("Asia/Tehran", "Europe/Berlin", "America/New_York", "Asia/Beirut")]
"""In Beirut the clocks go forward at midnight: that day begins at one."""
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
GRIDS = [5, 15, 20, 30, 60, 90, 120, 180, 720, 1440]


@pytest.mark.parametrize(
    ("start", "end", "severity"),
    [
        ("09:00", "10:30", "met"),
        ("09:15", "10:30", "block"),
        ("09:00", "10:15", "block"),
        ("09:10", "10:10", "block"),
    ],
)
def test_a_booking_begins_and_ends_on_the_grid(start: str, end: str, severity: str) -> None:
    verdict = checks.on_grid(wish(on(SUNDAY, start, end)), thing(rules=Rules(grid_minutes=30)))
    assert (verdict.code, verdict.severity) == (Code.OFF_GRID, severity)


def test_the_nearest_times_are_named() -> None:
    verdict = checks.on_grid(wish(on(SUNDAY, "09:10", "10:00")), thing(rules=Rules(grid_minutes=30)))
    whole = on(SUNDAY, "09:00", "09:30")
    assert verdict.params["starts"] == (whole.start, whole.end)
    assert verdict.params["ends"] == (wish(on(SUNDAY, "09:10", "10:00")).span.end,) * 2
    assert verdict.overridable


def test_without_a_grid_every_minute_will_do() -> None:
    assert checks.on_grid(wish(on(SUNDAY, "09:07", "10:01")), thing()).severity is Severity.MET


def test_the_grid_is_that_of_the_wall_and_not_of_utc() -> None:
    ten = datetime.combine(date(2026, 11, 22), time(10), TEHRAN)  # 06:30 in UTC
    assert is_on_grid(ten, 60, TEHRAN)
    assert not is_on_grid(ten, 60, ZoneInfo("UTC"))


def test_a_grid_fits_into_a_day() -> None:
    assert [one for one in (0, 5, 7, 45, 50, 480, 1440, 1441) if divides_a_day(one)] == [0, 5, 45, 480, 1440]


@given(
    zone=st.sampled_from(ZONES),
    grid=st.sampled_from(GRIDS),
    minute=st.integers(0, 366 * 24 * 60),
    seconds=st.integers(0, 59),
)
def test_the_next_and_the_last_are_on_the_grid_with_nothing_between(
    zone: ZoneInfo, grid: int, minute: int, seconds: int
) -> None:
    at = YEAR + timedelta(minutes=minute, seconds=seconds)
    before, after = last_on_grid(at, grid, zone), next_on_grid(at, grid, zone)
    assert before <= at <= after
    assert is_on_grid(before, grid, zone)
    assert is_on_grid(after, grid, zone)
    step, between = timedelta(minutes=5), before + timedelta(minutes=5)
    while between < after:
        assert between == at or not is_on_grid(between, grid, zone)
        between += step


@given(
    zone=st.sampled_from(ZONES),
    grid=st.sampled_from([60, 90, 180]),
    first=st.integers(0, 366 * 48),
    hours=st.integers(1, 40),
    length=st.sampled_from([60, 90, 120, 180, 540]),
)
def test_inside_a_span_exactly_what_fits_the_grid_is_left(
    zone: ZoneInfo, grid: int, first: int, hours: int, length: int
) -> None:
    span = Span(YEAR + first * timedelta(minutes=30), YEAR + (first + 2 * hours) * timedelta(minutes=30))
    inside = on_grid_within(span, timedelta(minutes=length), grid, zone)
    start, fitting = span.start, []
    while start + timedelta(minutes=length) <= span.end:
        here = Span(start, start + timedelta(minutes=length))
        if is_on_grid(here.start, grid, zone) and is_on_grid(here.end, grid, zone):
            fitting.append(here)
        start += timedelta(minutes=30)
    expected = Span(fitting[0].start, fitting[-1].end) if fitting else None
    assert inside == expected


def test_alternatives_keep_to_the_grid() -> None:
    thirty = thing(rules=Rules(grid_minutes=60))
    wanted = on(SUNDAY, "09:20", "10:20")
    found = nearest(
        [on(SUNDAY, "08:00", "12:00")],
        wanted,
        step=timedelta(minutes=15),
        count=2,
        fits=thirty.keeps_to_grid,
    )
    assert found == [on(SUNDAY, "09:00", "10:00"), on(SUNDAY, "10:00", "11:00")]
