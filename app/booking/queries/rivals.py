"""Who asks for the same time, where requests compete."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import contains_eager

from app.booking.models import Occurrence, OccurrenceItem, OccurrenceState
from app.booking.queries.bookings import WHOLE
from app.core.spans import Span
from app.extensions import db
from app.occupancy.models import LONGEST_CLAIM, ClaimKind, Source
from app.occupancy.rules.peaks import Taken


def asked_for(
    equipment_ids: Collection[int], window: Span, *, without: Collection[Source] = ()
) -> dict[int, list[Taken]]:
    """What requests that compete want of each equipment in the window; without equipment, no query.

    Leaves out what is a source of `without`, and what nobody has proved the address of.
    """
    found: dict[int, list[Taken]] = defaultdict(list)
    if not equipment_ids:
        return found
    skipped = {source.id for source in without if source.kind is ClaimKind.BOOKING}
    for item in db.session.scalars(_competing(equipment_ids, window)):
        if item.id not in skipped and item.claimed_span.overlaps(window):
            found[item.equipment_id].append(Taken(item.claimed_span, item.quantity))
    return found


def rivals_by_date(dates: Collection[Occurrence]) -> dict[int, int]:
    """How many other requests ask for the time of each of these dates, where they compete; one query."""
    competing = [date for date in dates if not date.holds]
    if not competing:
        return {}
    spans = [item.claimed_span for date in competing for item in date.items]
    window = Span(min(span.start for span in spans), max(span.end for span in spans))
    others = defaultdict(list)
    for other in db.session.scalars(_competing({i.equipment_id for d in competing for i in d.items}, window)):
        others[other.equipment_id].append(other)
    return {
        date.id: len(
            {
                other.occurrence_id
                for item in date.items
                for other in others[item.equipment_id]
                if other.occurrence_id != date.id and other.claimed_span.overlaps(item.claimed_span)
            }
        )
        for date in competing
    }


def list_competing(
    equipment_ids: Collection[int], window: Span, *, for_update: bool = False
) -> Sequence[Occurrence]:
    """The requests that compete for any of it then, those who asked first on top."""
    items = _competing(equipment_ids, window).options(
        contains_eager(OccurrenceItem.occurrence).joinedload(Occurrence.booking).options(*WHOLE)
    )
    if for_update:
        items = items.with_for_update(of=Occurrence).execution_options(populate_existing=True)
    dates = {
        item.occurrence.id: item.occurrence
        for item in db.session.scalars(items).unique()
        if item.claimed_span.overlaps(window)
    }
    return sorted(dates.values(), key=lambda date: (date.requested_at, date.id))


def is_competing(
    equipment_ids: Collection[int] | None = None, window: Span | None = None
) -> ColumnElement[bool]:
    """The condition that an item is of a request that competes; for any of the equipment, around the window.

    Bounded as every search of claims is: no date is longer than a claim may be.
    """
    conditions = [
        Occurrence.state == OccurrenceState.REQUESTED,
        Occurrence.holds.is_(False),
        Occurrence.expires_at.is_(None),
    ]
    if equipment_ids is not None:
        conditions.append(OccurrenceItem.equipment_id.in_(equipment_ids))
    if window is not None:
        conditions.append(Occurrence.starts_at < window.end + LONGEST_CLAIM)
        conditions.append(Occurrence.starts_at > window.start - 2 * LONGEST_CLAIM)
    return and_(*conditions)


def _competing(equipment_ids: Collection[int], window: Span) -> Select[OccurrenceItem]:
    return (
        select(OccurrenceItem)
        .join(OccurrenceItem.occurrence)
        .where(is_competing(equipment_ids, window))
        .options(contains_eager(OccurrenceItem.occurrence))
        .order_by(Occurrence.id)
    )
