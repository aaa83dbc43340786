"""The steps of a mail on its way out, each a short transaction; the sending itself lies between them.

A sender takes one mail at a time under a lease. One that dies between sending and marking leaves its
lease to run out, and the mail goes out again with the same Message-ID: at least once, never lost.
"""

from datetime import timedelta

from sqlalchemy import and_, or_, select

from app.core.clock import now, real_now
from app.core.db import unit_of_work
from app.extensions import db
from app.notifications.models import Mail, MailState
from app.notifications.rules.backoff import next_try

LEASE = timedelta(minutes=5)


@unit_of_work
def take_mail() -> Mail | None:
    """The mail that has waited longest, for this sender alone until the lease ends; None: nothing due."""
    at = real_now()
    is_due = and_(Mail.state == MailState.QUEUED, Mail.due_at <= at)
    was_dropped = and_(Mail.state == MailState.SENDING, Mail.lease_until <= at)
    mail = db.session.scalars(
        select(Mail)
        .where(or_(is_due, was_dropped))
        .order_by(Mail.due_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if mail is None:
        return None
    mail.state, mail.lease_until, mail.attempts = MailState.SENDING, at + LEASE, mail.attempts + 1
    return mail


@unit_of_work
def mark_sent(*, mail_id: int) -> None:
    """It has left, also when the lease had ended meanwhile."""
    mail = db.session.get_one(Mail, mail_id)
    mail.state, mail.sent_at, mail.lease_until, mail.last_error = MailState.SENT, now(), None, None
    _wipe_secret(mail)


@unit_of_work
def put_back(*, mail_id: int, attempt: int, error: str) -> None:
    """It could not be sent this time: later again, or given up after the last try."""
    mail = _still_ours(mail_id, attempt)
    if mail is None:
        return
    due_at = next_try(attempt, real_now())
    if due_at is None:
        _fail(mail, error)
    else:
        mail.state, mail.due_at, mail.lease_until = MailState.QUEUED, due_at, None
        mail.last_error = error[:400]


@unit_of_work
def give_up(*, mail_id: int, attempt: int, error: str) -> None:
    """It will never be taken. Admins see it among the failed."""
    mail = _still_ours(mail_id, attempt)
    if mail is not None:
        _fail(mail, error)


def _still_ours(mail_id: int, attempt: int) -> Mail | None:
    """The mail, unless another sender took it over when our lease had ended."""
    mail = db.session.get_one(Mail, mail_id, with_for_update=True)
    return mail if mail.state is MailState.SENDING and mail.attempts == attempt else None


def _fail(mail: Mail, error: str) -> None:
    mail.state, mail.lease_until, mail.last_error = MailState.FAILED, None, error[:400]
    _wipe_secret(mail)


def _wipe_secret(mail: Mail) -> None:
    if mail.is_secret:
        mail.text, mail.html = "", None
