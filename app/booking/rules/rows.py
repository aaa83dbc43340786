"""The cells of a table that people keep by hand: hours, numbers, and what columns are called. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from typing import TypeVar

from app.core.text import ascii_digits, fold
from app.inventory.rules.importing.sheet import Sheet

C = TypeVar("C", bound=str)
MOST_OF_ONE = 10_000
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_RANGE = re.compile(r"\s*(\d{1,2}(?:[:.]\d{2})?)\s*(?:-|–|—|to|تا)\s*(\d{1,2}(?:[:.]\d{2})?)\s*")


class Unreadable(ValueError):
    """A cell that means nothing: why, and what stands in it."""

    def __init__(self, code: str, cell: str) -> None:
        super().__init__(code)
        self.code, self.cell = code, cell


def columns_called(sheet: Sheet, called: Mapping[C, Sequence[str]]) -> dict[C, str]:
    """Which column of the sheet is what, by its name in any spelling; the first of a name counts."""
    known = {fold(name): column for column, names in called.items() for name in names}
    found: dict[C, str] = {}
    for name in sheet.columns:
        column = known.get(fold(name))
        if column is not None:
            found.setdefault(column, name)
    return found


def hours_of(both: str, first: str, last: str) -> tuple[time, time]:
    """The two times of one cell (8–10), or of two. Raises Unreadable."""
    typed = ascii_digits(both)
    if typed:
        found = _RANGE.fullmatch(typed)
        if found is None:
            raise Unreadable("no-hours", typed)
        first, last = found.groups()
    return clock_of(first), clock_of(last)


def clock_of(typed: str) -> time:
    """A time of the clock on the wall. Raises Unreadable."""
    typed = ascii_digits(typed).strip()
    # A cell of a workbook that holds a time reads 08:00:00.
    found = _CLOCK.fullmatch(typed.removesuffix(":00") if typed.count(":") == 2 else typed)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Unreadable("no-hours", typed)
    return time(int(found[1]), int(found[2] or 0))


def number_of(typed: str, *, most: int = MOST_OF_ONE) -> int | None:
    """A whole number from 1; None where nothing stands. Raises Unreadable."""
    typed = ascii_digits(typed).strip()
    if not typed:
        return None
    if not typed.isascii() or not typed.isdecimal() or not 1 <= int(typed[:9]) <= most:
        raise Unreadable("no-quantity", typed)
    return int(typed)
