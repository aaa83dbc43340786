"""Rules by which a booking comes again: the part of RFC 5545's RRULE that labs use. Pure.

A rule lives on the lab's wall: "every Monday at nine" is nine before and after the clocks change. A time
that the clocks skip is read with the offset from before the gap, one that they show twice is the first
(RFC 5545, 3.3.5).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, weekday

from app.core.spans import Span

MOST_DATES = 366
LONGEST_RULE = 2000
FARTHEST = timedelta(days=3653)
"""Nobody plans further ahead, and a rule that never comes true must end."""

Frequency = Literal[1, 2, 3]
FREQUENCIES: dict[str, Frequency] = {"MONTHLY": 1, "WEEKLY": 2, "DAILY": 3}
"""By the numbers that dateutil gives them."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "WKST"})

_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")
_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_MONTH_DAY = re.compile(r"-?([1-9]|[12][0-9]|3[01])")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")


class BadRule(ValueError):
    """The rule cannot be followed; `code` says why, and its sentence what to write instead."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Recurrence:
    """How a wish comes again, as it was sent, and which of its dates are not wanted."""

    rrule: str
    exdates: Sequence[date | datetime] = ()
    """Local days, or the very instants at which a date begins."""
    skip_conflicts: bool = False
    """Book the dates that can be had, and leave out the others."""


@dataclass(frozen=True)
class Rule:
    """A rule that was understood."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    """The last local day, the last wall-clock time (naive) or the last instant (aware): all included."""
    weekdays: Sequence[tuple[int, int]] = ()
    """Pairs of weekday (Monday is 0) and which of it in the month (0: each)."""
    month_days: Sequence[int] = ()
    first_weekday: int = 0

    def starts(self, first: datetime) -> Iterator[datetime]:
        """The wall-clock times of the rule from `first` (naive) on, in order."""
        last = first + FARTHEST
        if isinstance(self.until, datetime) and self.until.tzinfo is None:
            last = min(last, self.until)
        elif isinstance(self.until, date) and not isinstance(self.until, datetime):
            last = min(last, datetime.combine(self.until, time.max))
        found = rrule(
            self.frequency,
            dtstart=first,
            interval=self.interval,
            until=last,
            wkst=self.first_weekday,
            byweekday=[weekday(day, nth or None) for day, nth in self.weekdays] or None,
            bymonthday=list(self.month_days) or None,
        )
        return iter(found)


def parse_rule(text: str) -> Rule:
    """The rule of an RRULE's text, with or without its name in front. Raises BadRule."""
    parts = _parts(text)
    if "FREQ" not in parts:
        raise BadRule("rule_needs_freq")
    if parts["FREQ"] not in FREQUENCIES:
        raise BadRule("rule_freq")
    if ("COUNT" in parts) == ("UNTIL" in parts):
        raise BadRule("rule_needs_end")
    return Rule(
        frequency=FREQUENCIES[parts["FREQ"]],
        interval=_number(parts.get("INTERVAL", "1"), "rule_interval"),
        count=_count(parts["COUNT"]) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        weekdays=_weekdays(parts),
        month_days=_month_days(parts),
        first_weekday=_first_weekday(parts.get("WKST", "MO")),
    )


def expand(span: Span, rule: Rule, zone: ZoneInfo, without: Collection[date | datetime] = ()) -> list[Span]:
    """The spans of the rule's dates, the first one `span` itself where it is one of them. Raises BadRule.

    Each begins at the same time of the wall clock and ends at the same one; where the clocks leave no time
    between the two, it is as long as the first. What is named in `without` counts, as COUNT counts it, and
    is left out.
    """
    start, end = (at.astimezone(zone).replace(tzinfo=None) for at in (span.start, span.end))
    try:
        starts = list(islice(rule.starts(start), (rule.count or MOST_DATES) + 1))
    except OverflowError as error:  # the calendar itself ends
        raise BadRule("rule_too_far") from error
    if rule.count is not None:
        if len(starts) < rule.count:
            raise BadRule("rule_too_far")
        starts = starts[: rule.count]
    found = [span if at == start else _span(at, end - start, span.length, zone) for at in starts]
    if isinstance(rule.until, datetime) and rule.until.tzinfo is not None:
        found = [one for one in found if one.start <= rule.until]
    if len(found) > MOST_DATES:
        raise BadRule("rule_too_many")
    kept = [one for one in found if not _is_left_out(one, zone, without)]
    if not kept:
        raise BadRule("rule_no_date")
    return kept


def rule_text(frequency: str, *, interval: int, by_day: str, count: int | None, until: date | None) -> str:
    """The text of a rule, as parse_rule reads it; it ends after `count` dates or on the day `until`."""
    end = f"COUNT={count}" if until is None else f"UNTIL={until:%Y%m%d}"
    parts = [f"FREQ={frequency}", f"INTERVAL={interval}" if interval > 1 else "", by_day, end]
    return ";".join(part for part in parts if part)


def by_weekdays(days: Iterable[int]) -> str:
    """On these weekdays, Monday being 0; '' for none named."""
    named = ",".join(WEEKDAYS[day] for day in sorted(days))
    return f"BYDAY={named}" if named else ""


def by_counted_weekday(day: date) -> str:
    """On the same weekday of the month as the day; a fifth one is the last, for not every month has five."""
    nth = (day.day - 1) // 7 + 1
    return f"BYDAY={nth if nth < 5 else -1}{WEEKDAYS[day.weekday()]}"


def read_exdate(text: str) -> date | datetime:
    """A local day or an instant with its offset, from ISO 8601 text. Raises ValueError."""
    if len(text) == 10:
        return date.fromisoformat(text)
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return instant.astimezone(UTC)


def exdate_text(left_out: date | datetime) -> str:
    """The text that read_exdate reads."""
    return left_out.isoformat()


def _span(start: datetime, on_the_wall: timedelta, length: timedelta, zone: ZoneInfo) -> Span:
    begins, ends = _instant(start, zone), _instant(start + on_the_wall, zone)
    return Span(begins, ends if begins < ends else begins + length)


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    """fold=0: the offset before a gap, and the first of two."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _is_left_out(span: Span, zone: ZoneInfo, without: Iterable[date | datetime]) -> bool:
    return span.start in without or span.start.astimezone(zone).date() in without


def _parts(text: str) -> dict[str, str]:
    text = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    if not text or len(text) > LONGEST_RULE:
        raise BadRule("rule_unreadable")
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, is_there, value = part.partition("=")
        if not is_there or not value or name in parts:
            raise BadRule("rule_unreadable")
        if name not in PARTS:
            raise BadRule("rule_part")
        parts[name] = value
    return parts


def _number(text: str, code: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise BadRule(code)
    return int(text)


def _count(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) > MOST_DATES:
        raise BadRule("rule_too_many")
    return _number(text, "rule_count")


def _until(text: str) -> date | datetime:
    if not _UNTIL.fullmatch(text):
        raise BadRule("rule_until")
    try:
        if "T" not in text:
            return date.fromisoformat(text)
        naive = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - its zone is said below
    except ValueError as error:
        raise BadRule("rule_until") from error
    return naive.replace(tzinfo=UTC) if text.endswith("Z") else naive


def _weekdays(parts: dict[str, str]) -> tuple[tuple[int, int], ...]:
    """Which weekdays: counted in the month where it is monthly, and only there."""
    if "BYDAY" not in parts:
        return ()
    found = []
    for text in parts["BYDAY"].split(","):
        day = _DAY.fullmatch(text)
        if day is None or (day[1] is None) == (parts["FREQ"] == "MONTHLY"):
            raise BadRule("rule_byday_monthly" if parts["FREQ"] == "MONTHLY" else "rule_byday")
        found.append((WEEKDAYS.index(day[2]), int(day[1] or 0)))
    return tuple(found)


def _month_days(parts: dict[str, str]) -> tuple[int, ...]:
    if "BYMONTHDAY" not in parts:
        return ()
    days = parts["BYMONTHDAY"].split(",")
    if parts["FREQ"] != "MONTHLY" or "BYDAY" in parts or not all(map(_MONTH_DAY.fullmatch, days)):
        raise BadRule("rule_bymonthday")
    return tuple(int(day) for day in days)


def _first_weekday(text: str) -> int:
    if text not in WEEKDAYS:
        raise BadRule("rule_wkst")
    return WEEKDAYS.index(text)
