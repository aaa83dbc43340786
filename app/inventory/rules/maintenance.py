"""When what has to be done regularly is due. Pure."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

REMIND_BEFORE = timedelta(days=14)
USUAL_BEGINNING = time(9)


class Per(StrEnum):
    """What an interval is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Due(StrEnum):
    """How near the day is."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


MOST_OF: Mapping[Per, int] = {Per.DAY: 3650, Per.WEEK: 520, Per.MONTH: 120}
"""Ten years: what comes more rarely is a date of its own."""
LONGEST_MINUTES = 14 * 24 * 60
LONGEST_WHAT, LONGEST_NOTE = 200, 2000


def problems_of(values: Mapping[str, Any], last_done: date | None) -> list[tuple[str, str]]:
    """What is wrong with a plan, as fields and codes. `last_done`: when it was done last."""
    every, per = values["every"], values["per"]
    wrong = {
        ("what", "required"): not values["what"],
        ("what", "too-long"): len(values["what"]) > LONGEST_WHAT,
        ("note", "too-long"): len(values["note"]) > LONGEST_NOTE,
        ("minutes", "too_many_minutes"): not 0 < values["minutes"] <= LONGEST_MINUTES,
        ("every", "interval_needs_both"): (every is None) != (per is None),
        ("every", "interval_too_long"): None not in (every, per) and not 0 < every <= MOST_OF[per],
        ("due_on", "before_last_done"): last_done is not None and values["due_on"] <= last_done,
    }
    return [problem for problem, is_so in wrong.items() if is_so]


def next_due(done_on: date, every: int, per: Per) -> date:
    """So long after it was done; in a shorter month on its last day."""
    if per is not Per.MONTH:
        return done_on + timedelta(days=every * (7 if per is Per.WEEK else 1))
    years, month = divmod(done_on.month - 1 + every, 12)
    year, month = done_on.year + years, month + 1
    return date(year, month, min(done_on.day, monthrange(year, month)[1]))


def how_near(due_on: date, today: date) -> Due:
    """On the day itself it is not overdue yet."""
    if due_on < today:
        return Due.OVERDUE
    return Due.SOON if due_on <= today + REMIND_BEFORE else Due.LATER


def is_to_remind(due_on: date, reminded_for: date | None, today: date) -> bool:
    """Once for each day it is due on."""
    return how_near(due_on, today) is not Due.LATER and reminded_for != due_on


def usual_time(
    due_on: date, today: date, minutes: int, opens: Mapping[int, time]
) -> tuple[datetime, datetime]:
    """When it could be done: on its day, or tomorrow where that is past, from when the lab opens.

    In wall-clock time. `opens`: by weekday, Monday is 0; a day without one begins at nine.
    """
    day = due_on if due_on > today else today + timedelta(days=1)
    begins = datetime.combine(day, opens.get(day.weekday(), USUAL_BEGINNING))
    return begins, begins + timedelta(minutes=minutes)
