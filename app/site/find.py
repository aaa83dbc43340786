"""Finding a time: what was asked, what fits, and how the days around it look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.accounts.models import User
from app.booking.pages.checked import filled_in
from app.booking.pages.waiting import to_wait_for
from app.booking.rules.facts import Things, Want
from app.booking.rules.lacking import why_none
from app.booking.services.access import list_lacking
from app.booking.services.free import Free
from app.booking.verdicts import Verdict
from app.booking.wording import Worded, worded
from app.core.clock import now
from app.core.i18n import localized
from app.core.sorting import sort_key
from app.core.spans import Span
from app.core.zones import day_span
from app.inventory.models import Equipment
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
    why_none: Worded | None
    """The rule that leaves no time, where one does; otherwise others have it."""
    lacking: Sequence[Worded] = ()
    """What the person lacks to use it, with the remedies."""
    asks_the_lab: bool = False
    """Whether the lab answers each request."""

    @property
    def zone(self) -> ZoneInfo:
        return self.equipment.lab.site.zone

    def fill_in(self, quantity: int, mode: str | None = None) -> str:
        """The query of the request page for the earliest booking."""
        return filled_in([Want(self.equipment.id, quantity)], self.first, self.zone, mode)

    def wait_for(self, window: Span, quantity: int) -> str:
        """The query of the waitlist's page, for time of the length inside the window."""
        return to_wait_for(
            window=window,
            zone=self.zone,
            minutes=self.minutes,
            quantity=quantity,
            equipment_id=self.equipment.id,
        )

    @property
    def may_wait(self) -> bool:
        """Whether others have the time: no rule stands against it."""
        return not self.spans and self.why_none is None

    @property
    def first(self) -> Span | None:
        """The earliest booking of the length that was asked for."""
        if not self.spans:
            return None
        return Span(self.spans[0].start, self.spans[0].start + timedelta(minutes=self.minutes))


def earliest_first(free: Iterable[Free]) -> list[Free]:
    """In the order in which one could begin; those without any time last, by name."""

    def order(one: Free) -> tuple[bool, float, str]:
        begins = one.spans[0].start.timestamp() if one.spans else 0.0
        return not one.spans, begins, sort_key(localized(one.equipment))

    return sorted(free, key=order)


def fits_of(
    viewer: User | None, free: Sequence[Free], window: Span, *, quantity: int, mode: str | None = None
) -> list[Fit]:
    """What was found, drawn, in the same order, with what this person lacks to use it. A fixed number of
    queries."""
    if not free:
        return []
    lacking = list_lacking(
        viewer=viewer,
        equipment=[one.equipment for one in free],
        window=window.starting(1),
        mode=mode,
        things={one.equipment.id: one.things for one in free},
    )
    return [
        _fit(one, _days(one.things, window, quantity), window, quantity, lacking[one.equipment.id])
        for one in free
    ]


@dataclass(frozen=True)
class _Day:
    day: date
    openings: Sequence[Span]
    busy: Sequence[Span]


def _days(thing: Things, window: Span, quantity: int) -> list[_Day]:
    """The days that are drawn: when it is open and when too little is left."""
    found, week = [], thing.week
    first = window.start.astimezone(week.zone).date()
    for day in (first + timedelta(days=n) for n in range(DAYS_SHOWN)):
        whole = day_span(day, week.zone).clamp(window)
        openings = week.open_spans(whole) if whole else []
        busy = [
            span
            for opening in openings
            for span in opening.minus(free_spans(opening, quantity, thing.taken, thing.capacity))
        ]
        found.append(_Day(day, openings, busy))
    return found


def _fit(free: Free, days: Sequence[_Day], window: Span, quantity: int, lacking: Sequence[Verdict]) -> Fit:
    zone, minutes = free.equipment.lab.site.zone, free.minutes
    why = None
    if not free.spans:
        why = why_none(free.things, window=window, quantity=quantity, minutes=minutes, asked_at=now())
    return Fit(
        free.equipment,
        free.spans,
        minutes,
        [_drawn(one, free.spans, minutes, zone) for one in days],
        worded(why, zone) if why else None,
        [worded(one, zone) for one in lacking],
        free.things.rules.needs_approval,
    )


def _drawn(one: _Day, spans: Sequence[Span], minutes: int, zone: ZoneInfo) -> StripDay:
    """The day as a bar: its opening hours, what is taken, and where the length fits."""
    scale = day_scale(one.day, zone, one.openings, margin=timedelta())
    if not one.openings:
        return StripDay(one.day, scale.hours, _pieces("shut", [scale.window], scale))
    wanted = [Span(span.start, span.start + timedelta(minutes=minutes)) for span in spans]
    # A job that runs on is drawn on the day it begins, as far as that day is drawn.
    fits = [span for span in wanted if scale.window.holds(span.start)]
    pieces = [
        *_pieces("shut", scale.window.minus(one.openings), scale),
        *_pieces("busy", one.busy, scale),
        *_pieces("fit", [span for span in fits if span == wanted[0]], scale),
        *_pieces("alt", [span for span in fits if span != wanted[0]], scale),
    ]
    return StripDay(one.day, scale.hours, sorted(pieces, key=lambda piece: piece.place.start))


def _pieces(look: str, spans: Sequence[Span], scale: Scale) -> list[Piece]:
    places = (scale.place(span) for span in spans)
    return [Piece(look, place) for place in places if place is not None]
