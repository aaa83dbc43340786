"""Finding a time: what was asked, what fits, and how the days around it look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.booking.queries.things import opening_weeks
from app.booking.services.free import list_free
from app.core.spans import Span
from app.core.zones import day_span
from app.inventory.models import Equipment
from app.occupancy.queries import capacities, list_taken
from app.occupancy.rules.peaks import free_spans
from app.web.scale import Place, Scale, day_scale

DAYS_SHOWN = 7


@dataclass(frozen=True)
class Piece:
    """A stretch of a strip: busy, shut, fit (the earliest that fits) or alt (another that would)."""

    look: str
    place: Place


@dataclass(frozen=True)
class StripDay:
    """A day of a strip: how many hours its bar shows, and what lies on it."""

    day: date
    hours: int
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
    return Fit(equipment, spans, minutes, [_drawn(one, spans, first, minutes, zone) for one in days])


def _drawn(
    one: _Day, spans: Sequence[Span], first: datetime | None, minutes: int, zone: ZoneInfo
) -> StripDay:
    """The day as a bar: its opening hours, what is taken, and where the length fits."""
    scale = day_scale(one.day, zone, [one.opening] if one.opening else [], margin=timedelta())
    if one.opening is None:
        return StripDay(one.day, scale.hours, _pieces("shut", [scale.window], scale))
    wanted = [Span(span.start, span.start + timedelta(minutes=minutes)) for span in spans]
    fits = [span for span in wanted if one.opening.contains(span)]
    pieces = [
        *_pieces("shut", scale.window.minus([one.opening]), scale),
        *_pieces("busy", one.busy, scale),
        *_pieces("fit", [span for span in fits if span.start == first], scale),
        *_pieces("alt", [span for span in fits if span.start != first], scale),
    ]
    return StripDay(one.day, scale.hours, sorted(pieces, key=lambda piece: piece.place.start))


def _pieces(look: str, spans: Sequence[Span], scale: Scale) -> list[Piece]:
    places = (scale.place(span) for span in spans)
    return [Piece(look, place) for place in places if place is not None]
