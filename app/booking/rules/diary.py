"""A diary that a lab kept before: its rows as people write them, and the bookings they mean. Pure."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.booking.rules.rows import Unreadable, columns_called, hours_of, number_of
from app.core.jalali import parse_date
from app.core.spans import Span
from app.core.text import clean, fold
from app.core.zones import local_span
from app.inventory.problems import Problem
from app.inventory.rules.importing.sheet import Sheet

LONGEST_KEY = 120
LONGEST_PURPOSE = 4000
LONGEST = timedelta(days=31)


@dataclass(frozen=True)
class Entry:
    """One line of the diary: hours are those of the clock on the lab's wall."""

    line: int
    equipment: str
    """What the diary calls it: a name, another name, or a tag."""
    day: date
    starts: time
    ends: time
    """Not after the start: on the next day."""
    quantity: int
    company: str
    """'' is the university itself."""
    email: str
    """Of who came; '' is nobody that is known."""
    purpose: str
    samples: int | None
    key: str
    """By which the line is known again: the diary's own, or made of what stands in it."""

    def span(self, zone: ZoneInfo) -> Span:
        """When it was. Raises BadLocalTime."""
        end_day = self.day if self.ends > self.starts else self.day + timedelta(days=1)
        if end_day == self.day:
            return local_span(self.day, self.starts, self.ends, zone)
        first = local_span(self.day, self.starts, time(), zone)
        if self.ends == time():
            return first
        return Span(first.start, local_span(end_day, time(), self.ends, zone).end)


class Column(StrEnum):
    EQUIPMENT = "equipment"
    DATE = "date"
    TIME = "time"
    FROM = "from"
    TO = "to"
    QUANTITY = "quantity"
    COMPANY = "company"
    EMAIL = "email"
    PURPOSE = "purpose"
    SAMPLES = "samples"
    KEY = "key"


CALLED: Mapping[Column, Sequence[str]] = {
    Column.EQUIPMENT: ("equipment", "instrument", "tool", "device", "تجهیز", "تجهیزات", "دستگاه"),
    Column.DATE: ("date", "day", "on", "تاریخ", "روز"),
    Column.TIME: ("time", "hours", "hour", "ساعت", "زمان", "ساعات"),
    Column.FROM: ("from", "start", "starts", "begin", "از", "از ساعت", "شروع", "ساعت شروع"),
    Column.TO: ("to", "until", "end", "ends", "تا", "تا ساعت", "پایان", "ساعت پایان"),
    Column.QUANTITY: ("quantity", "number", "count", "how many", "تعداد"),
    Column.COMPANY: ("company", "organisation", "organization", "customer", "شرکت", "سازمان", "مشتری"),
    Column.EMAIL: ("email", "e-mail", "mail", "ایمیل", "رایانامه"),
    Column.PURPOSE: ("purpose", "what for", "title", "subject", "note", "موضوع", "شرح", "توضیح", "توضیحات"),
    Column.SAMPLES: ("samples", "sample count", "نمونه", "نمونه ها", "تعداد نمونه"),
    Column.KEY: ("key", "id", "no", "no.", "reference", "شماره", "ردیف", "کد"),
}
"""What the columns may be called, in any spelling."""


def missing_in(columns: Mapping[Column, str]) -> list[Column]:
    """Columns without which nothing can be read."""
    missing = [one for one in (Column.EQUIPMENT, Column.DATE) if one not in columns]
    if Column.TIME not in columns:
        missing += [one for one in (Column.FROM, Column.TO) if one not in columns]
    return missing


def read_diary(sheet: Sheet) -> tuple[list[Entry], list[Problem]]:
    """The lines of the diary, and what is wrong with the others: each with its number."""
    columns = columns_called(sheet, CALLED)
    if missing := missing_in(columns):
        return [], [Problem("no-column", params={"names": ", ".join(CALLED[one][0] for one in missing)})]
    entries, problems = [], []
    for row in sheet.rows:
        cells = {column: clean(row.cells[name]) for column, name in columns.items()}
        if not any(cells.values()):
            continue
        try:
            entries.append(_entry(row.line, cells))
        except Unreadable as wrong:
            problems.append(Problem(wrong.code, row.line, params={"cell": wrong.cell[:60]}))
    return _keyed(entries), problems


def _entry(line: int, cells: Mapping[Column, str]) -> Entry:
    def cell(column: Column) -> str:
        return cells.get(column, "")

    if not cell(Column.EQUIPMENT):
        raise Unreadable("no-equipment", "")
    starts, ends = hours_of(cell(Column.TIME), cell(Column.FROM), cell(Column.TO))
    if starts == ends:
        raise Unreadable("backwards", cell(Column.TIME) or f"{cell(Column.FROM)}–{cell(Column.TO)}")
    return Entry(
        line=line,
        equipment=cell(Column.EQUIPMENT),
        day=_day(cell(Column.DATE)),
        starts=starts,
        ends=ends,
        quantity=number_of(cell(Column.QUANTITY)) or 1,
        company=cell(Column.COMPANY),
        email=cell(Column.EMAIL).lower(),
        purpose=cell(Column.PURPOSE)[:LONGEST_PURPOSE],
        samples=number_of(cell(Column.SAMPLES)),
        key=cell(Column.KEY)[:LONGEST_KEY],
    )


def _day(typed: str) -> date:
    try:
        # A cell of a workbook that holds a day reads 2026-11-22 00:00:00.
        return parse_date(typed.removesuffix(" 00:00:00"))
    except ValueError:
        raise Unreadable("no-day", typed) from None


def _keyed(entries: Sequence[Entry]) -> list[Entry]:
    """The lines, each with its key: of two that say the same, and have none, the second is another."""
    seen: Counter[str] = Counter()
    found = []
    for one in entries:
        key = one.key or _made_of(one)
        seen[key] += 1
        if seen[key] > 1 and not one.key:
            key = f"{key}-{seen[key]}"
        found.append(replace(one, key=key))
    return found


def _made_of(one: Entry) -> str:
    said = (one.equipment, str(one.day), str(one.starts), str(one.ends), one.company, str(one.quantity))
    return hashlib.sha256("\n".join(map(fold, said)).encode()).hexdigest()[:32]
