"""Changing one's password, with the present one."""

from uuid import uuid4

from app.accounts import passwords
from app.accounts.errors import WrongPassword
from app.accounts.events import PasswordChanged
from app.accounts.models import TokenPurpose, User
from app.accounts.rules.limits import PASSWORD_CHECK
from app.accounts.rules.passwords import fault
from app.accounts.services.links import void_links
from app.accounts.services.sessions import end_every_session, open_session
from app.accounts.services.sign_in import Visit
from app.accounts.services.throttle import count_tries, take_back
from app.core.db import unit_of_work
from app.core.errors import InvalidInput
from app.core.events import publish
from app.extensions import db


def change_password(*, actor: User, present: str, password: str, visit: Visit) -> str:
    """Every session ends, this one goes on under a new secret, which is returned.

    Raises WrongPassword, InvalidInput, and TooMany after many wrong tries.
    """
    user_id, about, present_hash = actor.id, (actor.email, actor.name), actor.password_hash
    tries = (PASSWORD_CHECK, str(user_id))
    count_tries(tries)
    if not passwords.is_right(present_hash, present):
        raise WrongPassword
    take_back(tries)
    if wrong := fault(password, about=about):
        raise InvalidInput(("password", wrong))
    return _change(user_id, present_hash, passwords.hash_password(password), visit)


@unit_of_work
def _change(user_id: int, present_hash: str | None, password_hash: str, visit: Visit) -> str:
    user = db.session.get_one(User, user_id, with_for_update=True)
    if user.password_hash != present_hash or not user.is_active:
        raise WrongPassword  # it was changed elsewhere while we compared
    user.password_hash = password_hash
    void_links(user_id=user_id, purposes=(TokenPurpose.RESET,))
    end_every_session(user_id=user_id)
    publish(PasswordChanged(actor_id=user_id, subject_id=user_id, by_link=False, change=uuid4().hex))
    return open_session(user=user, address=visit.address, browser=visit.browser)
