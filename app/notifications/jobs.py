"""Regular work: sending the outbox. The talk with the mail server lies outside every transaction."""

import logging
from email.message import EmailMessage

from flask import current_app

from app.notifications.mime import compose
from app.notifications.models import Mail
from app.notifications.services.deliver import give_up, mark_sent, put_back, take_mail
from app.notifications.transports import Deferred, Refused, Transport, Unreachable, open_transport

MOST_IN_A_RUN = 500

log = logging.getLogger(__name__)


def deliver_mail() -> int:
    """Send what is due, oldest first; how many left. Stops when the way out is closed."""
    sent = 0
    with open_transport(current_app.config["MAIL_URL"]) as transport:
        for _ in range(MOST_IN_A_RUN):
            mail = take_mail()
            if mail is None:
                break
            try:
                sent += _deliver(mail, transport)
            except Unreachable as error:
                put_back(mail_id=mail.id, attempt=mail.attempts, error=str(error))
                break
    return sent


def _deliver(mail: Mail, transport: Transport) -> bool:
    """Try to send one mail; whether it left. Raises Unreachable."""
    mail_id, attempt = mail.id, mail.attempts
    try:
        transport.send(_composed(mail))
    except Unreachable:
        raise
    except Refused as error:
        give_up(mail_id=mail_id, attempt=attempt, error=str(error))
    except Deferred as error:
        put_back(mail_id=mail_id, attempt=attempt, error=str(error))
    except Exception as error:  # whatever one mail does to us must not keep the others from leaving
        log.exception("mail %s could not be sent", mail_id)
        put_back(mail_id=mail_id, attempt=attempt, error=type(error).__name__)
    else:
        mark_sent(mail_id=mail_id)
        return True
    return False


def _composed(mail: Mail) -> EmailMessage:
    return compose(mail, current_app.config["MAIL_FROM"])
