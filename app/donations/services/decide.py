"""The university's answer: take up, allocate, accept, decline, sign."""

from datetime import date

from app.accounts.models import User
from app.agreements.models import AgreementKind
from app.agreements.services.record import write_agreement
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.text import clean
from app.donations.errors import OverPromised
from app.donations.events import (
    OfferAccepted,
    OfferAgreed,
    OfferAllocated,
    OfferDeclined,
    OfferTakenUp,
)
from app.donations.models import Allocation, FileKind, Offer, OfferLine
from app.donations.permissions import may_decide
from app.donations.queries.offers import get_offer, labs_of, lock_needs
from app.donations.rules.states import OPEN, AllocationState, Verb
from app.donations.services.files import Stored, row_of
from app.donations.services.offer import reserve_up_to
from app.donations.services.states import enter, live_allocations, release, tell
from app.extensions import db
from app.inventory.queries.places import home_today


@unit_of_work
def allocate(
    *, actor: User, offer_id: int, line_id: int, need_id: int, quantity: int, standby: bool = False
) -> Allocation:
    """Promise so many of a line to a need: never more than the need asks for or the line holds.

    Beyond that it raises OverPromised, or with `standby` queues what is too much. The answer is the row
    that stands for the request: reserved if anything could be, else standing by. Raises NotFound,
    Forbidden, WrongState, InvalidInput.
    """
    offer = get_for_decision(actor, offer_id)
    line = line_of(offer, line_id)
    need = lock_needs([need_id]).get(need_id)
    if need is None:
        raise NotFound
    if offer.state not in OPEN:
        raise WrongState(verb="allocate", state=offer.state.value)
    if quantity < 1:
        raise InvalidInput(("quantity", "out-of-range"))
    reserved, beyond = reserve_up_to(line, need, quantity)
    if beyond and not standby:
        raise OverPromised(left=reserved)
    rows = [
        Allocation(line=line, need=need, quantity=part, state=state, created_at=now())
        for part, state in ((reserved, AllocationState.RESERVED), (beyond, AllocationState.STANDBY))
        if part
    ]
    db.session.add_all(rows)
    tell(OfferAllocated, offer, actor, line_id=line_id, need_id=need_id, reserved=reserved, standby=beyond)
    return rows[0]


@unit_of_work
def review_offer(*, actor: User, offer_id: int) -> Offer:
    """Say that it is being looked at. Raises NotFound, Forbidden, WrongState."""
    offer = get_for_decision(actor, offer_id)
    enter(offer, Verb.REVIEW)
    tell(OfferTakenUp, offer, actor)
    return offer


@unit_of_work
def accept_offer(*, actor: User, offer_id: int) -> Offer:
    """The university would like to have it. Raises NotFound, Forbidden, WrongState."""
    offer = get_for_decision(actor, offer_id)
    enter(offer, Verb.ACCEPT)
    offer.decided_at, offer.decided_by_id = now(), actor.id
    tell(OfferAccepted, offer, actor)
    return offer


@unit_of_work
def decline_offer(*, actor: User, offer_id: int, reason: str) -> Offer:
    """No, with a reason that the donor reads. Raises NotFound, Forbidden, WrongState, InvalidInput."""
    if not clean(reason):
        raise InvalidInput(("reason", "required"))
    offer = get_for_decision(actor, offer_id)
    lock_needs({one.need_id for one in live_allocations(offer)})
    enter(offer, Verb.DECLINE)
    offer.decided_at, offer.decided_by_id, offer.decline_reason = now(), actor.id, clean(reason)
    release(offer)
    tell(OfferDeclined, offer, actor, reason=offer.decline_reason)
    return offer


@unit_of_work
def sign_agreement(
    *, actor: User, offer_id: int, number: str, signed_on: date, letter: Stored | None = None
) -> Offer:
    """Both sides have signed: what was reserved is promised for good, what stood by is free again.

    The letter is a file that has been kept already.

    Raises NotFound, Forbidden, WrongState, InvalidInput (number, a day in the future).
    """
    offer = get_for_decision(actor, offer_id)
    if signed_on > home_today():
        raise InvalidInput(("signed_on", "in-the-future"))
    lock_needs({one.need_id for one in live_allocations(offer)})
    enter(offer, Verb.AGREE)
    agreement = write_agreement(
        actor=actor,
        organisation_id=offer.organisation_id,
        kind=AgreementKind.GIFT,
        number=number,
        signed_on=signed_on,
        valid_from=signed_on,
    )
    offer.agreement = agreement
    if letter is not None:
        db.session.add(row_of(letter, FileKind.AGREEMENT, offer_id=offer.id))
    for allocation in live_allocations(offer):
        is_reserved = allocation.state is AllocationState.RESERVED
        allocation.state = AllocationState.CONVERTED if is_reserved else AllocationState.RELEASED
    tell(OfferAgreed, offer, actor, agreement_id=agreement.id, number=agreement.number)
    return offer


def get_for_decision(actor: User, offer_id: int) -> Offer:
    """The offer, kept from others, for somebody who decides about it. Raises NotFound, Forbidden."""
    offer = get_offer(actor, offer_id, for_update=True)
    if not may_decide(actor, offer, labs_of(offer)):
        raise Forbidden
    return offer


def line_of(offer: Offer, line_id: int) -> OfferLine:
    """Raises NotFound for another offer's."""
    for line in offer.lines:
        if line.id == line_id:
            return line
    raise NotFound
