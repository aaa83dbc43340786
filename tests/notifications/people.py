"""Recipients and letters for the tests of notifications."""

from app.accounts.models import User
from app.core.db import unit_of_work
from app.extensions import db
from app.notifications.letters import Letter
from app.notifications.models import Mail
from app.notifications.recipients import Recipient
from app.notifications.services.write import queue_mail

LETTER = Letter(subject="A subject", text="A text\n", html="<p>A text</p>")


def recipient(user: User | None = None, **values: object) -> Recipient:
    """The person as a recipient; without one, an address without account."""
    person = {
        "id": user.id if user else None,
        "address": user.email if user else "visitor@example.com",
        "name": user.name if user else "Visitor",
        "language": user.language if user else "en",
        "zone_name": "Asia/Tehran",
    }
    return Recipient(**{**person, **values})  # type: ignore[arg-type]


def queued(number: int = 1, **values: object) -> list[Mail]:
    """That many mails in the outbox, each to an address of its own."""

    @unit_of_work
    def queue() -> None:
        for n in range(number):
            queue_mail(
                to=recipient(address=f"visitor-{n}@example.com"), letter=LETTER, dedup=f"test:{n}", **values
            )

    queue()
    return mails()


def mails() -> list[Mail]:
    """The outbox as it is now."""
    db.session.rollback()
    return list(db.session.query(Mail).order_by(Mail.id))
