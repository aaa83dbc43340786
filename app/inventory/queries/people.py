"""Who looks after a lab's equipment."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, select

from app.accounts.models import Role, RoleGrant, User
from app.core.clock import now
from app.extensions import db


def list_serving(lab_id: int, *choices: Collection[Role]) -> Sequence[User]:
    """Who has one of the roles in the lab and can sign in; of the first choice that anybody has.

    The admins where there is nobody: better a letter to them than to no one.
    """
    for roles in choices:
        if found := _granted(and_(RoleGrant.lab_id == lab_id, RoleGrant.role.in_(roles))):
            return found
    return _granted(RoleGrant.role == Role.ADMIN)


def _granted(wanted: ColumnElement[bool]) -> Sequence[User]:
    return db.session.scalars(
        select(User)
        .where(
            User.id.in_(select(RoleGrant.user_id).where(wanted, RoleGrant.counting(now()))),
            User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
        .order_by(User.id)
    ).all()
