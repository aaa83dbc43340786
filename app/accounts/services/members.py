"""Who acts for an organisation, once they have joined."""

from sqlalchemy import select

from app.accounts import queries
from app.accounts.errors import LastOrganisationAdmin
from app.accounts.events import MemberLeft, MemberRoleChanged
from app.accounts.models import Membership, MembershipRole, Organisation, User
from app.accounts.permissions import may_administer
from app.accounts.services.organisations import get_organisation_for
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, NotFound
from app.core.events import publish
from app.extensions import db


@unit_of_work
def change_member_role(*, actor: User, organisation_id: int, user_id: int, role: MembershipRole) -> None:
    """Raises NotFound, Forbidden, and LastOrganisationAdmin."""
    organisation, membership = _membership(actor, organisation_id, user_id)
    if not may_administer(actor, organisation):
        raise Forbidden
    if membership.role is role:
        return
    _keep_an_admin(membership)
    membership.role = role
    publish(
        MemberRoleChanged(actor_id=actor.id, subject_id=organisation_id, user_id=user_id, role=role.value)
    )


@unit_of_work
def end_membership(*, actor: User, organisation_id: int, user_id: int) -> None:
    """The person no longer acts for it: sent away by its admins, or leaving by themselves.

    Raises NotFound, Forbidden, and LastOrganisationAdmin.
    """
    organisation, membership = _membership(actor, organisation_id, user_id)
    if actor.id != user_id and not may_administer(actor, organisation):
        raise Forbidden
    _keep_an_admin(membership)
    membership.ended_at = now()
    publish(MemberLeft(actor_id=actor.id, subject_id=organisation_id, user_id=user_id))


def _membership(actor: User, organisation_id: int, user_id: int) -> tuple[Organisation, Membership]:
    """Locked with the organisation's other memberships, so that two admins cannot remove each other."""
    organisation = get_organisation_for(actor, organisation_id)
    db.session.execute(
        select(Membership.id)
        .where(Membership.organisation_id == organisation_id)
        .order_by(Membership.id)
        .with_for_update()
    )
    for membership in queries.list_members(organisation):
        if membership.user_id == user_id:
            return organisation, membership
    raise NotFound


def _keep_an_admin(membership: Membership) -> None:
    others = [m for m in queries.list_members(membership.organisation) if m.user_id != membership.user_id]
    if membership.role is MembershipRole.ADMIN and not any(m.role is MembershipRole.ADMIN for m in others):
        raise LastOrganisationAdmin
