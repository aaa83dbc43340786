"""The rules of a lab, one function each: what is asked, what is known, what is found. Pure.

Each returns its verdict also when the rule is met, so that a person can be shown a checklist.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.booking.rules.access import of_standing
from app.booking.rules.facts import Asker, Things, Want, Wish
from app.booking.rules.grid import last_on_grid, next_on_grid
from app.booking.rules.quotas import quotas
from app.booking.verdicts import Code, Verdict, approval, block, met, warning
from app.core.spans import Span
from app.core.zones import day_span
from app.occupancy.rules.peaks import peak

OPEN_REQUESTS_OF_UNVERIFIED = 1


def in_the_past(wish: Wish, now: datetime) -> Verdict:
    if wish.span.start < now:
        return block(Code.IN_THE_PAST, overridable=False)
    return met(Code.IN_THE_PAST)


def opening_hours(wish: Wish, thing: Things) -> Verdict:
    days = _days_around(wish, thing)
    if any(room.contains(wish.span) for room in thing.room(days, wish.span.length)):
        return met(Code.OUTSIDE_HOURS, thing.equipment_id)
    openings = thing.week.open_spans(days)
    code = Code.OUTSIDE_HOURS if openings else Code.CLOSED_DAY
    return block(code, thing.equipment_id, openings=openings, zone=thing.week.zone.key)


def on_grid(wish: Wish, thing: Things) -> Verdict:
    if thing.keeps_to_grid(wish.span):
        return met(Code.OFF_GRID, thing.equipment_id)
    minutes, zone = thing.rules.grid_minutes, thing.week.zone
    starts, ends = (
        (last_on_grid(instant, minutes, zone), next_on_grid(instant, minutes, zone))
        for instant in (wish.span.start, wish.span.end)
    )
    return block(Code.OFF_GRID, thing.equipment_id, minutes=minutes, starts=starts, ends=ends)


def shortest(wish: Wish, thing: Things) -> Verdict:
    least = thing.least_minutes(wish)
    if wish.span.minutes < least:
        samples = wish.samples if least > thing.rules.min_minutes else None
        return block(Code.TOO_SHORT, thing.equipment_id, minutes=least, samples=samples)
    return met(Code.TOO_SHORT, thing.equipment_id)


def longest(wish: Wish, thing: Things) -> Verdict:
    if wish.span.length > timedelta(minutes=thing.rules.max_minutes):
        return block(Code.TOO_LONG, thing.equipment_id, minutes=thing.rules.max_minutes)
    return met(Code.TOO_LONG, thing.equipment_id)


def notice(wish: Wish, thing: Things) -> Verdict:
    earliest = wish.asked_at + timedelta(minutes=thing.rules.notice_minutes)
    if wish.span.start < earliest:
        return block(
            Code.TOO_SOON,
            thing.equipment_id,
            minutes=thing.rules.notice_minutes,
            earliest=earliest,
        )
    return met(Code.TOO_SOON, thing.equipment_id)


def horizon(wish: Wish, thing: Things) -> Verdict:
    days = thing.horizon_days
    latest = wish.asked_at + timedelta(days=days)
    if wish.span.start > latest:
        return block(
            Code.TOO_FAR,
            thing.equipment_id,
            days=days,
            latest=latest,
            asks_from=wish.span.start - timedelta(days=days),
        )
    return met(Code.TOO_FAR, thing.equipment_id)


def mode_offered(wish: Wish, thing: Things) -> Verdict:
    if wish.mode not in thing.modes:
        return block(
            Code.MODE_NOT_OFFERED,
            thing.equipment_id,
            mode=wish.mode,
            offered=list(thing.modes),
        )
    return met(Code.MODE_NOT_OFFERED, thing.equipment_id)


def in_service(_wish: Wish, thing: Things) -> Verdict:
    if not thing.usable:
        return block(Code.OUT_OF_SERVICE, thing.equipment_id, overridable=False)
    return met(Code.OUT_OF_SERVICE, thing.equipment_id)


def enough_of_them(want: Want, thing: Things) -> Verdict:
    if thing.capacity and want.quantity > thing.capacity:
        return block(
            Code.TOO_MANY_WANTED,
            thing.equipment_id,
            overridable=False,
            wanted=want.quantity,
            capacity=thing.capacity,
        )
    return met(Code.TOO_MANY_WANTED, thing.equipment_id)


def single_units(thing: Things) -> Verdict:
    if not thing.single_unit:
        return block(Code.NO_SINGLE_UNIT, thing.equipment_id, overridable=False)
    return met(Code.NO_SINGLE_UNIT, thing.equipment_id)


def lent_alone(wish: Wish, things: dict[int, Things]) -> Verdict | None:
    """Nothing where all that was asked for may be had without anything else."""
    only_along = [want for want in wish.asked if not things[want.equipment_id].is_lent_alone]
    if not only_along:
        return None
    if len(only_along) == len(wish.asked):
        return block(Code.NOT_ALONE, only_along[0].equipment_id)
    return met(Code.NOT_ALONE)


def rivals(want: Want, wish: Wish, thing: Things) -> Verdict | None:
    """Nothing where requests do not compete."""
    if not thing.rules.requests_compete:
        return None
    claimed = thing.claimed(wish.span)
    free = thing.capacity - want.quantity
    against = sum(
        one.span.overlaps(claimed) and peak(claimed, thing.taken) + one.quantity > free
        for one in thing.rivals
    )
    if against:
        return warning(Code.RIVALS, thing.equipment_id, many=against)
    return met(Code.RIVALS, thing.equipment_id)


def safety_decides(wish: Wish, thing: Things) -> Verdict | None:
    """Nothing where nobody asks the safety officer."""
    if not thing.rules.needs_safety(has_hazards=wish.has_hazards):
        return None
    return approval(Code.SAFETY_DECIDES, thing.equipment_id)


def lab_decides(_wish: Wish, thing: Things) -> Verdict:
    if thing.rules.needs_approval:
        return approval(
            Code.LAB_DECIDES,
            thing.equipment_id,
            minutes=thing.rules.answer_within_minutes,
        )
    return met(Code.LAB_DECIDES, thing.equipment_id)


def verified(asker: Asker) -> Verdict:
    return met(Code.NOT_VERIFIED) if asker.is_verified else approval(Code.NOT_VERIFIED)


def few_open(asker: Asker) -> Verdict:
    if not asker.is_verified and (asker.open_requests or 0) >= OPEN_REQUESTS_OF_UNVERIFIED:
        return block(Code.TOO_MANY_OPEN, limit=OPEN_REQUESTS_OF_UNVERIFIED)
    return met(Code.TOO_MANY_OPEN)


# In the order in which a person would want to hear them.
OF_A_THING: tuple[Callable[[Wish, Things], Verdict], ...] = (
    in_service,
    opening_hours,
    on_grid,
    shortest,
    longest,
    notice,
    horizon,
    mode_offered,
    lab_decides,
)


def all_of(wish: Wish, asker: Asker, things: dict[int, Things], now: datetime) -> list[Verdict]:
    """Every verdict about the wish, met ones included. Capacity is not judged here."""
    found = [in_the_past(wish, now), verified(asker)]
    if asker.open_requests is not None:
        found.append(few_open(asker))
    for want in wish.wants:
        thing = things[want.equipment_id]
        found += [rule(wish, thing) for rule in OF_A_THING]
        found += of_standing(wish, thing)
        found += filter(None, (safety_decides(wish, thing), rivals(want, wish, thing)))
        found += [enough_of_them(want, thing), single_units(thing)]
    found += filter(None, [lent_alone(wish, things)])
    return found + quotas(wish, things)


def _days_around(wish: Wish, thing: Things) -> Span:
    """The local days that the wish touches, whole."""
    zone = thing.week.zone
    first = wish.span.start.astimezone(zone).date()
    last = (wish.span.end - timedelta(microseconds=1)).astimezone(zone).date()
    return Span(day_span(first, zone).start, day_span(last, zone).end)
