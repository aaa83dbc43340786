"""Signing in: throttled, then compared, then a new session.

Whether an address has an account stays unsaid, in words, in status and in time.
"""

from dataclasses import dataclass

from app.accounts import passwords, queries
from app.accounts.errors import SignInRefused
from app.accounts.models import User
from app.accounts.rules.addresses import LONGEST_EMAIL, network_of, normalised_email
from app.accounts.rules.limits import SIGN_IN_ACCOUNT, SIGN_IN_ADDRESS, SIGN_IN_BROWSER, SIGN_IN_PAIR
from app.accounts.services.sessions import open_session
from app.accounts.services.throttle import Counted, count_tries, take_back
from app.core.db import unit_of_work
from app.core.text import clean
from app.extensions import db


@dataclass(frozen=True, kw_only=True)
class Visit:
    """From where somebody comes, as far as the server can tell."""

    address: str
    browser: str = ""
    known_as: tuple[int, str] | None = None
    """The account that was opened in this browser before, and what tells this browser from others."""


def sign_in(*, email: str, password: str, visit: Visit) -> tuple[User, str]:
    """The person and the secret of the new session. Raises SignInRefused and TooMany."""
    email = _as_stored(email)
    user_id, password_hash = queries.find_password_hash(email)
    counted = _counted(email, user_id, visit)
    count_tries(*counted)
    is_right = passwords.is_right(password_hash, password)
    if not is_right or user_id is None or password_hash is None:
        raise SignInRefused
    better = passwords.hash_password(password) if passwords.is_outdated(password_hash) else password_hash
    opened = _open(user_id, password_hash, better, visit)
    take_back(*counted)
    return opened


@unit_of_work
def _open(user_id: int, password_hash: str, better: str, visit: Visit) -> tuple[User, str]:
    """The session, unless the account was closed or the password changed while we compared."""
    user = db.session.get_one(User, user_id, with_for_update=True)
    if not user.is_active or user.password_hash != password_hash:
        raise SignInRefused
    user.password_hash = better
    return user, open_session(user=user, address=visit.address, browser=visit.browser)


def _counted(email: str, user_id: int | None, visit: Visit) -> tuple[Counted, ...]:
    network = network_of(visit.address)
    if visit.known_as is not None and visit.known_as[0] == user_id:
        return ((SIGN_IN_BROWSER, visit.known_as[1]),)
    return (SIGN_IN_PAIR, f"{email} {network}"), (SIGN_IN_ADDRESS, network), (SIGN_IN_ACCOUNT, email)


def _as_stored(email: str) -> str:
    try:
        return normalised_email(email)
    except ValueError:
        return clean(email).lower()[:LONGEST_EMAIL]  # nobody's address, but it takes as long
