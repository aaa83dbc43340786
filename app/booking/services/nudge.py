"""Reminding those who have to answer, and telling others when they do not."""

from collections import defaultdict
from datetime import timedelta

from app.booking.events import BookingOverdue, BookingReminded, OccurrenceEvent
from app.booking.models import Occurrence
from app.booking.queries.clock import list_answers, list_to_nudge
from app.booking.queries.hours import working_week
from app.booking.queries.people import labs_without_decider
from app.booking.rules.clock import Nudge, is_open, nudge_due, usual_minutes
from app.booking.services.transitions import happened, tell_all
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.spans import Span
from app.inventory.models import Lab, Site

LOOKED_AT = timedelta(days=90)


@unit_of_work
def nudge() -> int:
    """Remind of what waits half of its time, and tell others of what waits longer than was promised, or
    where everybody is away.

    In the working hours of the site only; each once a request, again after it moved. How many requests.
    """
    at, told = now(), list[OccurrenceEvent]()
    dates = list_to_nudge(at)
    alone = labs_without_decider({item.equipment.lab_id for date in dates for item in date.items})
    by_site: dict[Site, list[Occurrence]] = defaultdict(list)
    for date in dates:
        by_site[date.items[0].equipment.lab.site].append(date)
    for site, its in by_site.items():
        if is_open(working_week(site, Span(at, at + timedelta(minutes=1))), at):
            told += [event for date in its if (event := _nudged(date, alone)) is not None]
    if told:
        tell_all(told)
    return len(told)


def usual_answer_minutes(lab: Lab) -> int | None:
    """How much working time the lab's answers usually take; None where it gave too few lately."""
    since = now() - LOOKED_AT
    answers = list_answers(lab.id, since)
    return usual_minutes(answers, working_week(lab.site, Span(since, now()))) if answers else None


def _nudged(date: Occurrence, alone: set[int]) -> OccurrenceEvent | None:
    """`alone` are the labs in which nobody is there to answer: others hear of it at once."""
    if date.answer_by is None:
        return None
    waits_in = {item.equipment.lab_id for item in date.items if item.agreed_at is None}
    due = Nudge.ESCALATE if waits_in & alone else nudge_due(date.requested_at, date.answer_by, now())
    if due is Nudge.ESCALATE and date.escalated_at is None:
        date.reminded_at, date.escalated_at = date.reminded_at or now(), now()
        return happened(BookingOverdue, date, None)
    if due is Nudge.REMIND and date.reminded_at is None:
        date.reminded_at = now()
        return happened(BookingReminded, date, None)
    return None
