"""Reading what a gift's units have served."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.booking.models import Booking, Occurrence, OccurrenceItem
from app.booking.rules.states import OccurrenceState
from app.core.clock import now
from app.core.spans import Span
from app.donations.models import Allocation, Commissioning, Consignment, ConsignmentLine, DonatedUnit, Offer
from app.donations.rules.impact import Calendar, Impact, Promise, Use, gregorian_month, impact
from app.extensions import db
from app.inventory.queries.places import home_zone
from app.needs.models import Need
from app.occupancy.models import Claim, ClaimKind, ClaimUnit

BOOKED = (
    OccurrenceState.APPROVED,
    OccurrenceState.IN_USE,
    OccurrenceState.COMPLETED,
    OccurrenceState.NO_SHOW,
)


def find_impact(
    offer: Offer, calendar: Calendar = gregorian_month, zone: ZoneInfo | None = None
) -> Impact | None:
    """What the offer has served up to now, by months of the calendar; None before any of it is in service."""
    working = _units_in_service(offer)
    if not working:
        return None
    since = min(at for _unit, _need, at in working)
    promises = [Promise.of(need.evidence if need else None, at) for _unit, need, at in working]
    return impact(
        _uses([unit_id for unit_id, _need, _at in working]),
        [promise for promise in promises if promise],
        since=since,
        until=now(),
        zone=zone or home_zone(),
        calendar=calendar,
    )


def _units_in_service(offer: Offer) -> list[tuple[int, Need | None, datetime]]:
    """The units that were commissioned, the need that each serves, and since when."""
    rows = db.session.execute(
        select(DonatedUnit.unit_id, Need, Commissioning.at)
        .join(Commissioning, Commissioning.unit_id == DonatedUnit.unit_id)
        .join(DonatedUnit.consignment_line)
        .join(ConsignmentLine.consignment)
        .outerjoin(DonatedUnit.allocation)
        .outerjoin(Need, Need.id == Allocation.need_id)
        .where(Consignment.offer_id == offer.id)
        .order_by(Commissioning.at, DonatedUnit.id)
    )
    return [(unit_id, need, at) for unit_id, need, at in rows]


def _uses(unit_ids: list[int]) -> list[Use]:
    rows = db.session.execute(
        select(
            Occurrence.booking_id,
            Booking.organisation_id,
            Occurrence.starts_at,
            Occurrence.ends_at,
            Occurrence.state,
        )
        .select_from(ClaimUnit)
        .join(Claim, Claim.id == ClaimUnit.claim_id)
        .join(OccurrenceItem, OccurrenceItem.id == Claim.source_id)
        .join(OccurrenceItem.occurrence)
        .join(Occurrence.booking)
        .where(ClaimUnit.unit_id.in_(unit_ids), Claim.kind == ClaimKind.BOOKING, Occurrence.state.in_(BOOKED))
    )
    return [
        Use(
            booking_id=booking_id,
            organisation_id=organisation_id,
            span=Span(starts_at, ends_at),
            took_place=state is OccurrenceState.COMPLETED,
        )
        for booking_id, organisation_id, starts_at, ends_at, state in rows
    ]
