"""Erasing what accounts no longer need."""

from datetime import timedelta

from sqlalchemy import delete

from app.accounts import queries
from app.accounts.events import UserForgotten
from app.accounts.models import OneTimeToken, User
from app.accounts.services.sessions import forget_ended_sessions
from app.accounts.services.throttle import forget_past_tries
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.events import publish
from app.extensions import db

KEPT_LINKS = timedelta(days=30)
KEPT_REGISTRATIONS = timedelta(days=7)
"""How long a registration waits for its address to be proved."""


def forget_stale_access() -> int:
    """Sessions, counts and links that are over, and registrations that nobody confirmed."""
    return forget_ended_sessions() + forget_past_tries() + _forget_links() + _forget_registrations()


@unit_of_work
def _forget_links() -> int:
    old = OneTimeToken.expires_at < now() - KEPT_LINKS
    return len(db.session.execute(delete(OneTimeToken).where(old).returning(OneTimeToken.id)).all())


@unit_of_work
def _forget_registrations() -> int:
    """The row stays, because events point to it; who it was does not."""
    stale = queries.list_stale_registrations(now() - KEPT_REGISTRATIONS)
    for user in stale:
        _forget(user)
    return len(stale)


def _forget(user: User) -> None:
    user.email, user.name, user.phone = f"forgotten-{user.id}@invalid", "", None
    user.disabled_at = now()
    for membership in user.memberships:
        membership.ended_at = membership.organisation.closed_at = now()
    db.session.execute(delete(OneTimeToken).where(OneTimeToken.user_id == user.id))
    publish(UserForgotten(actor_id=None, subject_id=user.id))
