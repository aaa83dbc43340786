"""Opening a calendar for a program that comes with its address."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, update

from app.calendars.models import Feed, FeedDetail, FeedScope
from app.calendars.permissions import may_read
from app.calendars.queries.feeds import find_lab, find_open_feed
from app.calendars.queries.selection import Selection
from app.calendars.rules.window import PAST, window_at
from app.calendars.services.versions import Versioned, version_of
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Busy, NotFound
from app.core.spans import Span
from app.core.tokens import token_hash
from app.extensions import db


@dataclass(frozen=True)
class Opened:
    """A calendar that may be read now."""

    selection: Selection
    language: str
    window: Span
    version: Versioned
    feed_id: int | None = None
    """None for a public one."""
    last_used_at: datetime | None = None


def open_feed(token: str, *, site: str) -> Opened:
    """The calendar of this secret address, to be written for the server at `site`.

    Raises NotFound for a wrong or ended one, and when its person may not read it (any more).
    """
    feed = find_open_feed(token_hash(token))
    if feed is None or not may_read(feed.user, feed.scope, feed.scope_id):
        raise NotFound
    window = window_at(now())
    selection = Selection(feed.user, feed.scope, feed.scope_id, feed.detail)
    version = version_of(
        selection,
        day=window.start + PAST,
        made_at=feed.replaced_at or feed.created_at,
        about=("feed", feed.id, feed.language, site),
    )
    return Opened(selection, feed.language, window, version, feed.id, feed.last_used_at)


def open_lab(slug: str, language: str, *, site: str) -> Opened:
    """The public calendar of a lab: when its things are taken, and nothing else. Raises NotFound."""
    lab = find_lab(slug)
    if lab is None:
        raise NotFound
    window = window_at(now())
    day = window.start + PAST
    selection = Selection(None, FeedScope.LAB, lab.id, FeedDetail.BUSY)
    version = version_of(selection, day=day, made_at=day, about=("lab", language, site))
    return Opened(selection, language, window, version)


def note_use(opened: Opened) -> None:
    """Remember that the address is in use: to the hour, so that a poll rarely writes.

    Ends the read transaction when it writes, so it comes last. A database that is too busy for it
    must not keep anybody from their calendar.
    """
    hour = now().replace(minute=0, second=0, microsecond=0)
    if opened.feed_id is not None and (opened.last_used_at is None or opened.last_used_at < hour):
        with suppress(Busy):
            _note_use(opened.feed_id, hour)


@unit_of_work
def _note_use(feed_id: int, hour: datetime) -> None:
    unused = or_(Feed.last_used_at.is_(None), Feed.last_used_at < hour)
    db.session.execute(update(Feed).where(Feed.id == feed_id, unused).values(last_used_at=hour))
