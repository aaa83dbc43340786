"""Offers that wait: those whose last day is over, and those that wait for an answer. For jobs."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.donations.models import Offer
from app.donations.rules.states import OPEN, OfferState
from app.extensions import db


def list_lapsing(today: date, *, limit: int) -> Sequence[int]:
    """Ids of offers that wait for an answer or an agreement beyond their last day, the oldest first."""
    return db.session.scalars(
        select(Offer.id)
        .where(Offer.state.in_(OPEN), Offer.valid_until < today)
        .order_by(Offer.valid_until, Offer.id)
        .limit(limit)
    ).all()


def find_lapsing(offer_id: int, today: date) -> Offer | None:
    """The offer, kept from others, if it is (still) one of these."""
    return db.session.scalar(
        select(Offer)
        .where(Offer.id == offer_id, Offer.state.in_(OPEN), Offer.valid_until < today)
        .with_for_update(of=Offer)
        .execution_options(populate_existing=True)
    )


def list_unanswered() -> Sequence[Offer]:
    """Those that wait for the university's answer, the one that was due first first."""
    waits = (OfferState.SUBMITTED, OfferState.IN_REVIEW)
    return db.session.scalars(
        select(Offer).where(Offer.state.in_(waits)).order_by(Offer.answer_by, Offer.id)
    ).all()
