"""Signed-in browsers: opened, resumed at every request, ended. The row decides, not the cookie."""

from sqlalchemy import ColumnElement, delete

from app.accounts import queries
from app.accounts.events import SessionsEnded, SignedIn
from app.accounts.models import User, UserSession
from app.accounts.rules.limits import SESSION_IDLE, SESSION_LONGEST
from app.accounts.services.seen import note_use
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import NotFound
from app.core.events import publish
from app.core.tokens import new_token, token_hash
from app.extensions import db


@unit_of_work
def open_session(*, user: User, address: str, browser: str) -> str:
    """Sign a browser in; the secret for its cookie."""
    token = new_token()
    row = UserSession(
        user_id=user.id,
        token_hash=token_hash(token),
        created_at=now(),
        seen_at=now(),
        expires_at=now() + SESSION_LONGEST,
        address=address[:45],
        browser=browser[:200],
    )
    db.session.add(row)
    db.session.flush()
    publish(SignedIn(actor_id=user.id, subject_id=user.id, session_id=row.id))
    return token


def resume_session(token: str) -> User | None:
    """The person whose browser sends this secret, with today's rights; None when the session is over.

    One that is found over is deleted, so that it stays over whatever the clock does.
    """
    row = queries.find_session(token)
    if row is None:
        return None
    if not row.user.is_active or now() >= row.expires_at or now() - row.seen_at >= SESSION_IDLE:
        end_session(token=token)
        return None
    if note_use(UserSession.seen_at, row.id, row.seen_at):
        row = queries.find_session(token)
    return row.user if row is not None else None


@unit_of_work
def end_session(*, token: str) -> None:
    """Sign the browser out; nothing when it is out already."""
    db.session.execute(delete(UserSession).where(UserSession.token_hash == token_hash(token)))


@unit_of_work
def end_session_of(*, actor: User, session_id: int) -> None:
    """Sign out one of the actor's browsers. NotFound for anybody else's."""
    if not _end(actor, (UserSession.id == session_id) & (UserSession.user_id == actor.id)):
        raise NotFound


@unit_of_work
def end_other_sessions(*, actor: User, token: str) -> None:
    """Sign out every browser of the actor but the one with this secret."""
    _end(actor, (UserSession.user_id == actor.id) & (UserSession.token_hash != token_hash(token)))


@unit_of_work
def end_every_session(*, user_id: int) -> None:
    """Sign the person out everywhere."""
    db.session.execute(delete(UserSession).where(UserSession.user_id == user_id))


@unit_of_work
def forget_ended_sessions() -> int:
    """Delete the sessions that are over by now."""
    over = (UserSession.expires_at <= now()) | (UserSession.seen_at <= now() - SESSION_IDLE)
    return len(db.session.execute(delete(UserSession).where(over).returning(UserSession.id)).all())


def _end(actor: User, which: ColumnElement[bool]) -> bool:
    """End these; whether there were any."""
    ended = db.session.scalars(delete(UserSession).where(which).returning(UserSession.id)).all()
    if ended:
        publish(SessionsEnded(actor_id=actor.id, subject_id=actor.id, session_ids=tuple(sorted(ended))))
    return bool(ended)
