"""Whose an API token is."""

from sqlalchemy import select

from app.accounts.models import ApiToken, User
from app.accounts.services.seen import note_use
from app.core.tokens import token_hash
from app.extensions import db


def owner_of_token(token: str) -> User | None:
    """The person this token belongs to, with their rights; None when it does not work (any more)."""
    row = db.session.execute(
        select(ApiToken.id, ApiToken.user_id, ApiToken.last_used_at).where(
            ApiToken.token_hash == token_hash(token), ApiToken.revoked_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        return None
    note_use(ApiToken.last_used_at, row.id, row.last_used_at)
    user = db.session.get(User, row.user_id)
    return user if user is not None and user.is_active else None
