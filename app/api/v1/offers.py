"""Offers, from the first word to the unit in service."""

from typing import Any

from app.accounts.models import User
from app.api import paging
from app.api.resource import AN_ID, Resource
from app.api.v1 import offer_schemas as schemas
from app.api.v1.places import category_called, lab_called
from app.api.v1.schemas import NothingSchema
from app.core.errors import Forbidden
from app.donations.models import Allocation, Offer
from app.donations.permissions import may_offer_for, may_see_offers
from app.donations.queries.offers import get_offer
from app.donations.queries.offers import list_offers as search
from app.donations.services import decide, deliver
from app.donations.services import offer as donor

ONE = f"/offers/{AN_ID}"
offers = Resource("offers", __name__, "What companies and donors would give, and what became of it.")


def to_read(actor: User, number: int) -> Offer:
    return get_offer(actor, number)


def given(actor: User, number: int) -> Offer:
    """The offer, for who gives it. Raises NotFound, Forbidden."""
    found = get_offer(actor, number)
    if not may_offer_for(actor, found.organisation_id):
        raise Forbidden
    return found


def handled(actor: User, number: int) -> Offer:
    """The offer, for the university's side; the service asks who exactly. Raises NotFound, Forbidden."""
    found = get_offer(actor, number)
    if not may_see_offers(actor):
        raise Forbidden
    return found


@offers.operation("GET", "/offers", query=schemas.OffersQuery, answer=schemas.OfferPageSchema)
def list_offers(*, actor: User, query: dict[str, Any]) -> dict[str, Any]:
    """Your organisations' offers; all of them for staff. The newest first"""
    found = search(actor, before=query.get("after"), limit=query["limit"] + 1)
    page = paging.page(found, query["limit"], lambda offer: offer.id)
    return page | {"items": [told(offer) for offer in page["items"]]}


@offers.operation("GET", ONE, offer=to_read, answer=schemas.OfferSchema)
def show_offer(*, offer: Offer) -> dict[str, Any]:
    """One offer"""
    return told(offer)


@offers.operation("POST", "/offers", body=schemas.NewOfferSchema, answer=schemas.OfferSchema, status=201)
def draft(*, actor: User, body: dict[str, Any]) -> dict[str, Any]:
    """Write an offer; submit it when it is whole"""
    return told(
        donor.draft_offer(
            actor=actor,
            organisation_id=body.get("organisation"),
            lines=[_line(line) for line in body["lines"]],
            message=body["message"],
            valid_until=body["valid_until"],
        )
    )


@offers.operation("POST", f"{ONE}/submit", offer=given, body=NothingSchema, answer=schemas.OfferSchema)
def submit(*, actor: User, offer: Offer) -> dict[str, Any]:
    """Hand it in: what the needs have room for is reserved, the rest stands by"""
    return told(donor.submit_offer(actor=actor, offer_id=offer.id))


@offers.operation("POST", f"{ONE}/withdraw", offer=given, body=NothingSchema, answer=schemas.OfferSchema)
def withdraw(*, actor: User, offer: Offer) -> dict[str, Any]:
    """Take it back, as long as no agreement is signed"""
    return told(donor.withdraw_offer(actor=actor, offer_id=offer.id))


@offers.operation("POST", f"{ONE}/review", offer=handled, body=NothingSchema, answer=schemas.OfferSchema)
def review(*, actor: User, offer: Offer) -> dict[str, Any]:
    """Say that it is being looked at (staff)"""
    return told(decide.review_offer(actor=actor, offer_id=offer.id))


@offers.operation("POST", f"{ONE}/accept", offer=handled, body=NothingSchema, answer=schemas.OfferSchema)
def accept(*, actor: User, offer: Offer) -> dict[str, Any]:
    """Say that the university would like to have it (staff)"""
    return told(decide.accept_offer(actor=actor, offer_id=offer.id))


@offers.operation(
    "POST", f"{ONE}/decline", offer=handled, body=schemas.DeclineOfferSchema, answer=schemas.OfferSchema
)
def decline(*, actor: User, offer: Offer, body: dict[str, Any]) -> dict[str, Any]:
    """Say no, with a reason that the donor reads (staff)"""
    return told(decide.decline_offer(actor=actor, offer_id=offer.id, reason=body["reason"]))


@offers.operation(
    "POST",
    f"{ONE}/allocations",
    offer=handled,
    body=schemas.AllocationSentSchema,
    answer=schemas.AllocationSchema,
    status=201,
)
def allocate(*, actor: User, offer: Offer, body: dict[str, Any]) -> Allocation:
    """Promise so many of a line to a need; never more than the one asks for or the other holds (staff)"""
    return decide.allocate(
        actor=actor,
        offer_id=offer.id,
        line_id=body["line"],
        need_id=body["need"],
        quantity=body["quantity"],
        standby=body["standby"],
    )


@offers.operation(
    "POST", f"{ONE}/agreement", offer=handled, body=schemas.AgreementSentSchema, answer=schemas.OfferSchema
)
def agree(*, actor: User, offer: Offer, body: dict[str, Any]) -> dict[str, Any]:
    """Record the signed agreement: what was reserved is promised for good (staff)"""
    return told(decide.sign_agreement(actor=actor, offer_id=offer.id, **body))


@offers.operation(
    "POST",
    f"{ONE}/consignments",
    offer=handled,
    body=schemas.ConsignmentSentSchema,
    answer=schemas.UnitsSchema,
    status=201,
)
def receive(*, actor: User, offer: Offer, body: dict[str, Any]) -> dict[str, Any]:
    """Enter what arrived; what came whole awaits inspection (staff)"""
    lines = [
        deliver.Arrived(line_id=one["line"], **{k: v for k, v in one.items() if k != "line"})
        for one in body["lines"]
    ]
    return {"units": [unit.id for unit in deliver.receive(actor=actor, offer_id=offer.id, lines=lines)]}


@offers.operation(
    "POST",
    f"{ONE}/inspections",
    offer=handled,
    body=schemas.InspectionSentSchema,
    answer=schemas.InspectedSchema,
    status=201,
)
def inspect(*, actor: User, offer: Offer, body: dict[str, Any]) -> dict[str, Any]:
    """Write down what an inspection found (manager or technician)"""
    unit = deliver.inspect(
        actor=actor,
        offer_id=offer.id,
        unit_id=body["unit"],
        result=body["result"],
        note=body["note"],
    )
    return {"unit": unit.id, "status": unit.status}


@offers.operation(
    "POST",
    f"{ONE}/commissioning",
    offer=handled,
    body=schemas.CommissioningSentSchema,
    answer=schemas.CommissionedSchema,
    status=201,
)
def commission(*, actor: User, offer: Offer, body: dict[str, Any]) -> dict[str, Any]:
    """Put an inspected unit into service: from now on it can be booked (manager)"""
    unit, equipment = deliver.commission(
        actor=actor,
        offer_id=offer.id,
        unit_id=body["unit"],
        lab_id=lab_called(body["lab"]).id,
        responsible=body["responsible"],
        equipment_id=body.get("equipment"),
    )
    return {"unit": unit.id, "equipment": equipment.id}


def told(offer: Offer) -> dict[str, Any]:
    """The offer as it is answered; a value only where one was given."""
    said = {name: getattr(offer, name) for name in schemas.OfferSchema().fields if name != "lines"}
    lines = [
        {
            "id": line.id,
            "description": line.description,
            "category": line.category,
            "quantity": line.quantity,
            "condition": line.condition,
            "value": line if line.value_minor is not None else None,
            "allocations": line.allocations,
        }
        for line in offer.lines
    ]
    return said | {"lines": lines}


def _line(sent: dict[str, Any]) -> donor.Line:
    value = sent["value"] or {}
    return donor.Line(
        description=sent["description"],
        category_id=category_called(sent["category"]).id,
        quantity=sent["quantity"],
        condition=sent["condition"],
        value_minor=value.get("amount_minor"),
        currency=value.get("currency"),
        value_basis=value.get("basis"),
        need_ids=sent["needs"],
    )
