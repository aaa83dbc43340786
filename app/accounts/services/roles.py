"""Trusting people with roles at the university, and taking them back."""

from typing import Any

from sqlalchemy import select

from app.accounts import queries
from app.accounts.errors import LastAdmin
from app.accounts.events import RoleGranted, RoleWithdrawn
from app.accounts.models import LAB_ROLES, Role, RoleGrant
from app.accounts.operator import Actor
from app.accounts.permissions import may_manage_people
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.core.upsert import insert_new
from app.extensions import db


@unit_of_work
def grant_role(*, actor: Actor, user_id: int, role: Role, lab_id: int | None = None) -> None:
    """Granted twice is granted once. Raises Forbidden, NotFound, and InvalidInput when a lab role names
    no lab or another role one."""
    if not may_manage_people(actor):
        raise Forbidden
    if (role in LAB_ROLES) != (lab_id is not None):
        raise InvalidInput(("lab", "required" if role in LAB_ROLES else "not_for_this_role"))
    user = queries.find_user(user_id)
    if user is None:
        raise NotFound
    row = {"user_id": user_id, "role": role, "lab_id": lab_id}
    if not insert_new(RoleGrant, **row, granted_by_id=actor.id, granted_at=now()) and not _for_good(row):
        return
    db.session.expire(user, ["every_grant"])
    grant = queries.find_grant(user_id, role, lab_id)
    if grant is not None:
        publish(
            RoleGranted(
                actor_id=actor.id,
                subject_id=user_id,
                grant_id=grant.id,
                role=role.value,
                lab_id=lab_id,
            )
        )


def _for_good(row: dict[str, Any]) -> bool:
    """Make what a deputy had, or has, for a time theirs for good. False where it is already."""
    grant = queries.find_grant(row["user_id"], row["role"], row["lab_id"])
    if grant is None or grant.deputy_for_id is None:
        return False
    grant.valid_from = grant.valid_until = grant.deputy_for_id = None
    db.session.flush()
    return True


def end_deputies_of(user_id: int, lab_id: int | None = None) -> None:
    """Nobody stands in for who has no say any more: in the lab, or anywhere."""
    for grant in queries.list_deputies_of(user_id):
        if lab_id is None or grant.lab_id == lab_id:
            deputy = grant.user
            db.session.delete(grant)
            db.session.flush()
            db.session.expire(deputy, ["every_grant"])


@unit_of_work
def withdraw_role(*, actor: Actor, user_id: int, grant_id: int) -> None:
    """It counts from the next request on. Raises Forbidden, NotFound and LastAdmin."""
    if not may_manage_people(actor):
        raise Forbidden
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None or grant.user_id != user_id:
        raise NotFound
    if grant.role is Role.ADMIN:
        keep_an_admin(without_user_id=user_id)
    user = grant.user
    db.session.delete(grant)
    db.session.flush()
    db.session.expire(user, ["every_grant"])
    if grant.lab_id is not None:
        end_deputies_of(user_id, grant.lab_id)
    publish(RoleWithdrawn(actor_id=actor.id, subject_id=user_id, role=grant.role.value, lab_id=grant.lab_id))


def keep_an_admin(*, without_user_id: int) -> None:
    """Raises LastAdmin when nobody else could give roles back.

    Locks the grants of all admins first: of two admins who remove each other at once the second waits,
    and finds that it would be the last.
    """
    admins = select(RoleGrant.id).where(RoleGrant.role == Role.ADMIN).order_by(RoleGrant.id)
    db.session.execute(admins.with_for_update())
    if not queries.count_active_admins(without_user_id=without_user_id):
        raise LastAdmin
