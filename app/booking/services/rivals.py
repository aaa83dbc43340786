"""Where requests compete, one that can no longer be had ends when another one gets the time."""

from collections.abc import Sequence

from app.accounts.models import User
from app.booking.events import BookingLost, OccurrenceEvent
from app.booking.models import DeclineReason, Occurrence
from app.booking.queries.rivals import list_competing
from app.booking.queries.things import list_equipment_with_place
from app.booking.rules.states import Verb
from app.booking.services import misses
from app.booking.services.coming import comers_of, wish_of
from app.booking.services.evaluate import evaluate
from app.booking.services.transitions import enter, equipment_of, happened
from app.core.clock import now
from app.core.spans import Span


def rivals_of(date: Occurrence) -> list[Occurrence]:
    """The requests that ask for what this one asks for, at the same time; those who asked first on top."""
    spans = [item.claimed_span for item in date.items]
    window = Span(min(span.start for span in spans), max(span.end for span in spans))
    return [one for one in list_competing(equipment_of([date]), window) if one.id != date.id]


def turn_down_rivals(actor: User | None, dates: Sequence[Occurrence]) -> list[OccurrenceEvent]:
    """End what asked for the time that these dates have now, and cannot be had any more; the news of it.

    The hours are remembered as missed. For who has the lock of the equipment. Where nobody competes, one
    short query for all the dates.
    """
    if not dates:
        return []
    spans = [item.claimed_span for date in dates for item in date.items]
    window = Span(min(span.start for span in spans), max(span.end for span in spans))
    told: list[OccurrenceEvent] = []
    for rival in list_competing(equipment_of(dates), window, for_update=True):
        if not _can_be_had(rival):
            rival.decided_at, rival.decided_by_id = now(), actor.id if actor else None
            rival.reason_code, rival.reason = DeclineReason.CAPACITY, ""
            enter(rival, Verb.DECLINE)
            misses.remember_declined(rival)
            told.append(happened(BookingLost, rival, actor))
    return told


def _can_be_had(date: Occurrence) -> bool:
    found = evaluate(
        wish=wish_of(date),
        equipment=list_equipment_with_place(equipment_of([date])),
        organisation=date.booking.organisation,
        is_new=False,
        kept=date.items,
        comers=comers_of(date.booking),
    )
    return not found.conflicts
