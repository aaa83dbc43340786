"""Who answers for a lab."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.accounts.models import RoleGrant, User
from app.booking.permissions import DECIDERS
from app.extensions import db


def list_deciders(lab_ids: Collection[int]) -> Sequence[User]:
    """The managers and approvers of these labs who can sign in, each once."""
    return db.session.scalars(
        select(User)
        .where(
            User.id.in_(
                select(RoleGrant.user_id).where(RoleGrant.lab_id.in_(lab_ids), RoleGrant.role.in_(DECIDERS))
            ),
            User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
        .order_by(User.id)
    ).all()
