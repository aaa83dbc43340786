"""A teaching timetable as people write it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from app.booking.rules.timetable import Class, Weeks, dates_of, read_classes
from app.inventory.rules.importing.sheet import read_sheet

TEHRAN = ZoneInfo("Asia/Tehran")
SATURDAY = 5


def classes_in(text: str) -> list[Class]:
    found, problems = read_classes(read_sheet(text.encode()))
    assert problems == []
    return found


def test_a_persian_timetable_is_read_as_it_is() -> None:
    (one, other) = classes_in(
        "درس;روز;ساعت;هفته;دستگاه;تعداد\n"
        "آز مواد;يكشنبه;۸ تا ۱۰;فرد;ایستگاه لحیم‌کاری;۲\n"
        "آز فیزیک;سه‌شنبه;10:30–12;هر هفته;رامان;\n"
    )
    assert one == Class(2, "آز مواد", 6, time(8), time(10), Weeks.ODD, "ایستگاه لحیم‌کاری", 2)
    assert (other.weekday, other.starts, other.ends, other.quantity) == (1, time(10, 30), time(12), None)


def test_an_english_one_with_two_columns_of_time() -> None:
    (one,) = classes_in("Course,Day,From,To,Equipment\nLab 1,Wed,8:00,9.30,SEM\n")
    assert (one.weekday, one.starts, one.ends, one.weeks) == (2, time(8), time(9, 30), Weeks.EVERY)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Someday,8-10,,Raman,1", "no-weekday"),
        ("Mon,8,,Raman,1", "no-hours"),
        ("Mon,25-26,,Raman,1", "no-hours"),
        ("Mon,10-8,,Raman,1", "backwards"),
        ("Mon,8-10,sometimes,Raman,1", "no-weeks"),
        ("Mon,8-10,,,1", "no-equipment"),
        ("Mon,8-10,,Raman,none", "no-quantity"),
        ("Mon,8-10,,Raman,0", "no-quantity"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(row: str, code: str) -> None:
    text = f"day,time,weeks,equipment,quantity\nMon,8-10,,Raman,1\n{row}\n"
    found, problems = read_classes(read_sheet(text.encode()))
    assert len(found) == 1
    assert [(one.code, one.line) for one in problems] == [(code, 3)]


def test_a_column_that_is_missing_is_named() -> None:
    found, problems = read_classes(read_sheet(b"day,equipment\nMon,Raman\n"))
    assert (found, problems[0].code, problems[0].params) == ([], "no-column", {"names": "from, to"})


def spans(weeks: Weeks, closed: set[date] = frozenset(), weekday: int = 6) -> list[datetime]:  # type: ignore[assignment]
    one = Class(1, "", weekday, time(8), time(10), weeks, "Raman", 1)
    first, last = date(2026, 9, 23), date(2026, 10, 31)
    found = dates_of(one, first=first, last=last, zone=TEHRAN, first_weekday=SATURDAY, closed=closed)
    return [span.start for span in found]


def test_weeks_count_from_that_in_which_the_term_begins() -> None:
    """1 Mehr 1405 is a Wednesday; the Sunday after it is in the second week."""
    assert [day.date() for day in spans(Weeks.EVERY)] == [
        date(2026, 9, 27),
        date(2026, 10, 4),
        date(2026, 10, 11),
        date(2026, 10, 18),
        date(2026, 10, 25),
    ]
    assert [day.date() for day in spans(Weeks.EVEN)] == [
        date(2026, 9, 27),
        date(2026, 10, 11),
        date(2026, 10, 25),
    ]
    assert [day.date() for day in spans(Weeks.ODD)] == [date(2026, 10, 4), date(2026, 10, 18)]


def test_a_closed_day_has_no_class_and_does_not_shift_the_weeks() -> None:
    assert len(spans(Weeks.EVERY, {date(2026, 10, 4)})) == 4
    assert spans(Weeks.EVEN, {date(2026, 10, 4)}) == spans(Weeks.EVEN)


def test_it_stays_at_eight_when_the_clocks_change() -> None:
    one = Class(1, "", 0, time(8), time(10), Weeks.EVERY, "Raman", 1)
    berlin = ZoneInfo("Europe/Berlin")
    found = dates_of(
        one, first=date(2026, 10, 19), last=date(2026, 10, 26), zone=berlin, first_weekday=0, closed=()
    )
    assert [span.start for span in found] == [
        datetime(2026, 10, 19, 6, tzinfo=UTC),
        datetime(2026, 10, 26, 7, tzinfo=UTC),
    ]
