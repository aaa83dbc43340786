"""Where a wish would fit: free time that the rules would let somebody have. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from app.booking.rules.facts import Things, Want
from app.booking.rules.grid import on_grid_within
from app.core.spans import Span
from app.occupancy.rules.peaks import free_spans


def bookable_spans(
    thing: Things, *, window: Span, quantity: int, minutes: int, asked_at: datetime
) -> list[Span]:
    """The spans of the window in which `quantity` could be booked for `minutes`, in order of their start.

    Inside opening hours, notice and horizon, with room for set-up and clean-up around the booking.
    Every booking of the length that lies in one of them, and on the lab's grid, could be had, and no
    other. Where jobs may run on, they may overlap.
    """
    rules = thing.rules
    if not thing.usable or not rules.min_minutes <= minutes <= rules.max_minutes:
        return []
    length = timedelta(minutes=minutes)
    reachable = _reachable(thing, window, length, asked_at)
    if reachable is None:
        return []
    before, after = timedelta(minutes=rules.setup_minutes), timedelta(minutes=rules.cleanup_minutes)
    free = free_spans(reachable.widen(before, after), quantity, thing.taken, thing.capacity)
    return [
        fitting
        for span in _shrunk(free, before, after)
        for room in thing.room(span, length)
        if (inside := room.clamp(span)) is not None
        and (fitting := on_grid_within(inside, length, rules.grid_minutes, thing.week.zone)) is not None
    ]


def common_spans(
    wants: Sequence[Want], things: Mapping[int, Things], *, window: Span, minutes: int, asked_at: datetime
) -> list[Span]:
    """The spans of the window in which all that is wanted could be booked together, as bookable_spans
    says of one thing; each begins on the grid of what was asked for."""
    asked = [things[want.equipment_id] for want in wants if not want.is_required]
    if not any(thing.is_lent_alone for thing in asked):
        return []
    common: list[Span] | None = None
    for want in wants:
        thing = things[want.equipment_id]
        spans = bookable_spans(
            thing.as_required() if want.is_required else thing,
            window=window,
            quantity=want.quantity,
            minutes=minutes,
            asked_at=asked_at,
        )
        common = spans if common is None else _both(common, spans)
    return [
        fitting
        for span in common or ()
        if (fitting := _on_grids(span, asked, timedelta(minutes=minutes))) is not None
    ]


def nearest(
    spans: Sequence[Span],
    wanted: Span,
    *,
    step: timedelta,
    count: int,
    fits: Callable[[Span], bool] = lambda _span: True,
) -> list[Span]:
    """Spans as long as the one wanted, inside the given ones, starting as near to it as possible.

    Of those on the step's grid, and the very last; only what `fits` besides.
    """
    starts = {start for span in spans for start in _starts(span, wanted, step)}
    by_distance = sorted(starts, key=lambda start: (abs(start - wanted.start), start))
    found: list[Span] = []
    for start in by_distance:
        here = Span(start, start + wanted.length)
        if fits(here) and not any(here.overlaps(other) for other in found):
            found.append(here)
        if len(found) == count:
            break
    return sorted(found)


def _both(these: Sequence[Span], those: Sequence[Span]) -> list[Span]:
    """The instants that are in both."""
    shared = (this.clamp(that) for this in these for that in those)
    return sorted(span for span in shared if span is not None)


def _on_grids(span: Span, asked: Sequence[Things], length: timedelta) -> Span | None:
    """The part of the span that begins on the grid of each; None where the length does not fit any more."""
    left: Span | None = span
    for thing in asked:
        if left is None or left.length < length:
            return None
        left = on_grid_within(left, length, thing.rules.grid_minutes, thing.week.zone)
    return left


def _starts(span: Span, wanted: Span, step: timedelta) -> list[datetime]:
    """The starts in the span from which the length fits: on the step's grid, and the very last."""
    last = span.end - wanted.length
    start, found = _up(span.start, step), []
    while start <= last:
        found.append(start)
        start += step
    return [*found, last] if last >= span.start else []


def _up(instant: datetime, step: timedelta) -> datetime:
    """The instant, or the next on the grid that begins at the hour."""
    hour = instant.replace(minute=0, second=0, microsecond=0)
    steps = -((hour - instant) // step)
    return hour + steps * step


def _shrunk(spans: Sequence[Span], before: timedelta, after: timedelta) -> list[Span]:
    """The spans without room for set-up at the start and clean-up at the end; too short ones go."""
    return [Span(span.start + before, span.end - after) for span in spans if span.length > before + after]


def _reachable(thing: Things, window: Span, length: timedelta, asked_at: datetime) -> Span | None:
    """The part of the window that notice and horizon leave; the horizon is about the start."""
    first = asked_at + timedelta(minutes=thing.rules.notice_minutes)
    last = asked_at + timedelta(days=thing.horizon_days) + length
    return window.clamp(Span(first, last)) if first < last else None
