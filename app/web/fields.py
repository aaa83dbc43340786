"""Fields for what people type of days, times and lengths: either calendar, any digits.

A field gives plain local values (date, time, minutes). `local_span` makes the instants of them, in
the zone of the lab, and names a time that the clocks skip or show twice; `WallClock.of` is the way back.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from wtforms import Field
from wtforms.widgets import TextInput

from app.core.jalali import parse_date
from app.core.spans import Span
from app.core.text import ascii_digits
from app.core.zones import to_utc
from app.web.formats import date_numeric_text, digits_text, time_text

MOST_OF_ONE = 100_000
_TIME = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?")
_LENGTH = re.compile(r"(?:([0-9]{1,3})\s*[:h]\s*([0-9]{1,2})?|([0-9]{1,5}))")


class TypedField(Field):
    """A line of text that is read as something; what cannot be read is kept as it was typed."""

    widget = TextInput()

    def __init__(self, label: Any = None, validators: Any = None, **more: Any) -> None:
        super().__init__(label, validators, **more)
        self.typed: str | None = None

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return self.shown(self.data) if self.data is not None else ""

    def process_formdata(self, values: Sequence[str]) -> None:
        if not values:
            return  # the form that was sent had no such field: what it began with stands
        self.typed, self.data = values[0].strip(), None
        if self.typed:
            self.data = self.read(ascii_digits(self.typed))

    def read(self, text: str) -> Any:
        """The value of the text (digits are 0–9 already). Raises ValueError with words for the person."""
        return text

    def shown(self, value: Any) -> str:
        """How the value stands in the field."""
        return str(value)


class LocalDateField(TypedField):
    """A day: 2026-11-22, ۱۴۰۵/۰۹/۰۱ or 1405/9/1; the year tells the calendar."""

    data: date | None

    def read(self, text: str) -> date:
        try:
            return parse_date(text)
        except ValueError as error:
            raise ValueError(
                _("Write the date as year, month, day: %(example)s.", example="2026-11-22, ۱۴۰۵/۰۹/۰۱")
            ) from error

    def shown(self, value: date) -> str:
        return date_numeric_text(value)


class LocalTimeField(TypedField):
    """A wall-clock time in 24 hours: 9, 9:30, ۰۹:۳۰. 24:00 is the end of the day (00:00)."""

    data: time | None

    def read(self, text: str) -> time:
        found = _TIME.fullmatch(text.replace(".", ":"))
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if (hour, minute) == (24, 0):
            return time(0)
        if hour > 23 or minute > 59:
            raise ValueError(_("Write the time in 24 hours: %(example)s.", example=digits_text("14:30")))
        return time(hour, minute)

    def shown(self, value: time) -> str:
        return time_text(value)


class MinutesField(TypedField):
    """A length: 90 (minutes), 1:30, 2h. Gives whole minutes."""

    data: int | None

    def read(self, text: str) -> int:
        found = _LENGTH.fullmatch(text)
        if found is None:
            raise ValueError(
                _("Write the length as hours and minutes: %(example)s.", example=digits_text("1:30"))
            )
        minutes = int(found[3]) if found[3] else int(found[1]) * 60 + int(found[2] or 0)
        if not 0 < minutes <= 14 * 24 * 60:
            raise ValueError(_("The length must be between a minute and fourteen days."))
        return minutes

    def shown(self, value: int) -> str:
        return digits_text(f"{value // 60}:{value % 60:02}")


class CountField(TypedField):
    """A whole number from 1, in any digits."""

    data: int | None

    def __init__(
        self, label: Any = None, validators: Any = None, *, most: int = MOST_OF_ONE, **more: Any
    ) -> None:
        super().__init__(label, validators, **more)
        self.most = most

    def read(self, text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not 0 < int(text[:9]) <= self.most:
            raise ValueError(_("Write how many as a whole number from 1."))
        return int(text)

    def shown(self, value: int) -> str:
        return digits_text(str(value))


class WallClock(NamedTuple):
    """A span as people type it: its day, two times, and the day of its end where that is not plain."""

    day: date
    start: time
    end: time
    end_date: date | None = None
    """None: the same day, or the next when the end is not after the start."""

    @classmethod
    def of(cls, span: Span, zone: ZoneInfo) -> Self:
        start, end = (at.astimezone(zone).replace(tzinfo=None) for at in (span.start, span.end))
        short = cls(start.date(), start.time(), end.time())
        return short if short.end_day == end.date() else short._replace(end_date=end.date())

    @property
    def end_day(self) -> date:
        if self.end_date is not None:
            return self.end_date
        return self.day if self.end > self.start else self.day + timedelta(days=1)

    @property
    def query(self) -> dict[str, str]:
        """The fields as they stand in an address."""
        values = {"date": f"{self.day}", "start": f"{self.start:%H:%M}", "end": f"{self.end:%H:%M}"}
        return values if self.end_date is None else values | {"end_date": f"{self.end_date}"}


def local_span(day: date, start: time, end: time, zone: ZoneInfo, *, end_day: date | None = None) -> Span:
    """The span between two wall-clock times; without `end_day`, an end not after the start is on the next.

    Raises core.zones.BadLocalTime, and ValueError for an `end_day` that puts the end before the start.
    """
    last = WallClock(day, start, end, end_day).end_day
    return Span(to_utc(datetime.combine(day, start), zone), to_utc(datetime.combine(last, end), zone))
