"""The lines of an old diary, as people write them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.booking.rules.diary import Entry, read_diary
from app.core.spans import Span
from app.inventory.problems import Problem
from app.inventory.rules.importing.sheet import read_sheet

TEHRAN = ZoneInfo("Asia/Tehran")


def read(text: str) -> tuple[list[Entry], list[Problem]]:
    return read_diary(read_sheet(text.encode()))


def test_a_line_in_english_and_one_in_persian_say_the_same() -> None:
    (english,), _none = read("equipment,date,from,to,company,quantity\nRaman,2026-11-23,8:00,10:30,Arta,2\n")
    (persian,), _none = read("دستگاه,تاریخ,ساعت,شرکت,تعداد\nRaman,۱۴۰۵/۹/۲,۸ تا ۱۰:۳۰,Arta,۲\n")
    assert english == persian
    assert (english.day, english.starts, english.ends) == (date(2026, 11, 23), time(8), time(10, 30))
    assert (english.quantity, english.company, english.samples, english.email) == (2, "Arta", None, "")


def test_an_end_that_is_not_later_is_on_the_next_day() -> None:
    starts = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    for typed, hours in (("22:00-02:00", 4), ("22-0", 2)):
        (one,), _none = read(f"equipment,date,time\nFurnace,2026-11-23,{typed}\n")
        assert one.span(TEHRAN) == Span(starts, starts + timedelta(hours=hours))


def test_a_line_is_known_by_its_key_or_by_what_it_says() -> None:
    lines = (
        "Raman,2026-11-23,8-10,Arta,",
        "raman,۱۴۰۵/۹/۲,08:00-10:00,arta,",
        "Raman,2026-11-23,8-10,Arta,A 7",
    )
    text = "\n".join(("equipment,date,time,company,key", *lines))
    entries, _none = read(text)
    first, second, third = (one.key for one in entries)
    assert (second, third) == (f"{first}-2", "A 7")
    assert [one.key for one in read(text)[0]] == [first, second, third]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",2026-11-23,8-10", "no-equipment"),
        ("Raman,yesterday,8-10", "no-day"),
        ("Raman,1405/13/1,8-10", "no-day"),
        ("Raman,2026-11-23,early", "no-hours"),
        ("Raman,2026-11-23,8-8", "backwards"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(line: str, code: str) -> None:
    entries, problems = read(f"equipment,date,time\nRaman,2026-11-23,8-10\n{line}\n")
    assert len(entries) == 1
    assert [(one.code, one.line) for one in problems] == [(code, 3)]


def test_a_number_that_is_none_is_named() -> None:
    _entries, (problem,) = read("equipment,date,time,quantity\nRaman,2026-11-23,8-10,many\n")
    assert problem.code == "no-quantity"


def test_columns_that_are_missing_are_named() -> None:
    entries, (problem,) = read("instrument,company\nRaman,Arta\n")
    assert (entries, problem.line) == ([], None)
    assert problem.params["names"] == "date, from, to"
