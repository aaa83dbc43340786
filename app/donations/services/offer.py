"""Writing, submitting and withdrawing an offer: the donor's verbs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.accounts.models import User
from app.accounts.queries import list_liaisons
from app.accounts.rules.belonging import organisation_meant
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.text import clean, one_line
from app.donations.events import OfferDrafted, OfferSubmitted, OfferWithdrawn
from app.donations.models import Allocation, Offer, OfferLine
from app.donations.permissions import may_offer_for
from app.donations.queries.offers import get_offer, lock_needs, promised_of, promised_to
from app.donations.rules.promising import room, split
from app.donations.rules.states import AllocationState, Condition, ValueBasis, Verb
from app.donations.services.states import enter, release, tell
from app.extensions import db
from app.inventory.models import Category
from app.inventory.queries.places import home_today
from app.needs.models import Need
from app.needs.rules.states import NeedState

LONGEST_DESCRIPTION, LONGEST_MESSAGE, MOST_LINES, MOST_COPIES = 200, 4000, 20, 200
ANSWERED_WITHIN_DAYS = 14


@dataclass(frozen=True, kw_only=True)
class Line:
    """What somebody would give. A value is the donor's word, or says whose it is."""

    description: str
    category_id: int
    quantity: int
    condition: Condition
    value_minor: int | None = None
    currency: str | None = None
    value_basis: ValueBasis | None = None
    need_ids: Sequence[int] = field(default_factory=tuple)
    """Which published needs it is meant for, the first first."""


@unit_of_work
def draft_offer(
    *,
    actor: User,
    lines: Sequence[Line],
    organisation_id: int | None = None,
    message: str = "",
    valid_until: date | None = None,
) -> Offer:
    """An offer that waits to be submitted. After `valid_until`, a day at the university, it lapses.

    Raises InvalidInput, and NotFound for an organisation, category or published need that is not there.
    """
    own = actor.organisation_ids()
    organisation_id = organisation_meant(own, organisation_id)
    if not may_offer_for(actor, organisation_id):
        raise NotFound
    if not 1 <= len(lines) <= MOST_LINES:
        raise InvalidInput(("lines", "required" if not lines else "too-many"))
    _not_over(valid_until, home_today())
    offer = Offer(
        organisation_id=organisation_id,
        offered_by_id=actor.id,
        message=clean(message)[:LONGEST_MESSAGE],
        valid_until=valid_until,
        created_at=now(),
        lines=[_line(line, position) for position, line in enumerate(lines)],
    )
    db.session.add(offer)
    tell(OfferDrafted, offer, actor)
    return offer


@unit_of_work
def submit_offer(*, actor: User, offer_id: int) -> Offer:
    """Hand it in: what the needs have room for is reserved, the rest stands by; somebody answers by a day.

    Raises NotFound, Forbidden, WrongState, InvalidInput (its last day is over already).
    """
    offer = _own(actor, offer_id)
    contact, today = _contact(actor), home_today()
    enter(offer, Verb.SUBMIT)
    _not_over(offer.valid_until, today)
    offer.submitted_at, offer.contact = now(), contact
    offer.answer_by = today + timedelta(days=ANSWERED_WITHIN_DAYS)
    needs = lock_needs({one.need_id for line in offer.lines for one in line.allocations})
    for line in offer.lines:
        for allocation in list(line.allocations):
            _reserve(allocation, needs[allocation.need_id])
    tell(OfferSubmitted, offer, actor)
    return offer


@unit_of_work
def withdraw_offer(*, actor: User, offer_id: int) -> Offer:
    """Take it back, as long as no agreement is signed. Raises NotFound, Forbidden, WrongState."""
    offer = _own(actor, offer_id)
    lock_needs({one.need_id for line in offer.lines for one in line.allocations})
    enter(offer, Verb.WITHDRAW)
    release(offer)
    tell(OfferWithdrawn, offer, actor)
    return offer


def reserve_up_to(line: OfferLine, need: Need, quantity: int) -> tuple[int, int]:
    """How much of the quantity can be promised to the (locked) need now, and how much cannot."""
    left = room(
        required=need.quantity if need.state is NeedState.PUBLISHED else 0,
        promised_to_need=promised_to(need.id),
        offered=line.quantity,
        promised_of_line=promised_of(line.id),
    ).left
    return split(quantity, left)


def _reserve(allocation: Allocation, need: Need) -> None:
    """A proposed allocation takes what is left; what is beyond stands by as a row of its own."""
    reserved, beyond = reserve_up_to(allocation.line, need, allocation.quantity)
    if reserved and beyond:
        allocation.line.allocations.append(
            Allocation(need=need, quantity=beyond, state=AllocationState.STANDBY, created_at=now())
        )
    allocation.quantity = reserved or beyond
    allocation.state = AllocationState.RESERVED if reserved else AllocationState.STANDBY
    db.session.flush()


def _line(line: Line, position: int) -> OfferLine:
    where = f"lines.{position}"
    description = one_line(line.description)
    problems = []
    if not description:
        problems.append((f"{where}.description", "required"))
    if len(description) > LONGEST_DESCRIPTION:
        problems.append((f"{where}.description", "too-long"))
    if not 1 <= line.quantity <= MOST_COPIES:
        problems.append((f"{where}.quantity", "out-of-range"))
    if problems:
        raise InvalidInput(*problems)
    if db.session.get(Category, line.category_id) is None:
        raise NotFound
    return OfferLine(
        description=description,
        category_id=line.category_id,
        quantity=line.quantity,
        condition=line.condition,
        value_minor=line.value_minor,
        currency=line.currency,
        value_basis=line.value_basis,
        allocations=_proposed(line),
    )


def _proposed(line: Line) -> list[Allocation]:
    """Meant for the needs in their order: each gets what it asks for as long as the line lasts."""
    needs = lock_needs(set(line.need_ids))
    if any(id_ not in needs or needs[id_].state is not NeedState.PUBLISHED for id_ in line.need_ids):
        raise NotFound
    allocations, left = [], line.quantity
    for need_id in dict.fromkeys(line.need_ids):
        need = needs[need_id]
        quantity = min(left, need.quantity)
        if quantity:
            left -= quantity
            allocations.append(
                Allocation(need=need, quantity=quantity, state=AllocationState.PROPOSED, created_at=now())
            )
    return allocations


def _own(actor: User, offer_id: int) -> Offer:
    offer = get_offer(actor, offer_id, for_update=True)
    if not may_offer_for(actor, offer.organisation_id):
        raise Forbidden
    return offer


def _contact(actor: User) -> User | None:
    """Who answers: somebody of the liaison office who is not of the giving side."""
    giving = actor.organisation_ids()
    answering = (user for user in list_liaisons() if not user.organisation_ids() & giving)
    return next(answering, None)


def _not_over(valid_until: date | None, today: date) -> None:
    if valid_until is not None and valid_until < today:
        raise InvalidInput(("valid_until", "in-the-past"))
