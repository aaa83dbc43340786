"""Marking news as read."""

from sqlalchemy import update

from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import NotFound
from app.extensions import db
from app.notifications.models import Notice
from app.web.access import Actor


@unit_of_work
def mark_read(*, actor: Actor, notice_id: int) -> Notice:
    """The notice, read. NotFound for one that is not the actor's."""
    notice = db.session.get(Notice, notice_id)
    if notice is None or notice.user_id != actor.id:
        raise NotFound
    notice.read_at = notice.read_at or now()
    return notice


@unit_of_work
def mark_all_read(*, actor: Actor) -> None:
    """Everything the actor has not read yet counts as read."""
    unread = (Notice.user_id == actor.id) & Notice.read_at.is_(None)
    db.session.execute(update(Notice).where(unread).values(read_at=now()))
