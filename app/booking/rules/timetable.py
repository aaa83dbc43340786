"""A teaching timetable: its rows as people write them, and the dates they mean. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from app.booking.rules.rows import Unreadable, columns_called, hours_of, number_of
from app.core.jalali import week_start
from app.core.spans import Span
from app.core.text import clean, fold
from app.core.zones import local_span
from app.inventory.problems import Problem
from app.inventory.rules.importing.sheet import Sheet

T = TypeVar("T")
LONGEST_TITLE = 200


class Weeks(StrEnum):
    """In which weeks of the term; the first is the one in which it begins."""

    EVERY = "every"
    ODD = "odd"
    EVEN = "even"


@dataclass(frozen=True)
class Class:
    """One class as it stands in the timetable: its hours are those of the wall clock."""

    line: int
    title: str
    weekday: int
    """Monday is 0."""
    starts: time
    ends: time
    weeks: Weeks
    equipment: str
    """What the timetable calls it: a name, another name, or a tag."""
    quantity: int | None
    """None: all of it."""


class Column(StrEnum):
    DAY = "day"
    TIME = "time"
    FROM = "from"
    TO = "to"
    WEEKS = "weeks"
    EQUIPMENT = "equipment"
    QUANTITY = "quantity"
    TITLE = "title"


CALLED: Mapping[Column, Sequence[str]] = {
    Column.DAY: ("day", "weekday", "روز", "روز هفته"),
    Column.TIME: ("time", "hours", "hour", "ساعت", "زمان", "ساعات"),
    Column.FROM: ("from", "start", "starts", "begin", "از", "از ساعت", "شروع", "ساعت شروع"),
    Column.TO: ("to", "until", "end", "ends", "تا", "تا ساعت", "پایان", "ساعت پایان"),
    Column.WEEKS: ("weeks", "week", "every", "هفته", "هفته ها", "هفته‌ها", "نوع هفته"),
    Column.EQUIPMENT: ("equipment", "instrument", "tool", "device", "تجهیز", "تجهیزات", "دستگاه"),
    Column.QUANTITY: ("quantity", "number", "count", "how many", "تعداد"),
    Column.TITLE: ("title", "course", "class", "name", "lecture", "درس", "عنوان", "نام درس"),
}
"""What the columns may be called, in any spelling."""

_DAYS = (
    ("monday", "mon", "دوشنبه", "2شنبه", "دو شنبه"),
    ("tuesday", "tue", "tues", "سه شنبه", "سه‌شنبه", "3شنبه"),
    ("wednesday", "wed", "چهارشنبه", "چهار شنبه", "4شنبه"),
    ("thursday", "thu", "thur", "thurs", "پنجشنبه", "پنج شنبه", "پنج‌شنبه", "5شنبه"),
    ("friday", "fri", "جمعه", "آدینه"),
    ("saturday", "sat", "شنبه"),
    ("sunday", "sun", "یکشنبه", "یک شنبه", "1شنبه"),
)
_WEEKDAYS = {fold(name): number for number, names in enumerate(_DAYS) for name in names}
_WEEKS = {
    fold(name): weeks
    for weeks, names in {
        Weeks.EVERY: ("", "every", "all", "weekly", "هر هفته", "همه", "ثابت"),
        Weeks.ODD: ("odd", "فرد", "هفته فرد", "هفته‌های فرد"),
        Weeks.EVEN: ("even", "زوج", "هفته زوج", "هفته‌های زوج"),
    }.items()
    for name in names
}


def columns_of(sheet: Sheet) -> dict[Column, str]:
    """Which column of the sheet is what, by its name in either language."""
    return columns_called(sheet, CALLED)


def missing_in(columns: Mapping[Column, str]) -> list[Column]:
    """Columns without which nothing can be read."""
    missing = [one for one in (Column.DAY, Column.EQUIPMENT) if one not in columns]
    if Column.TIME not in columns:
        missing += [one for one in (Column.FROM, Column.TO) if one not in columns]
    return missing


def read_classes(sheet: Sheet) -> tuple[list[Class], list[Problem]]:
    """The classes, and what is wrong with the other rows: each with its line."""
    columns = columns_of(sheet)
    if missing := missing_in(columns):
        return [], [Problem("no-column", params={"names": ", ".join(CALLED[one][0] for one in missing)})]
    classes, problems = [], []
    for row in sheet.rows:
        cells = {column: clean(row.cells[name]) for column, name in columns.items()}
        if not any(cells.values()):
            continue
        try:
            classes.append(_class(row.line, cells))
        except Unreadable as wrong:
            problems.append(Problem(wrong.code, row.line, params={"cell": wrong.cell[:60]}))
    return classes, problems


def dates_of(
    one: Class, *, first: date, last: date, zone: ZoneInfo, first_weekday: int, closed: Collection[date]
) -> list[Span]:
    """The spans of a class from the first day of the term to the last, without days on which it is closed."""
    day = first + timedelta(days=(one.weekday - first.weekday()) % 7)
    spans = []
    while day <= last:
        number = (week_start(day, first_weekday) - week_start(first, first_weekday)).days // 7 + 1
        is_odd = number % 2 == 1
        if day not in closed and (one.weeks is Weeks.EVERY or is_odd == (one.weeks is Weeks.ODD)):
            spans.append(local_span(day, one.starts, one.ends, zone))
        day += timedelta(days=7)
    return spans


def _class(line: int, cells: Mapping[Column, str]) -> Class:
    starts, ends = _hours(cells)
    if not cells[Column.EQUIPMENT]:
        raise Unreadable("no-equipment", "")
    return Class(
        line=line,
        title=cells.get(Column.TITLE, "")[:LONGEST_TITLE],
        weekday=_known(_WEEKDAYS, cells[Column.DAY], "no-weekday"),
        starts=starts,
        ends=ends,
        weeks=_known(_WEEKS, cells.get(Column.WEEKS, ""), "no-weeks"),
        equipment=cells[Column.EQUIPMENT],
        quantity=number_of(cells.get(Column.QUANTITY, "")),
    )


def _known(known: Mapping[str, T], cell: str, code: str) -> T:
    try:
        return known[fold(cell)]
    except KeyError:
        raise Unreadable(code, cell) from None


def _hours(cells: Mapping[Column, str]) -> tuple[time, time]:
    both, first, last = (cells.get(one, "") for one in (Column.TIME, Column.FROM, Column.TO))
    starts, ends = hours_of(both, first, last)
    if ends <= starts:
        raise Unreadable("backwards", both or f"{first}–{last}")
    return starts, ends
