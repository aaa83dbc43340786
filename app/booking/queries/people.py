"""Who answers for a lab, and for a company."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.accounts.models import Membership, MembershipRole, Role, RoleGrant, User
from app.booking.models import Booking
from app.booking.permissions import DECIDERS, is_concerned
from app.extensions import db


def list_deciders(lab_ids: Collection[int]) -> Sequence[User]:
    """The managers and approvers of these labs who can sign in, each once."""
    return _with_roles(lab_ids, DECIDERS)


def list_safety_officers(lab_ids: Collection[int]) -> Sequence[User]:
    """The safety officers of these labs who can sign in, each once."""
    return _with_roles(lab_ids, (Role.SAFETY_OFFICER,))


def list_with_role(lab_ids: Collection[int], role: Role) -> Sequence[User]:
    """Those who have the role in one of these labs and can sign in, each once."""
    return _with_roles(lab_ids, (role,))


def list_office() -> Sequence[User]:
    """The people of the liaison office who can sign in."""
    return db.session.scalars(
        select(User)
        .where(
            User.id.in_(select(RoleGrant.user_id).where(RoleGrant.role == Role.LIAISON)),
            User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
        .order_by(User.id)
    ).all()


def list_askers(booking: Booking) -> Sequence[User]:
    """Who hears of the booking on the company's side: who asked, or its admins when they have left."""
    if booking.requester.is_active and is_concerned(booking.requester, booking):
        return [booking.requester]
    return db.session.scalars(
        select(User)
        .join(User.memberships)
        .where(
            Membership.organisation_id == booking.organisation_id,
            Membership.role == MembershipRole.ADMIN,
            Membership.ended_at.is_(None),
            User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
        .order_by(User.id)
    ).all()


def list_members(organisation_id: int) -> Sequence[User]:
    """The organisation's people who can sign in, by name."""
    return db.session.scalars(
        select(User)
        .join(User.memberships)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
        .order_by(User.name, User.id)
    ).all()


def _with_roles(lab_ids: Collection[int], roles: Collection[Role]) -> Sequence[User]:
    return db.session.scalars(
        select(User)
        .where(
            User.id.in_(
                select(RoleGrant.user_id).where(RoleGrant.lab_id.in_(lab_ids), RoleGrant.role.in_(roles))
            ),
            User.disabled_at.is_(None),
            User.activated_at.is_not(None),
        )
        .order_by(User.id)
    ).all()
