"""Offers, as far as the one who asks may see them, and what has been promised."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.accounts.models import User
from app.core.errors import NotFound
from app.donations.models import Allocation, Offer, OfferLine
from app.donations.permissions import may_see_offers
from app.donations.rules.states import LIVE, PROMISED, AllocationState
from app.extensions import db
from app.needs.models import Need

LINES = selectinload(Offer.lines)
WHOLE: tuple[ExecutableOption, ...] = (
    joinedload(Offer.organisation),
    joinedload(Offer.agreement),
    joinedload(Offer.contact),
    joinedload(Offer.offered_by),
    LINES.joinedload(OfferLine.category),
    LINES.selectinload(OfferLine.allocations).joinedload(Allocation.need),
)
"""What is shown of an offer: three queries, however many there are."""


def visible_to(actor: User) -> ColumnElement[bool]:
    """One's own organisations' offers; all of them for the staff that deals with gifts."""
    if may_see_offers(actor):
        return true()
    return Offer.organisation_id.in_(actor.organisation_ids())


def list_offers(actor: User, *, before: int | None, limit: int) -> Sequence[Offer]:
    """The newest first."""
    chosen = select(Offer).where(visible_to(actor)).options(*WHOLE).order_by(Offer.id.desc())
    if before is not None:
        chosen = chosen.where(Offer.id < before)
    return db.session.scalars(chosen.limit(limit)).all()


def get_offer(actor: User, offer_id: int, *, for_update: bool = False) -> Offer:
    """The offer, if this person may know of it; kept from others until the unit of work ends. NotFound."""
    if for_update:
        db.session.execute(select(Offer.id).where(Offer.id == offer_id).with_for_update()).all()
    found = db.session.scalar(
        select(Offer)
        .where(Offer.id == offer_id, visible_to(actor))
        .options(*WHOLE)
        .execution_options(populate_existing=for_update)
    )
    if found is None:
        raise NotFound
    return found


def lock_needs(need_ids: Collection[int]) -> dict[int, Need]:
    """The needs, kept from being promised by others meanwhile; in one order, so nobody deadlocks."""
    rows = db.session.scalars(
        select(Need)
        .where(Need.id.in_(need_ids))
        .order_by(Need.id)
        .with_for_update(of=Need)
        .execution_options(populate_existing=True)
    )
    return {need.id: need for need in rows}


def promised_to(need_id: int) -> int:
    """How many are reserved for the need or agreed, from whomever."""
    return _promised(Allocation.need_id == need_id)


def promised_of(line_id: int) -> int:
    return _promised(Allocation.line_id == line_id)


def labs_of(offer: Offer) -> set[int]:
    """The labs whose needs the offer is meant for."""
    return {
        allocation.need.lab_id
        for line in offer.lines
        for allocation in line.allocations
        if allocation.state in LIVE
    }


def list_standing_by(need_ids: Collection[int]) -> Sequence[Allocation]:
    """Who is next in turn for these needs, the first first."""
    return db.session.scalars(
        select(Allocation)
        .where(Allocation.need_id.in_(need_ids), Allocation.state == AllocationState.STANDBY)
        .order_by(Allocation.created_at, Allocation.id)
    ).all()


def _promised(of: ColumnElement[bool]) -> int:
    total = select(func.coalesce(func.sum(Allocation.quantity), 0))
    return db.session.scalar(total.where(of, Allocation.state.in_(PROMISED))) or 0
