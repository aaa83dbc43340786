"""The clock of a request: who is reminded when, and how long answers take. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from app.booking.rules.hours import Week
from app.core.spans import Span

LEAST_ANSWERS = 5
"""Fewer say nothing about how long it takes."""


class Nudge(StrEnum):
    """What the clock asks for."""

    REMIND = "remind"
    """Half of the time for the answer is over: those who answer hear of it."""
    ESCALATE = "escalate"
    """All of it is over: the lab's managers and the liaison office hear of it too."""


def nudge_due(asked_at: datetime, answer_by: datetime, at: datetime) -> Nudge | None:
    """What is due by now; None: nothing yet."""
    if at >= answer_by:
        return Nudge.ESCALATE
    return Nudge.REMIND if at >= asked_at + (answer_by - asked_at) / 2 else None


def open_minutes(span: Span, week: Week) -> int:
    """How many minutes of the span the office is open."""
    return sum(opening.minutes for opening in week.open_spans(span))


def usual_minutes(answers: Sequence[Span], week: Week) -> int | None:
    """The median of working time from the request to the answer; None where there are too few."""
    if len(answers) < LEAST_ANSWERS:
        return None
    return round(median(open_minutes(one, week) for one in answers))


def is_open(week: Week, at: datetime) -> bool:
    """Whether the office is open now: nobody is reminded at night."""
    return bool(week.open_spans(Span(at, at + timedelta(minutes=1))))
