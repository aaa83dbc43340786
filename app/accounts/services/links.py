"""Links in mails: made with a secret that is stored as a hash, used once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from app.accounts.errors import LinkUnusable
from app.accounts.models import OneTimeToken, TokenPurpose
from app.accounts.queries import select_usable_link
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.tokens import new_token
from app.core.tokens import token_hash as hash_of
from app.extensions import db

LASTS = {
    TokenPurpose.ACTIVATE: timedelta(days=1),
    TokenPurpose.RESET: timedelta(minutes=30),
    TokenPurpose.INVITE: timedelta(days=14),
    TokenPurpose.TAKE_OVER: timedelta(minutes=60),
}


@unit_of_work
def make_link(
    purpose: TokenPurpose,
    *,
    email: str,
    user_id: int | None = None,
    organisation_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> tuple[OneTimeToken, str]:
    """A new link and its secret, which nobody can read again."""
    token = new_token()
    link = OneTimeToken(
        purpose=purpose,
        token_hash=hash_of(token),
        email=email,
        user_id=user_id,
        organisation_id=organisation_id,
        data=data or {},
        created_at=now(),
        expires_at=now() + LASTS[purpose],
    )
    db.session.add(link)
    db.session.flush()
    return link, token


@unit_of_work
def use_link(purpose: TokenPurpose, token: str) -> OneTimeToken:
    """The link, used up: of two who come with it at once the second finds it so. Raises LinkUnusable."""
    link = db.session.scalars(select_usable_link(purpose, token).with_for_update()).one_or_none()
    if link is None:
        raise LinkUnusable
    link.used_at = now()
    return link


@unit_of_work
def void_links(*, user_id: int, purposes: tuple[TokenPurpose, ...]) -> None:
    """No link of these kinds opens the account any more."""
    theirs = (OneTimeToken.user_id == user_id) & OneTimeToken.purpose.in_(purposes)
    unused = theirs & OneTimeToken.used_at.is_(None)
    db.session.execute(update(OneTimeToken).where(unused).values(used_at=now(), data={}))
