"""What the tests of accounts need again and again."""

import re

from app.accounts import passwords
from app.accounts.models import Organisation, Throttle, User
from app.accounts.rules.limits import Limit
from app.accounts.services.register import Company, Person, Registration, register_company
from app.accounts.services.throttle import key_of
from app.core.clock import real_now
from app.core.db import unit_of_work
from app.core.event_log import EventRecord
from app.extensions import db
from app.notifications.models import Mail

GOOD_PASSWORD = "lantern quartz meadow"
ADDRESS = "192.0.2.7"
LINK = re.compile(r"https?://\S+/(?:activate|reset|invitations|bookings/confirm)/([\w-]+)")


def person(email: str = "new@example.com", **values: str) -> Person:
    given = {"name": "Sara Ahmadi", "language": "en", **values}
    return Person(email=email, password_hash=passwords.hash_password(GOOD_PASSWORD), **given)


def registered(email: str = "new@example.com", company: str = "New Company", **values: str) -> Registration:
    """Somebody who filled in the form and has not opened the mail yet."""
    made = register_company(person=person(email, **values), company=Company(name=company), address=ADDRESS)
    assert made is not None
    return made


def letters(address: str) -> list[Mail]:
    """The outbox for one address, oldest first."""
    db.session.rollback()
    return list(db.session.query(Mail).filter_by(address=address).order_by(Mail.id))


def token_for(address: str) -> str:
    """The secret of the link in the last mail to this address."""
    found = LINK.search(letters(address)[-1].text)
    assert found is not None, letters(address)[-1].text
    return found[1]


def user_called(email: str) -> User:
    db.session.rollback()
    return db.session.query(User).filter_by(email=email).one()


def organisation_called(name: str) -> Organisation:
    db.session.rollback()
    return db.session.query(Organisation).filter_by(name=name).one()


def events(name: str) -> list[dict[str, object]]:
    """What was recorded of one kind of event, with actor and subject."""
    db.session.rollback()
    rows = db.session.query(EventRecord).filter_by(name=name).order_by(EventRecord.id)
    return [{"actor_id": row.actor_id, "subject_id": row.subject_id, **row.data} for row in rows]


@unit_of_work
def used_up(limit: Limit, whose: str) -> None:
    """As if that had been tried as often as it may be."""
    ends_at = real_now() + limit.window
    db.session.add(Throttle(key=key_of(limit, whose), count=limit.most, window_ends_at=ends_at))
