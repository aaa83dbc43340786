"""Every SELECT of notifications."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.core.counting import Count
from app.core.errors import Forbidden
from app.extensions import db
from app.notifications.models import Mail, MailState, Notice
from app.notifications.permissions import may_see_outbox
from app.web.access import Actor

PAGE = 50


@dataclass(frozen=True)
class OutboxState:
    """How the mail is doing: how many wait, since when the oldest, and how many were given up."""

    waiting: int
    oldest_due_at: datetime | None
    failed: int


def list_notices(actor: Actor, *, before: int | None = None) -> list[Notice]:
    """The actor's news, newest first, a page of them; those older than the notice `before`."""
    mine = select(Notice).where(Notice.user_id == actor.id).order_by(Notice.id.desc()).limit(PAGE)
    if before is not None:
        mine = mine.where(Notice.id < before)
    return list(db.session.scalars(mine))


def select_unread(actor: Actor) -> Count:
    """How many notices this person has not read."""
    return select(func.count()).where(Notice.user_id == actor.id, Notice.read_at.is_(None))


def count_unread(actor: Actor) -> int:
    return int(db.session.execute(select_unread(actor)).scalar_one())


def list_failed_mail(actor: Actor) -> list[Mail]:
    """Mail that was given up, newest first. Raises Forbidden."""
    if not may_see_outbox(actor):
        raise Forbidden
    failed = select(Mail).where(Mail.state == MailState.FAILED).order_by(Mail.id.desc()).limit(PAGE)
    return list(db.session.scalars(failed))


def count_failed_mail(actor: Actor) -> int:
    """How much mail was given up. Raises Forbidden."""
    if not may_see_outbox(actor):
        raise Forbidden
    return db.session.scalar(select(func.count(Mail.id)).where(Mail.state == MailState.FAILED)) or 0


def outbox_state() -> OutboxState:
    """The outbox in three numbers."""
    waiting = Mail.state.in_([MailState.QUEUED, MailState.SENDING])
    count, oldest = db.session.execute(select(func.count(), func.min(Mail.due_at)).where(waiting)).one()
    failed = select(func.count()).where(Mail.state == MailState.FAILED)
    return OutboxState(count, oldest, db.session.execute(failed).scalar_one())
