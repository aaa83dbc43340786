"""Bearer tokens for programs. Whose a token is is never asked: always the actor's."""

from sqlalchemy import update

from app.accounts import queries
from app.accounts.events import ApiTokenMade, ApiTokenRevoked
from app.accounts.models import ApiToken, User
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.events import publish
from app.core.text import one_line
from app.core.tokens import new_token, token_hash
from app.extensions import db

MOST = 20
"""Tokens a person may hold at a time: enough for programs, and a list that can be read."""


@unit_of_work
def make_api_token(*, actor: User, name: str) -> str:
    """The token, to be shown once. Raises InvalidInput for no name, WrongState for too many tokens."""
    name = one_line(name)[:100]
    if not name:
        raise InvalidInput(("name", "required"))
    if len(queries.list_api_tokens(actor)) >= MOST:
        raise WrongState("too-many-tokens", most=MOST)
    token = new_token()
    row = ApiToken(user_id=actor.id, name=name, token_hash=token_hash(token), created_at=now())
    db.session.add(row)
    db.session.flush()
    publish(ApiTokenMade(actor_id=actor.id, subject_id=actor.id, token_id=row.id))
    return token


@unit_of_work
def revoke_api_token(*, actor: User, token_id: int) -> None:
    """It stops working now. NotFound for somebody else's."""
    for row in queries.list_api_tokens(actor):
        if row.id == token_id:
            row.revoked_at = now()
            publish(ApiTokenRevoked(actor_id=actor.id, subject_id=actor.id, token_id=token_id))
            return
    raise NotFound


@unit_of_work
def end_every_api_token(*, user_id: int) -> None:
    """No token of the person works any more."""
    theirs = (ApiToken.user_id == user_id) & ApiToken.revoked_at.is_(None)
    db.session.execute(update(ApiToken).where(theirs).values(revoked_at=now()))
