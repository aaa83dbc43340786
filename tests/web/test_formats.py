"""Numbers, dates, times and lengths as an English and as a Persian reader writes them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.core.i18n import in_language
from app.core.spans import Span
from app.web import formats

TEHRAN = ZoneInfo("Asia/Tehran")
BERLIN = ZoneInfo("Europe/Berlin")


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026; Tehran is three and a half hours ahead."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


MORNING = Span(utc(22, 6, 30), utc(22, 9))
UNTIL_MIDNIGHT = Span(utc(22, 18, 30), utc(22, 20, 30))
OVER_NIGHT = Span(utc(22, 18, 30), utc(23, 2, 30))
WHOLE_DAY = Span(utc(21, 20, 30), utc(22, 20, 30))


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    with app.test_request_context(), in_language("en"):
        yield


@pytest.fixture
def persian(app: Flask) -> Iterator[None]:
    with app.test_request_context(), in_language("fa"):
        yield


NUMBERS = [
    (0, "0", "۰"),
    (7, "7", "۷"),
    (1000, "1,000", "۱٬۰۰۰"),
    (55_500_000, "55,500,000", "۵۵٬۵۰۰٬۰۰۰"),
    (12345.5, "12,345.5", "۱۲٬۳۴۵٫۵"),
    (Decimal("0.25"), "0.25", "۰٫۲۵"),
    (100.0, "100", "۱۰۰"),
    (-3, "-3", "-۳"),
]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("number", "text", "_persian"), NUMBERS)
def test_numbers_in_english(number: float, text: str, _persian: str) -> None:
    assert formats.number_text(number) == text


@pytest.mark.usefixtures("persian")
@pytest.mark.parametrize(("number", "_english", "text"), NUMBERS)
def test_numbers_in_persian(number: float, _english: str, text: str) -> None:
    assert formats.number_text(number) == text


@pytest.mark.usefixtures("english")
def test_decimals_are_kept_when_asked_for() -> None:
    assert formats.number_text(2, 1) == "2.0"
    assert formats.percent_text(0.914) == "91%"


@pytest.mark.usefixtures("persian")
def test_per_cent_in_persian() -> None:
    assert formats.percent_text(0.914) == "۹۱٪"


@pytest.mark.usefixtures("english")
def test_days_and_times_in_english() -> None:
    noon = utc(22, 8, 30)
    assert formats.clock_text(noon, TEHRAN) == "12:00"
    assert formats.day_text(noon, TEHRAN) == "Sunday 22 November 2026"
    assert formats.day_short_text(noon, TEHRAN) == "Sun 22 Nov"
    assert formats.date_other_text(date(2026, 11, 22)) == "۱ آذر ۱۴۰۵"
    assert formats.month_text(date(2026, 11, 22)) == "November 2026"
    assert formats.date_numeric_text(date(2026, 11, 2)) == "2026-11-02"
    assert formats.day_number_text(date(2026, 11, 2)) == "2"
    assert formats.weekday_text(date(2026, 11, 22)) == "Sunday"


@pytest.mark.usefixtures("persian")
def test_days_and_times_in_persian() -> None:
    noon = utc(22, 8, 30)
    assert formats.clock_text(noon, TEHRAN) == "۱۲:۰۰"
    assert formats.day_text(noon, TEHRAN) == "یکشنبه ۱ آذر ۱۴۰۵"
    assert formats.day_short_text(noon, TEHRAN) == "یکشنبه ۱ آذر"
    assert formats.date_other_text(date(2026, 11, 22)) == "22 November 2026"
    assert formats.month_text(date(2026, 11, 22)) == "آذر ۱۴۰۵"
    assert formats.date_numeric_text(date(2026, 11, 22)) == "۱۴۰۵/۰۹/۰۱"
    assert formats.day_number_text(date(2026, 11, 22)) == "۱"
    assert formats.weekday_text(date(2026, 11, 24)) == "سه‌شنبه"


@pytest.mark.usefixtures("persian")
@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 20), "جمعه ۲۹ اسفند ۱۴۰۴"),
        (date(2026, 3, 21), "شنبه ۱ فروردین ۱۴۰۵"),
        (date(2025, 3, 20), "پنجشنبه ۳۰ اسفند ۱۴۰۳"),
    ],
)
def test_the_turn_of_the_persian_year(day: date, text: str) -> None:
    assert formats.date_text(day) == text


@pytest.mark.usefixtures("english")
def test_the_day_is_that_of_the_labs_wall_clock() -> None:
    late = utc(22, 21)
    assert formats.day_short_text(late, BERLIN) == "Sun 22 Nov"
    assert formats.day_short_text(late, TEHRAN) == "Mon 23 Nov"
    assert formats.clock_text(late, TEHRAN) == "00:30"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("span", "text"),
    [
        (MORNING, "Sunday 22 November 2026, 10:00–12:30"),
        (UNTIL_MIDNIGHT, "Sunday 22 November 2026, 22:00–24:00"),
        (OVER_NIGHT, "Sunday 22 November 2026, 22:00 – Monday 23 November 2026, 06:00"),
        (WHOLE_DAY, "Sunday 22 November 2026, 00:00–24:00"),
    ],
)
def test_spans_in_english(span: Span, text: str) -> None:
    assert formats.span_text(span, TEHRAN) == text


@pytest.mark.usefixtures("persian")
@pytest.mark.parametrize(
    ("span", "text"),
    [
        (MORNING, "یکشنبه ۱ آذر ۱۴۰۵، از ۱۰:۰۰ تا ۱۲:۳۰"),
        (UNTIL_MIDNIGHT, "یکشنبه ۱ آذر ۱۴۰۵، از ۲۲:۰۰ تا ۲۴:۰۰"),
        (OVER_NIGHT, "از یکشنبه ۱ آذر ۱۴۰۵، ۲۲:۰۰ تا دوشنبه ۲ آذر ۱۴۰۵، ۰۶:۰۰"),
    ],
)
def test_spans_in_persian(span: Span, text: str) -> None:
    assert formats.span_text(span, TEHRAN) == text


@pytest.mark.usefixtures("english")
def test_the_night_the_clocks_go_back_shows_both_wall_clocks() -> None:
    twice = Span(datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC))
    assert formats.hours_text(twice, BERLIN) == "02:00–03:00"
    assert formats.duration_text(twice.minutes) == "2 h"


@pytest.mark.usefixtures("english")
def test_hours_alone_and_a_short_span() -> None:
    assert formats.hours_text(MORNING, TEHRAN) == "10:00–12:30"
    assert formats.hours_text(UNTIL_MIDNIGHT, TEHRAN) == "22:00–24:00"
    assert formats.hours_text(OVER_NIGHT, TEHRAN) == "Sun 22 Nov, 22:00 – Mon 23 Nov, 06:00"
    assert formats.span_short_text(MORNING, TEHRAN) == "Sun 22 Nov, 10:00–12:30"


LENGTHS = [
    (0, "0 min", "۰ دقیقه"),
    (45, "45 min", "۴۵ دقیقه"),
    (60, "1 h", "۱ ساعت"),
    (150, "2 h 30 min", "۲ ساعت و ۳۰ دقیقه"),
    (36 * 60, "36 h", "۳۶ ساعت"),
    (48 * 60, "2 d", "۲ روز"),
    (50 * 60, "2 d 2 h", "۲ روز و ۲ ساعت"),
]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("minutes", "text", "_persian"), LENGTHS)
def test_lengths_in_english(minutes: int, text: str, _persian: str) -> None:
    assert formats.duration_text(minutes) == text


@pytest.mark.usefixtures("persian")
@pytest.mark.parametrize(("minutes", "_english", "text"), LENGTHS)
def test_lengths_in_persian(minutes: int, _english: str, text: str) -> None:
    assert formats.duration_text(minutes) == text


@pytest.mark.usefixtures("english")
def test_long_lengths_keep_their_minutes() -> None:
    assert formats.duration_text(48 * 60 + 15) == "2 d 15 min"
    assert formats.duration_text(49 * 60 + 15) == "2 d 1 h 15 min"


@pytest.mark.usefixtures("persian")
def test_a_time_and_a_date_have_no_separators_of_numbers() -> None:
    assert formats.time_text(time(9, 5)) == "۰۹:۰۵"
    assert formats.digits_text("1405/09/01") == "۱۴۰۵/۰۹/۰۱"
