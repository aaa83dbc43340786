"""A new password through a link in a mail, for those who cannot give the old one."""

from uuid import uuid4

from app.accounts import passwords, queries
from app.accounts.errors import LinkUnusable
from app.accounts.events import PasswordChanged, PasswordResetAsked
from app.accounts.models import TokenPurpose, User
from app.accounts.rules.addresses import network_of
from app.accounts.rules.limits import LINK_ADDRESS, LINK_EMAIL
from app.accounts.rules.passwords import fault
from app.accounts.services.api_tokens import end_every_api_token
from app.accounts.services.links import make_link, use_link, void_links
from app.accounts.services.register import repeat_activation
from app.accounts.services.sessions import end_every_session
from app.accounts.services.throttle import count_tries
from app.core.db import unit_of_work
from app.core.errors import InvalidInput
from app.core.events import publish


@unit_of_work
def ask_for_reset(*, email: str, address: str) -> None:
    """Mail a link, valid for half an hour, if this address has an account; older links are void.

    A registration that waits gets its activation mail again instead. Whoever asked is answered the same
    in every case. Raises TooMany (by e-mail and by network `address`).
    """
    # First of all: being refused must not take longer for an address that is known.
    count_tries((LINK_EMAIL, email), (LINK_ADDRESS, network_of(address)))
    user = queries.find_user_by_email(email)
    if user is not None and user.activated_at is None:
        repeat_activation(email=email)
        return
    if user is None or not user.is_active:
        return
    void_links(user_id=user.id, purposes=(TokenPurpose.RESET,))
    link, token = make_link(TokenPurpose.RESET, email=email, user_id=user.id)
    publish(PasswordResetAsked(actor_id=None, subject_id=user.id, link_id=link.id, link_token=token))


def reset_password(*, token: str, password: str) -> User:
    """Set the password through the link. Raises LinkUnusable and InvalidInput.

    Every session and API token ends: this is how somebody takes back an account that others were in.
    """
    link = queries.find_usable_link(TokenPurpose.RESET, token)
    if link is None or link.user is None:
        raise LinkUnusable
    if wrong := fault(password, about=(link.user.email, link.user.name)):
        raise InvalidInput(("password", wrong))
    return _set_password(token, passwords.hash_password(password))


@unit_of_work
def _set_password(token: str, password_hash: str) -> User:
    user = use_link(TokenPurpose.RESET, token).user
    if user is None or not user.is_active:
        raise LinkUnusable
    user.password_hash = password_hash
    void_links(user_id=user.id, purposes=(TokenPurpose.RESET,))
    end_every_session(user_id=user.id)
    end_every_api_token(user_id=user.id)
    publish(PasswordChanged(actor_id=user.id, subject_id=user.id, by_link=True, change=uuid4().hex))
    return user
