"""Whether a wish keeps to what an organisation may have in a week or month. Pure."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from app.booking.rules.allowances import Prime, Quota
from app.booking.rules.facts import Things, Wish
from app.booking.verdicts import Code, Verdict, block, met
from app.core.spans import Span
from app.core.zones import local_span


def quotas(wish: Wish, things: Mapping[int, Things]) -> list[Verdict]:
    """For each quota that counts anything of the wish, whether it is kept to."""
    counted: dict[int, tuple[Quota, int, int]] = {}
    for want in wish.wants:
        for quota in things[want.equipment_id].standing.quotas:
            _quota, first, quantity = counted.get(quota.id, (quota, want.equipment_id, 0))
            counted[quota.id] = (quota, first, quantity + want.quantity)
    return [_kept_to(wish, *one) for one in counted.values()]


def _kept_to(wish: Wish, quota: Quota, equipment_id: int, quantity: int) -> Verdict:
    day = wish.span.start.astimezone(quota.calendar.zone).date()
    if quota.holds is not None and not quota.holds.hold(day, day):
        return met(Code.QUOTA_SPENT, equipment_id)
    taken = [*quota.used, *((span, quantity) for span in wish.before)]
    for period in _periods(wish.span, quota):
        asked = _minutes(wish.span, period, quota) * quantity
        used = sum(_minutes(span, period, quota) * many for span, many in taken)
        if asked and used + asked > quota.minutes:
            return block(
                Code.QUOTA_SPENT,
                equipment_id,
                limit=quota.minutes,
                used=used,
                asked=asked,
                per=quota.per.value,
                renews=period.end,
                is_prime=quota.prime is not None,
            )
    return met(Code.QUOTA_SPENT, equipment_id)


def _periods(span: Span, quota: Quota) -> Iterator[Span]:
    at = span.start
    while at < span.end:
        period = quota.calendar.period(at, quota.per)
        yield period
        at = period.end


def _minutes(span: Span, period: Span, quota: Quota) -> int:
    """How much of the span counts in the period."""
    inside = span.clamp(period)
    if inside is None:
        return 0
    if quota.prime is None:
        return inside.minutes
    parts = (hours.clamp(inside) for hours in _prime_hours(quota.prime, inside, quota.calendar.zone))
    return sum(part.minutes for part in parts if part is not None)


def _prime_hours(prime: Prime, span: Span, zone: ZoneInfo) -> Iterator[Span]:
    day, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    while day <= last:
        if day.weekday() in prime.weekdays:
            yield local_span(day, prime.opens, prime.closes, zone)
        day += timedelta(days=1)
