"""What people type of days, times and lengths, in either calendar and any digits."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.core.spans import Span
from app.core.zones import BadLocalTime
from app.web.fields import LocalDateField, LocalTimeField, MinutesField, WallClock, local_span
from app.web.forms import BaseForm


class Typed(BaseForm):
    day = LocalDateField()
    at = LocalTimeField()
    length = MinutesField()


def typed(app: Flask, **values: str) -> Typed:
    with app.test_request_context():
        form = Typed(MultiDict(values), meta={"csrf": False})
        form.validate()
        return form


@pytest.mark.parametrize(
    "text", ["2026-11-22", "2026/11/22", "1405/09/01", "۱۴۰۵/۹/۱", "١٤٠٥-٠٩-٠١", " 1405.9.1 "]
)
def test_one_day_in_both_calendars_and_all_digits(app: Flask, text: str) -> None:
    assert typed(app, day=text).day.data == date(2026, 11, 22)


@pytest.mark.parametrize(
    "text", ["1404/12/30", "22/11/2026", "1205/09/01", "2026-02-30", "tomorrow", "0000/1/1"]
)
def test_what_is_no_day_is_said_so_and_kept_as_typed(app: Flask, text: str) -> None:
    form = typed(app, day=text)
    assert form.day.data is None
    assert form.day.errors
    assert form.day._value() == text


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9", time(9)),
        ("9:05", time(9, 5)),
        ("۱۴:۳۰", time(14, 30)),
        ("24:00", time(0)),
        ("7.15", time(7, 15)),
    ],
)
def test_times_in_24_hours(app: Flask, text: str, at: time) -> None:
    assert typed(app, at=text).at.data == at


@pytest.mark.parametrize("text", ["24:01", "25", "12:60", "9 pm", "-1"])
def test_what_is_no_time(app: Flask, text: str) -> None:
    assert typed(app, at=text).at.errors


@pytest.mark.parametrize(("text", "minutes"), [("90", 90), ("1:30", 90), ("2h", 120), ("۲:۰۰", 120)])
def test_lengths(app: Flask, text: str, minutes: int) -> None:
    assert typed(app, length=text).length.data == minutes


@pytest.mark.parametrize("text", ["0", "long", "99999"])
def test_what_is_no_length(app: Flask, text: str) -> None:
    assert typed(app, length=text).length.errors


def test_a_span_that_ends_earlier_ends_the_next_day() -> None:
    span = local_span(date(2026, 11, 22), time(22), time(2), ZoneInfo("Asia/Tehran"))
    assert (span.start, span.minutes) == (datetime(2026, 11, 22, 18, 30, tzinfo=UTC), 240)


@pytest.mark.parametrize(("day", "twice"), [(date(2026, 3, 29), False), (date(2026, 10, 25), True)])
def test_times_that_the_clocks_skip_or_show_twice_are_named(day: date, twice: bool) -> None:
    with pytest.raises(BadLocalTime) as bad:
        local_span(day, time(2, 30), time(5), ZoneInfo("Europe/Berlin"))
    assert bad.value.twice is twice


def wall(day: int, start: str, end: str, last: int | None = None) -> WallClock:
    at = (date(2026, 11, day), time.fromisoformat(start), time.fromisoformat(end))
    return WallClock(*at, date(2026, 11, last) if last else None)


@pytest.mark.parametrize(
    ("minutes", "typed_as"),
    [
        (180, wall(23, "09:00", "12:00")),
        (15 * 60, wall(23, "09:00", "00:00")),
        (24 * 60, wall(23, "09:00", "09:00")),
        (25 * 60, wall(23, "09:00", "10:00", 24)),
        (47 * 60, wall(23, "09:00", "08:00", 25)),
        (75 * 60, wall(23, "09:00", "12:00", 26)),
    ],
)
def test_a_span_is_typed_as_it_is_read(minutes: int, typed_as: WallClock) -> None:
    tehran = ZoneInfo("Asia/Tehran")
    start = datetime(2026, 11, 23, 9, tzinfo=tehran)
    span = Span(start, start + timedelta(minutes=minutes))
    assert WallClock.of(span, tehran) == typed_as
    day, starts, ends, last = typed_as
    assert local_span(day, starts, ends, tehran, end_day=last) == span


def test_a_day_of_the_end_is_meant_as_it_is_said() -> None:
    monday, tehran = date(2026, 11, 23), ZoneInfo("Asia/Tehran")
    assert local_span(monday, time(9), time(12), tehran, end_day=monday).minutes == 180
    with pytest.raises(ValueError, match="ends after it starts"):
        local_span(monday, time(12), time(9), tehran, end_day=monday)
