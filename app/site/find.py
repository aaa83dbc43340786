"""Finding a time: what was asked, what fits, and how the days around it look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.booking.queries.things import opening_weeks
from app.booking.services.free import list_free
from app.core.spans import Span
from app.core.zones import day_span
from app.inventory.models import Equipment
from app.occupancy.queries import capacities, list_taken
from app.occupancy.rules.peaks import free_spans
from app.site.scale import Place

STRIP = 20
"""A strip's day has twenty pieces, from opening to closing."""
DAYS_SHOWN = 7


@dataclass(frozen=True)
class Piece:
    """A stretch of a strip: busy, closed, what fits, and other times that would."""

    look: str
    place: Place


@dataclass(frozen=True)
class StripDay:
    day: date
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Fit:
    """An equipment that could be booked, or how close it gets."""

    equipment: Equipment
    spans: Sequence[Span]
    """Where the length fits, in order; empty when it does not."""
    minutes: int
    days: Sequence[StripDay]

    @property
    def first(self) -> Span | None:
        """The earliest booking of the length that was asked for."""
        if not self.spans:
            return None
        return Span(self.spans[0].start, self.spans[0].start + timedelta(minutes=self.minutes))


def find_times(equipment: Sequence[Equipment], window: Span, *, minutes: int, quantity: int) -> list[Fit]:
    """Each equipment with where it fits in the window: the earliest first, those without last."""
    if not equipment:
        return []
    free = list_free(equipment=equipment, window=window, minutes=minutes, quantity=quantity)
    strips = _strips(equipment, window, quantity)
    fits = [
        _fit(one.equipment, one.spans, minutes, strips[one.equipment.id], one.equipment.lab.site.zone)
        for one in free
    ]
    return sorted(fits, key=lambda fit: (not fit.spans, fit.spans[0].start if fit.spans else window.end))


@dataclass(frozen=True)
class _Day:
    day: date
    opening: Span | None
    busy: Sequence[Span]


def _strips(equipment: Sequence[Equipment], window: Span, quantity: int) -> dict[int, list[_Day]]:
    """For each equipment the days that are drawn: when it is open and when too little is left."""
    weeks = opening_weeks({one.lab for one in equipment}, window)
    ids = [one.id for one in equipment]
    taken, many = list_taken(ids, window), capacities(ids)
    found = {}
    for one in equipment:
        week, days = weeks[one.lab_id], []
        first = window.start.astimezone(week.zone).date()
        for day in (first + timedelta(days=n) for n in range(DAYS_SHOWN)):
            whole = day_span(day, week.zone).clamp(window)
            openings = week.open_spans(whole) if whole else []
            opening = Span(openings[0].start, openings[-1].end) if openings else None
            busy = []
            if opening:
                busy = opening.minus(free_spans(opening, quantity, taken[one.id], many[one.id]))
            days.append(_Day(day, opening, busy))
        found[one.id] = days
    return found


def _fit(
    equipment: Equipment, spans: Sequence[Span], minutes: int, days: Sequence[_Day], zone: ZoneInfo
) -> Fit:
    first = spans[0].start if spans else None
    strip = []
    for one in days:
        if one.opening is None:
            strip.append(StripDay(one.day, [Piece("x", Place(1, STRIP))]))
            continue
        pieces = [Piece("busy", _piece(span, one.opening)) for span in one.busy]
        for span in spans:
            inside = span.clamp(one.opening)
            if inside and span.start.astimezone(zone).date() == one.day:
                wanted = Span(span.start, span.start + timedelta(minutes=minutes))
                look = "fit" if span.start == first else "alt"
                pieces.append(Piece(look, _piece(wanted, one.opening)))
        strip.append(StripDay(one.day, sorted(pieces, key=lambda piece: piece.place.start)))
    return Fit(equipment, spans, minutes, strip)


def _piece(span: Span, opening: Span) -> Place:
    """Where the span lies on the strip of that opening."""
    inside = span.clamp(opening) or span
    track = opening.length / STRIP
    start = min(STRIP - 1, int((inside.start - opening.start) / track))
    end = max(start + 1, min(STRIP, -(-(inside.end - opening.start) // track)))
    return Place(start + 1, int(end) - start)
