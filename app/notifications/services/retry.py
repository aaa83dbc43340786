"""Giving a failed mail another chance."""

from app.core.clock import real_now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, NotFound, WrongState
from app.extensions import db
from app.notifications.models import Mail, MailState
from app.notifications.permissions import may_see_outbox
from app.web.access import Actor


@unit_of_work
def retry_mail(*, actor: Actor, mail_id: int) -> None:
    """Queue a failed mail anew, with its old Message-ID. One with a secret link is past retrying: its
    text is wiped, and the person asks for a new link."""
    if not may_see_outbox(actor):
        raise Forbidden
    mail = db.session.get(Mail, mail_id)
    if mail is None:
        raise NotFound
    if mail.state is not MailState.FAILED or mail.is_secret:
        raise WrongState
    mail.state, mail.due_at, mail.attempts = MailState.QUEUED, real_now(), 0
