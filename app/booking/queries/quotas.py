"""Quotas, and what is used of them: two queries, however many equipment and dates."""

from collections.abc import Collection, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Organisation
from app.agreements.models import Agreement
from app.booking.models import Booking, Occurrence, OccurrenceItem, QuotaLimit
from app.booking.rules.allowances import LONGEST_PERIOD, Calendar, Prime, Quota
from app.booking.rules.days import Days
from app.core.spans import Span
from app.extensions import db
from app.inventory.models import Equipment, Site
from app.occupancy.models import Claim, ClaimKind, Source
from app.occupancy.queries import claimed_within

JALALI_COUNTRIES = frozenset({"IR", "AF"})
"""Where people mean a month of the Jalali calendar. Like the week, it belongs to a place."""


def list_quotas(lab_id: int) -> Sequence[QuotaLimit]:
    """The quotas of a lab and its equipment, the oldest first."""
    return db.session.scalars(
        select(QuotaLimit)
        .where(QuotaLimit.lab_id == lab_id)
        .options(
            joinedload(QuotaLimit.equipment),
            joinedload(QuotaLimit.organisation),
            joinedload(QuotaLimit.agreement).joinedload(Agreement.organisation),
        )
        .order_by(QuotaLimit.id)
    ).all()


def quotas_for(
    equipment: Collection[Equipment],
    organisation: Organisation | None,
    window: Span,
    *,
    without: Collection[Source] = (),
) -> dict[int, list[Quota]]:
    """For each equipment the quotas that count the organisation's bookings of it, with what is used.

    What is used is read around the window, so far that each week and month it touches is whole.
    """
    limits = _limits(equipment, organisation)
    used = _used(limits, organisation, window.widen(LONGEST_PERIOD, LONGEST_PERIOD), without)
    found: dict[int, list[Quota]] = {one.id: [] for one in equipment}
    for limit in limits:
        counts = [
            (span, many)
            for equipment_id, lab_id, span, many in used
            if lab_id == limit.lab_id and limit.equipment_id in (None, equipment_id)
        ]
        for one in equipment:
            if one.lab_id == limit.lab_id and limit.equipment_id in (None, one.id):
                found[one.id].append(_quota(limit, one.lab.site, counts))
    return found


def _limits(equipment: Collection[Equipment], organisation: Organisation | None) -> Sequence[QuotaLimit]:
    everybody = and_(
        QuotaLimit.organisation_id.is_(None),
        QuotaLimit.organisation_kind.is_(None),
        QuotaLimit.agreement_id.is_(None),
    )
    meant = [everybody]
    if organisation is not None:
        meant += [
            QuotaLimit.organisation_id == organisation.id,
            QuotaLimit.organisation_kind == organisation.kind,
            QuotaLimit.agreement_id.in_(
                select(Agreement.id).where(Agreement.organisation_id == organisation.id)
            ),
        ]
    return db.session.scalars(
        select(QuotaLimit)
        .where(
            QuotaLimit.lab_id.in_({one.lab_id for one in equipment}),
            or_(QuotaLimit.equipment_id.is_(None), QuotaLimit.equipment_id.in_([e.id for e in equipment])),
            or_(*meant),
        )
        .options(joinedload(QuotaLimit.agreement))
    ).all()


def _used(
    limits: Sequence[QuotaLimit],
    organisation: Organisation | None,
    window: Span,
    without: Collection[Source],
) -> list[tuple[int, int, Span, int]]:
    """Equipment, its lab, span and quantity of each of the organisation's dates that take time.

    Found by the claims they have, whose one index is bounded by equipment and time: it costs the same
    however long the organisation has been coming.
    """
    if not limits or organisation is None:
        return []
    labs = {limit.lab_id for limit in limits if limit.equipment_id is None}
    single = {limit.equipment_id for limit in limits if limit.equipment_id is not None}
    counted = select(Equipment.id).where(or_(Equipment.lab_id.in_(labs), Equipment.id.in_(single)))
    rows = db.session.execute(
        select(
            OccurrenceItem.id,
            OccurrenceItem.equipment_id,
            Equipment.lab_id,
            Occurrence.starts_at,
            Occurrence.ends_at,
            OccurrenceItem.quantity,
        )
        .select_from(Claim)
        .join(OccurrenceItem, OccurrenceItem.id == Claim.source_id)
        .join(Occurrence, Occurrence.id == OccurrenceItem.occurrence_id)
        .join(Booking, Booking.id == Occurrence.booking_id)
        .join(Equipment, Equipment.id == OccurrenceItem.equipment_id)
        .where(
            Claim.kind == ClaimKind.BOOKING,
            Claim.equipment_id.in_(counted),
            claimed_within(window),
            OccurrenceItem.is_required.is_(False),
            Booking.organisation_id == organisation.id,
        )
        .distinct()  # a long date has several claims
    )
    judged = {source.id for source in without if source.kind is ClaimKind.BOOKING}
    return [
        (equipment_id, lab_id, Span(starts_at, ends_at), quantity)
        for item_id, equipment_id, lab_id, starts_at, ends_at, quantity in rows
        if item_id not in judged
    ]


def _quota(limit: QuotaLimit, site: Site, used: Sequence[tuple[Span, int]]) -> Quota:
    prime = None
    if limit.prime_opens is not None and limit.prime_closes is not None:
        prime = Prime(limit.prime_opens, limit.prime_closes, frozenset(limit.prime_weekdays))
    calendar = Calendar(site.zone, site.first_weekday, site.country in JALALI_COUNTRIES)
    under = limit.agreement
    holds = Days(under.valid_from, under.valid_until) if under else None
    return Quota(limit.id, limit.minutes, limit.per, calendar, prime, used, holds)
