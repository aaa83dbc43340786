"""Short ways to make and to read feeds in tests."""

from typing import Any

import icalendar
from flask.testing import FlaskClient

from app.accounts.models import Organisation, User
from app.calendars.models import FeedDetail, FeedScope
from app.calendars.services.addresses import create_feed
from app.inventory.models import Equipment, Lab, Unit

SCOPES: dict[type, FeedScope] = {
    Equipment: FeedScope.EQUIPMENT,
    Lab: FeedScope.LAB,
    Organisation: FeedScope.ORGANISATION,
    Unit: FeedScope.UNIT,
}


def address(
    actor: User,
    about: FeedScope | Equipment | Lab | Organisation | Unit = FeedScope.MINE,
    *,
    detail: FeedDetail = FeedDetail.FULL,
    language: str = "en",
) -> str:
    """The path of a new feed of this person: of a thing, or of one of the scopes about oneself."""
    scope, scope_id = (about, None) if isinstance(about, FeedScope) else (SCOPES[type(about)], about.id)
    _, token = create_feed(actor=actor, scope=scope, scope_id=scope_id, detail=detail, language=language)
    return f"/calendars/{token}.ics"


def events(client: FlaskClient, path: str) -> list[Any]:
    """The entries of a feed, as icalendar reads them."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    calendar = icalendar.Calendar.from_ical(answer.data)
    found = calendar.walk("VEVENT")
    assert [error for event in found for error in event.errors] == []
    return list(found)


def only_event(client: FlaskClient, path: str) -> Any:
    (event,) = events(client, path)
    return event
