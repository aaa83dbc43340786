"""Whose an API token is."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.accounts.models import ApiToken, User
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Busy
from app.core.tokens import token_hash
from app.extensions import db

SEEN_EVERY = timedelta(minutes=1)
"""last_used_at is kept to the minute: not every request has to write."""


def owner_of_token(token: str) -> User | None:
    """The person this token belongs to, with their rights; None when it does not work (any more)."""
    row = db.session.execute(
        select(ApiToken.id, ApiToken.user_id, ApiToken.last_used_at).where(
            ApiToken.token_hash == token_hash(token), ApiToken.revoked_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        return None
    if row.last_used_at is None or row.last_used_at <= now() - SEEN_EVERY:
        _try_to_note_use(row.id, now())
    user = db.session.get(User, row.user_id)
    return user if user is not None and user.is_active else None


def _try_to_note_use(token_id: int, at: datetime) -> None:
    with suppress(Busy):  # the next request will note it; this one has better things to wait for
        _note_use(token_id, at)


@unit_of_work
def _note_use(token_id: int, at: datetime) -> None:
    db.session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=at))
