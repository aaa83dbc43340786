"""Old news is thrown away: what is kept can be lost, and people's letters are not ours to collect."""

from datetime import timedelta

from sqlalchemy import delete

from app.core.clock import now
from app.core.db import unit_of_work
from app.extensions import db
from app.notifications.models import Mail, MailState, Notice

KEPT_MAIL = timedelta(days=90)
KEPT_NOTICES = timedelta(days=180)


@unit_of_work
def forget_old_news() -> int:
    """Delete mail that was sent and notices that were read long ago; failed mail stays to be seen."""
    old_mail = (Mail.state == MailState.SENT) & (Mail.sent_at < now() - KEPT_MAIL)
    old_notices = Notice.read_at < now() - KEPT_NOTICES
    gone = [db.session.execute(delete(Mail).where(old_mail).returning(Mail.id))]
    gone.append(db.session.execute(delete(Notice).where(old_notices).returning(Notice.id)))
    return sum(len(result.all()) for result in gone)
