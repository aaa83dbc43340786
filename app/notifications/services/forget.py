"""Old news is thrown away: what is kept can be lost, and people's letters are not ours to collect."""

from datetime import timedelta

from sqlalchemy import delete

from app.core.clock import now
from app.core.db import unit_of_work
from app.extensions import db
from app.notifications.models import Mail, MailState, Notice

KEPT_MAIL = timedelta(days=90)
KEPT_WIPED = timedelta(days=7)
"""Failed mail whose link was wiped cannot be sent again: it only says that somebody waited for it."""
KEPT_NOTICES = timedelta(days=180)


@unit_of_work
def forget_old_news() -> int:
    """Delete mail that was sent or given up and notices, read or not, once they are old.

    Failed mail can be looked at and sent again until then. Mail that waits is never deleted.
    """
    was_sent = (Mail.state == MailState.SENT) & (Mail.sent_at < now() - KEPT_MAIL)
    has_failed = (Mail.state == MailState.FAILED) & (Mail.created_at < now() - KEPT_MAIL)
    is_wiped = (Mail.state == MailState.FAILED) & Mail.is_secret & (Mail.created_at < now() - KEPT_WIPED)
    old_notices = Notice.created_at < now() - KEPT_NOTICES
    gone = [db.session.execute(delete(Mail).where(was_sent | has_failed | is_wiped).returning(Mail.id))]
    gone.append(db.session.execute(delete(Notice).where(old_notices).returning(Notice.id)))
    return sum(len(result.all()) for result in gone)
