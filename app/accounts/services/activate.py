"""Proving an address: the link of a registration is used, and what its form said takes effect."""

from app.accounts.errors import LinkUnusable
from app.accounts.events import UserActivated
from app.accounts.models import Membership, TokenPurpose, User
from app.accounts.services.links import use_link, void_links
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.events import publish


@unit_of_work
def activate_user(*, token: str) -> User:
    """Open the account with the name, password and organisation typed along with this link.

    Other registrations of the same address fall away, and their organisations are closed: somebody
    else may have typed them. Raises LinkUnusable.
    """
    link = use_link(TokenPurpose.ACTIVATE, token)
    user, typed = link.user, link.data
    if user is None or user.activated_at is not None or user.disabled_at is not None:
        raise LinkUnusable
    user.name, user.language = typed["name"], typed["language"]
    user.password_hash, user.activated_at = typed["password_hash"], now()
    link.data = {}
    for membership in user.memberships:
        if membership.organisation_id != link.organisation_id:
            _drop(membership)
    void_links(user_id=user.id, purposes=(TokenPurpose.ACTIVATE,))
    publish(UserActivated(actor_id=user.id, subject_id=user.id, organisation_id=link.organisation_id))
    return user


def _drop(membership: Membership) -> None:
    membership.ended_at = membership.organisation.closed_at = now()
