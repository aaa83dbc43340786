"""Why a search found no time for a thing: the rule that leaves none, or that others have it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.booking.rules.checks import (
    enough_of_them,
    horizon,
    in_service,
    lent_alone,
    longest,
    notice,
    on_grid,
    shortest,
)
from app.booking.rules.facts import Things, Want, Wish
from app.booking.rules.grid import next_on_grid
from app.booking.rules.openings import bookable_spans
from app.booking.verdicts import Code, Severity, Verdict, block, met
from app.core.spans import Span


def why_none(
    thing: Things, *, window: Span, quantity: int, minutes: int, asked_at: datetime
) -> Verdict | None:
    """The rule that leaves no time in the window, on an empty calendar either; None: others have it."""
    want, length = Want(thing.equipment_id, quantity), timedelta(minutes=minutes)
    wish = Wish([want], Span(window.start, window.start + length), "", asked_at)
    rooms = [room for room in thing.room(window, length) if room.length >= length]
    for verdict in _verdicts(wish, thing, rooms):
        if verdict.severity is Severity.BLOCK:
            return verdict
    empty = replace(thing, taken=())
    if bookable_spans(empty, window=window, quantity=quantity, minutes=minutes, asked_at=asked_at):
        return None
    openings = thing.week.open_spans(window)
    code = Code.OUTSIDE_HOURS if openings else Code.CLOSED_DAY
    return block(code, thing.equipment_id, openings=openings, zone=thing.week.zone.key)


def _verdicts(wish: Wish, thing: Things, rooms: Sequence[Span]) -> Iterator[Verdict]:
    """What the rules say of the wish, and of the first and last place that opening hours leave it."""
    yield in_service(wish, thing)
    yield lent_alone(wish, {thing.equipment_id: thing}) or met(Code.NOT_ALONE)
    yield shortest(wish, thing)
    yield longest(wish, thing)
    yield enough_of_them(wish.wants[0], thing)
    if rooms:
        last = Span(rooms[-1].end - wish.span.length, rooms[-1].end)
        yield notice(replace(wish, span=last), thing)
        yield horizon(replace(wish, span=Span(rooms[0].start, rooms[0].start + wish.span.length)), thing)
        start = next_on_grid(rooms[0].start, thing.rules.grid_minutes, thing.week.zone)
        yield on_grid(replace(wish, span=Span(start, start + wish.span.length)), thing)
