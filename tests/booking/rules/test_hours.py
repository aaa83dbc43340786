"""Working time: clocks of requests run while people answer."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.booking.rules.hours import Hours, Week, after_open_minutes
from app.core.spans import Span

TEHRAN = ZoneInfo("Asia/Tehran")
OFFICE = Week([Hours(day, time(8), time(16)) for day in (5, 6, 0, 1, 2)], {date(2026, 11, 23)}, TEHRAN)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TEHRAN)


def from_(start: datetime, days: int = 400) -> Span:
    return Span(start, start + timedelta(days=days))


def test_minutes_pass_only_while_it_is_open() -> None:
    # Sunday 22nd, 15:00: one hour that day, Monday is a holiday, the rest on Tuesday.
    assert after_open_minutes(from_(local(22, 15)), 180, OFFICE) == local(24, 10)


def test_asked_on_the_weekend_the_clock_starts_on_saturday() -> None:
    assert after_open_minutes(from_(local(26, 20)), 60, OFFICE) == local(28, 9)


def test_an_office_that_never_opens_still_promises_something() -> None:
    never = Week([], set(), TEHRAN)
    assert after_open_minutes(from_(local(22, 15)), 60, never) == local(22, 16)


def test_a_long_promise_is_walked_to_its_end() -> None:
    """Five days of eight hours a week: 720 hours are eighteen weeks."""
    open_days = Week(OFFICE.hours, set(), TEHRAN)
    start = datetime(2026, 11, 21, 8, tzinfo=TEHRAN)
    due = datetime(2027, 3, 24, 16, tzinfo=TEHRAN)
    assert after_open_minutes(from_(start), 720 * 60, open_days) == due


def test_a_promise_that_does_not_fit_ends_with_what_is_looked_at() -> None:
    assert after_open_minutes(from_(local(22, 15), days=3), 5000, OFFICE) == local(25, 15)


def test_a_day_of_25_hours_has_them_all() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    always = Week([Hours(day, time(0), time(0)) for day in range(7)], set(), berlin)
    night = Span(datetime(2026, 10, 25, 0, tzinfo=berlin), datetime(2026, 10, 26, 0, tzinfo=berlin))
    assert always.open_spans(night) == [night]
    assert night.length == timedelta(hours=25)
    assert night.start.tzinfo is UTC
