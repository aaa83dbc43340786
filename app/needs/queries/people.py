"""Who hears of a need."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import RoleGrant, User
from app.extensions import db
from app.needs.models import Need
from app.needs.permissions import WRITERS, may_review_need


def get_told(need_id: int) -> Need:
    """The need that an event is about, with who wrote it."""
    return db.session.get_one(Need, need_id, options=[joinedload(Need.written_by)])


def list_publishers(need: Need) -> Sequence[User]:
    """Everybody who may publish the need, or turn it down, and whose account is open."""
    found = db.session.scalars(
        select(User)
        .where(
            User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role.in_(WRITERS))),
            User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
        .order_by(User.id)
    )
    return [person for person in found if may_review_need(person, need)]
