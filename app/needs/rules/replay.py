"""What more units would have served: the same wishes, in the order they came, first fit. Pure.

What was booked stays booked. Nobody knows who else would have asked; this is the least that can be said.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.core.spans import Span
from app.needs.rules.diary import DAY, Diary, Taken
from app.needs.rules.gap import Gain
from app.needs.rules.unmet import Asked

EXTRAS = (1, 2)
SHUT = 1_000_000
"""The level of time in which the lab is closed: above any number of units."""


def gains(
    needs: Sequence[Asked],
    *,
    units: int,
    claims: Iterable[tuple[Span, int]],
    openings: Iterable[Span],
    extras: Sequence[int] = EXTRAS,
) -> tuple[Gain, ...]:
    """For so many more units: served(extra) - served(0), in equipment-minutes.

    `claims` are what was taken of the units there are, with its quantity; `openings` when the lab is
    open. One organisation's need is never served beyond what it is owed.
    """
    owing = [need for need in needs if need.owed_minutes]
    if not owing:
        return tuple(Gain(extra=extra, served_minutes=0) for extra in extras)
    origin = min(wish.window.start for need in owing for wish in need.wishes)
    latest = max(wish.window.end for need in owing for wish in need.wishes)
    days = -(-_minute(latest, origin) // DAY)
    diary = Diary.of(_levels(claims, openings, origin, days), days=days)
    base = _served(owing, diary.copy(), units, origin)
    return tuple(
        Gain(extra=extra, served_minutes=_served(owing, diary.copy(), units + extra, origin) - base)
        for extra in extras
    )


def _served(needs: Sequence[Asked], diary: Diary, units: int, origin: datetime) -> int:
    """How much of what is owed finds room; the diary is written in."""
    served = 0
    for need in needs:
        given = 0
        for wish in need.wishes:
            start, end = _minute(wish.window.start, origin), _minute(wish.window.end, origin)
            found = diary.first_free(start, end, wish.minutes, units - wish.quantity)
            if found is not None:
                diary.take(found, found + wish.minutes, wish.quantity)
                given += wish.equipment_minutes
        served += min(given, need.owed_minutes)
    return served


def _levels(
    claims: Iterable[tuple[Span, int]], openings: Iterable[Span], origin: datetime, days: int
) -> Iterable[Taken]:
    """What is taken, and the time between the openings."""
    for span, quantity in claims:
        yield Taken(_minute(span.start, origin), _minute(span.end, origin), quantity)
    shut_from = 0
    for opening in sorted(openings):
        start, end = _minute(opening.start, origin), _minute(opening.end, origin)
        if start > shut_from:
            yield Taken(shut_from, start, SHUT)
        shut_from = max(shut_from, end)
    if shut_from < days * DAY:
        yield Taken(shut_from, days * DAY, SHUT)


def _minute(instant: datetime, origin: datetime) -> int:
    return int((instant - origin).total_seconds() // 60)
