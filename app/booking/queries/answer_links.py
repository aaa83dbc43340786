"""Links to answer from a letter."""

from sqlalchemy import delete, select

from app.accounts.models import User
from app.booking.models import AnswerLink
from app.core.clock import now
from app.core.tokens import token_hash
from app.extensions import db


def find_answer_link(token: str, *, for_update: bool = False) -> AnswerLink | None:
    """The link with this secret, used or not; None where there is none, or it has run out."""
    wanted = select(AnswerLink).where(
        AnswerLink.token_hash == token_hash(token), AnswerLink.expires_at > now()
    )
    if for_update:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def name_of(user_id: int | None) -> str | None:
    """Who that is, for who was told of it anyway."""
    return None if user_id is None else db.session.scalar(select(User.name).where(User.id == user_id))


def delete_past_links() -> int:
    """How many links that have run out were there."""
    return len(
        db.session.execute(
            delete(AnswerLink).where(AnswerLink.expires_at <= now()).returning(AnswerLink.id)
        ).all()
    )
