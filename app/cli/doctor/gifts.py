"""Does the chain hold from the need to the hours: promised, delivered, inspected, in service, used?"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, func, or_, select

from app.agreements.models import Agreement
from app.core.event_log import EventRecord
from app.donations.models import (
    Allocation,
    Commissioning,
    Consignment,
    ConsignmentLine,
    DonatedUnit,
    Inspection,
    Offer,
    OfferLine,
)
from app.extensions import db
from app.inventory.models import Acquisition, Site, Unit
from app.needs.models import Need, NeedEvidence
from app.occupancy.models import Claim, ClaimUnit

COUNTED = ("reserved", "converted")
NOT_DECIDED = ("submitted", "in_review", "accepted")
SIGNED = ("agreed", "delivering", "in_service")
BY_OFFER = {
    "draft": {"proposed"},
    **{state: {"reserved", "standby"} for state in NOT_DECIDED},
    **{state: {"converted"} for state in SIGNED},
}


def needs_are_not_over_promised() -> Iterator[str]:
    for need_id, required, promised in _promised(Need, Need.quantity, Allocation.need_id):
        yield f"need {need_id}: {promised} promised, {required} required"


def lines_are_not_over_promised() -> Iterator[str]:
    for line_id, offered, promised in _promised(OfferLine, OfferLine.quantity, Allocation.line_id):
        yield f"offer line {line_id}: {promised} promised, {offered} offered"


def promises_fit_their_offers() -> Iterator[str]:
    """What an offer's state says of its promises; what was released may be there in any state."""
    rows = db.session.execute(
        select(Allocation.id, Allocation.state, Offer.id, Offer.state)
        .join(OfferLine, OfferLine.id == Allocation.line_id)
        .join(Offer, Offer.id == OfferLine.offer_id)
        .where(Allocation.state != "released")
    )
    for id_, state, offer_id, offer_state in rows:
        if state not in BY_OFFER.get(offer_state, set()):
            yield f"allocation {id_}: {state}, but offer {offer_id} is {offer_state}"


def signed_offers_have_their_agreement() -> Iterator[str]:
    rows = db.session.execute(
        select(Offer.id, Offer.state, Agreement.id, Agreement.organisation_id, Offer.organisation_id)
        .outerjoin(Agreement, Agreement.id == Offer.agreement_id)
        .where(or_(Offer.state.in_(SIGNED), Offer.agreement_id.is_not(None)))
    )
    for id_, state, agreement_id, signed_by, given_by in rows:
        if state not in SIGNED or agreement_id is None:
            yield f"offer {id_}: {state}, and its agreement is {agreement_id}"
        elif signed_by != given_by:
            yield f"offer {id_}: its agreement is with organisation {signed_by}, not {given_by}"


def lapsed_offers_were_over() -> Iterator[str]:
    """They had a last day, it was over at the university when they lapsed, and nobody did it."""
    zone = ZoneInfo(db.session.scalar(select(Site.zone_name).order_by(Site.id).limit(1)) or "UTC")
    rows = db.session.execute(
        select(Offer.id, Offer.valid_until, EventRecord.at, EventRecord.actor_id)
        .outerjoin(
            EventRecord,
            and_(
                EventRecord.subject_kind == "offer",
                EventRecord.subject_id == Offer.id,
                EventRecord.name == "OfferLapsed",
            ),
        )
        .where(Offer.state == "lapsed")
    )
    for id_, last_day, at, actor_id in rows:
        if last_day is None or at is None or at.astimezone(zone).date() <= last_day:
            yield f"offer {id_}: lapsed at {at}, and its last day is {last_day}"
        elif actor_id is not None:
            yield f"offer {id_}: lapsed, and user {actor_id} did it"


def gifts_come_from_who_gave_them() -> Iterator[str]:
    """The acquisition of each donated unit names the giver and the day it came."""
    rows = db.session.execute(
        select(Acquisition.unit_id, Offer.id)
        .join(DonatedUnit, DonatedUnit.unit_id == Acquisition.unit_id)
        .join(ConsignmentLine, ConsignmentLine.id == DonatedUnit.consignment_line_id)
        .join(Consignment, Consignment.id == ConsignmentLine.consignment_id)
        .join(Offer, Offer.id == Consignment.offer_id)
        .where(
            or_(
                Acquisition.kind != "gift",
                Acquisition.source_organisation_id.is_distinct_from(Offer.organisation_id),
                Acquisition.acquired_on.is_distinct_from(Consignment.received_on),
            )
        )
    )
    for unit_id, offer_id in rows:
        yield f"unit {unit_id}: its acquisition is not what offer {offer_id} delivered"


def deliveries_are_whole() -> Iterator[str]:
    """As many units as were received, of lines of the same offer, and never more than was offered."""
    units = select(func.count()).where(DonatedUnit.consignment_line_id == ConsignmentLine.id)
    counted = units.correlate(ConsignmentLine).scalar_subquery()
    for id_, received, found in db.session.execute(
        select(ConsignmentLine.id, ConsignmentLine.received, counted).where(
            ConsignmentLine.received != counted
        )
    ):
        yield f"delivery line {id_}: {received} received, {found} units"
    strangers = (
        select(ConsignmentLine.id)
        .join(Consignment, Consignment.id == ConsignmentLine.consignment_id)
        .join(OfferLine, OfferLine.id == ConsignmentLine.line_id)
        .where(OfferLine.offer_id != Consignment.offer_id)
    )
    for id_ in db.session.scalars(strangers):
        yield f"delivery line {id_}: of another offer than its delivery"
    here = func.sum(ConsignmentLine.received + ConsignmentLine.damaged)
    for id_, offered, came in db.session.execute(
        select(OfferLine.id, OfferLine.quantity, here)
        .join(ConsignmentLine, ConsignmentLine.line_id == OfferLine.id)
        .group_by(OfferLine.id, OfferLine.quantity)
        .having(here > OfferLine.quantity)
    ):
        yield f"offer line {id_}: {came} came, {offered} were offered"


def units_keep_their_promises() -> Iterator[str]:
    """A unit serves a promise of its own line that was agreed, and no promise is kept too often."""
    rows = db.session.execute(
        select(DonatedUnit.unit_id, Allocation.id)
        .join(Allocation, Allocation.id == DonatedUnit.allocation_id)
        .join(ConsignmentLine, ConsignmentLine.id == DonatedUnit.consignment_line_id)
        .where(or_(Allocation.line_id != ConsignmentLine.line_id, Allocation.state != "converted"))
    )
    for unit_id, allocation_id in rows:
        yield f"unit {unit_id}: allocation {allocation_id} is not one it could keep"
    for id_, promised, kept in db.session.execute(
        select(Allocation.id, Allocation.quantity, func.count(DonatedUnit.id))
        .join(DonatedUnit, DonatedUnit.allocation_id == Allocation.id)
        .group_by(Allocation.id, Allocation.quantity)
        .having(func.count(DonatedUnit.id) > Allocation.quantity)
    ):
        yield f"allocation {id_}: {promised} promised, {kept} units keep it"


def units_went_in_one_after_the_other() -> Iterator[str]:
    """Every unit that was delivered has passed before it was commissioned, and is nowhere before that."""
    passed = exists().where(
        Inspection.unit_id == Unit.id, Inspection.result == "pass", Inspection.at <= Commissioning.at
    )
    rows = db.session.execute(
        select(Unit.id, Unit.status, Unit.equipment_id, Commissioning.id, passed)
        .join(DonatedUnit, DonatedUnit.unit_id == Unit.id)
        .outerjoin(Commissioning, Commissioning.unit_id == Unit.id)
    )
    for unit_id, status, equipment_id, commissioning_id, is_passed in rows:
        if (equipment_id is None) != (commissioning_id is None):
            yield f"unit {unit_id}: {status}, equipment {equipment_id}, commissioning {commissioning_id}"
        elif commissioning_id is not None and not is_passed:
            yield f"unit {unit_id}: commissioned, and it had passed no inspection"
    came = exists().where(DonatedUnit.unit_id == Unit.id)
    for unit_id in db.session.scalars(select(Unit.id).where(Unit.equipment_id.is_(None), ~came)):
        yield f"unit {unit_id}: of no equipment, and nobody delivered it"


def hours_come_after_service() -> Iterator[str]:
    """A donated unit is given to nothing that began before it was commissioned."""
    rows = db.session.execute(
        select(ClaimUnit.unit_id, Claim.id)
        .join(Claim, Claim.id == ClaimUnit.claim_id)
        .join(DonatedUnit, DonatedUnit.unit_id == ClaimUnit.unit_id)
        .outerjoin(Commissioning, Commissioning.unit_id == ClaimUnit.unit_id)
        .where(or_(Commissioning.at.is_(None), Claim.ends_at <= Commissioning.at))
    )
    for unit_id, claim_id in rows:
        yield f"unit {unit_id}: claim {claim_id} was over before it was in service"


def published_needs_have_their_evidence() -> Iterator[str]:
    kept = exists().where(and_(NeedEvidence.need_id == Need.id, NeedEvidence.at == Need.published_at))
    for need_id in db.session.scalars(select(Need.id).where(Need.published_at.is_not(None), ~kept)):
        yield f"need {need_id}: published, and nothing was frozen with it"


def offers_tell_their_state() -> Iterator[str]:
    """Each offer has an event, and the state that its last one led to is the one that is stored."""
    last = (
        select(func.max(EventRecord.id))
        .where(EventRecord.subject_kind == "offer", EventRecord.subject_id == Offer.id)
        .correlate(Offer)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Offer.id, Offer.state, EventRecord.data).outerjoin(EventRecord, EventRecord.id == last)
    )
    for id_, state, data in rows:
        if data is None or data.get("state") != state:
            yield f"offer {id_}: {state}, but its last event says {data and data.get('state')}"


def _promised(
    kind: type[Need | OfferLine], limit: object, reference: object
) -> Iterator[tuple[int, int, int]]:
    total = func.sum(Allocation.quantity)
    rows = db.session.execute(
        select(kind.id, limit, total)  # type: ignore[call-overload]
        .join(Allocation, reference == kind.id)
        .where(Allocation.state.in_(COUNTED))
        .group_by(kind.id, limit)
        .having(total > limit)
    )
    yield from rows
