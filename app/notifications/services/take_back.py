"""News that is not true any more, and has reached nobody's letter box yet."""

from sqlalchemy import delete, select

from app.core.db import unit_of_work
from app.extensions import db
from app.notifications.models import Mail, MailState, Notice


@unit_of_work
def take_back_news(*, bundle: str) -> bool:
    """Remove the mail and the notices of the bundle. False, and nothing is changed, where a mail has left.

    A sender that has taken a mail may be sending it at this moment: that counts as having left.
    """
    # Kept from the senders until the unit of work ends: they skip what is locked.
    mails = db.session.scalars(select(Mail).where(Mail.bundle == bundle).with_for_update()).all()
    if any(mail.state is not MailState.QUEUED or mail.attempts for mail in mails):
        return False
    db.session.execute(delete(Mail).where(Mail.bundle == bundle))
    db.session.execute(delete(Notice).where(Notice.bundle == bundle))
    return True
