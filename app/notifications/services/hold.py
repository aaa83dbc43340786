"""Keeping mail from being sent that belongs to another time."""

from sqlalchemy import case, update

from app.core.db import unit_of_work
from app.extensions import db
from app.notifications.models import Mail, MailState


@unit_of_work
def hold_waiting_mail(*, reason: str) -> int:
    """Give up every mail that waits: admins see it among the failed and may send it by hand. How many.

    A text that holds a link into an account is wiped, as with all mail that is given up.
    """
    held = db.session.execute(
        update(Mail)
        .where(Mail.state.in_([MailState.QUEUED, MailState.SENDING]))
        .values(
            state=MailState.FAILED,
            lease_until=None,
            last_error=reason[:400],
            text=case((Mail.is_secret, ""), else_=Mail.text),
            html=case((Mail.is_secret, None), else_=Mail.html),
        )
        .returning(Mail.id)
    )
    return len(held.all())
