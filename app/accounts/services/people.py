"""Accounts as those who run the system handle them: made, closed, opened again."""

from app.accounts import queries
from app.accounts.events import UserCreated, UserDisabled, UserEnabled
from app.accounts.models import Role, TokenPurpose, User
from app.accounts.operator import Actor
from app.accounts.permissions import may_manage_people
from app.accounts.services.api_tokens import end_every_api_token
from app.accounts.services.links import void_links
from app.accounts.services.register import Person
from app.accounts.services.roles import end_deputies_of, keep_an_admin
from app.accounts.services.sessions import end_every_session
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.extensions import db


@unit_of_work
def create_user(*, actor: Actor, person: Person) -> User:
    """An account that is active at once. Raises Forbidden, and InvalidInput when the address has one."""
    if not may_manage_people(actor):
        raise Forbidden
    if queries.find_user_by_email(person.email) is not None:
        raise InvalidInput(("email", "taken"))
    user = User(
        email=person.email,
        name=person.name,
        password_hash=person.password_hash,
        language=person.language,
        created_at=now(),
        activated_at=now(),
    )
    db.session.add(user)
    db.session.flush()
    publish(UserCreated(actor_id=actor.id, subject_id=user.id))
    return user


@unit_of_work
def disable_user(*, actor: Actor, user_id: int) -> None:
    """Close the account: sessions, API tokens and links end now. Raises Forbidden, NotFound and LastAdmin."""
    user = _managed(actor, user_id)
    if user.disabled_at is not None:
        return
    if user.has_role(Role.ADMIN):
        keep_an_admin(without_user_id=user_id)
    user.disabled_at = now()
    end_every_session(user_id=user_id)
    end_every_api_token(user_id=user_id)
    void_links(user_id=user_id, purposes=tuple(TokenPurpose))
    end_deputies_of(user_id)
    publish(UserDisabled(actor_id=actor.id, subject_id=user_id))


@unit_of_work
def enable_user(*, actor: Actor, user_id: int) -> None:
    """Open the account again; what has ended stays ended. Raises Forbidden and NotFound."""
    user = _managed(actor, user_id)
    if user.disabled_at is not None:
        user.disabled_at = None
        publish(UserEnabled(actor_id=actor.id, subject_id=user_id))


def _managed(actor: Actor, user_id: int) -> User:
    if not may_manage_people(actor):
        raise Forbidden
    user = db.session.get(User, user_id, with_for_update=True)
    if user is None:
        raise NotFound
    return user
