"""Answers that labs keep ready."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.accounts.models import User
from app.booking.models import Booking, RefusalTemplate
from app.booking.permissions import labs_of, may_clear_in, may_decide_in
from app.extensions import db


def list_refusals(lab_ids: Collection[int]) -> Sequence[RefusalTemplate]:
    """Those of these labs, in the order in which they stand."""
    return db.session.scalars(
        select(RefusalTemplate)
        .where(RefusalTemplate.lab_id.in_(lab_ids))
        .order_by(RefusalTemplate.lab_id, RefusalTemplate.position, RefusalTemplate.id)
    ).all()


def refusals_for(actor: User, booking: Booking) -> Sequence[RefusalTemplate]:
    """What the actor may answer this booking with: those of its labs for which they answer."""
    theirs = [id_ for id_ in labs_of(booking) if may_decide_in(actor, id_) or may_clear_in(actor, id_)]
    return list_refusals(theirs)


def find_refusal(refusal_id: int) -> RefusalTemplate | None:
    return db.session.get(RefusalTemplate, refusal_id)
