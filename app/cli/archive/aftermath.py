"""What a database from the past must not do: send its old mails, open old doors, repeat old versions."""

import secrets
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import Select, delete, func, select, update

from app.accounts.models import ApiToken, OneTimeToken, UserSession
from app.calendars.models import Feed
from app.calendars.services.versions import RESTORED
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.event_log import ChangeCounter
from app.core.events import Event, publish
from app.extensions import db
from app.notifications.services.hold import hold_waiting_mail


@dataclass(frozen=True, kw_only=True)
class DatabaseRestored(Event):
    """The past was put in the place of the present."""

    subject_kind: ClassVar[str] = "instance"

    made_at: str


@dataclass(frozen=True)
class Aftermath:
    """What was done, and which doors stand open as they did then, also those closed since."""

    mails_held: int
    api_tokens: int
    feeds: int


@unit_of_work
def settle(made_at: str, *, close_doors: bool) -> Aftermath:
    """Make the restored database safe to serve.

    Everybody signs in anew, and links in mails are spent. Tokens and calendar addresses are kept, so
    that programs go on working, unless `close_doors`.
    """
    db.session.execute(delete(UserSession))
    db.session.execute(update(OneTimeToken).where(OneTimeToken.used_at.is_(None)).values(used_at=now()))
    if close_doors:
        db.session.execute(update(ApiToken).where(ApiToken.revoked_at.is_(None)).values(revoked_at=now()))
        db.session.execute(update(Feed).where(Feed.ended_at.is_(None)).values(ended_at=now()))
    # Counters went back as well: their numbers would stand for other content than they did before.
    db.session.merge(ChangeCounter(topic=RESTORED, number=secrets.randbits(62), changed_at=now()))
    publish(DatabaseRestored(actor_id=None, subject_id=1, made_at=made_at))
    return Aftermath(
        mails_held=hold_waiting_mail(reason=f"held back: the database was restored from {made_at}"),
        api_tokens=_count(select(func.count(ApiToken.id)).where(ApiToken.revoked_at.is_(None))),
        feeds=_count(select(func.count(Feed.id)).where(Feed.ended_at.is_(None))),
    )


def _count(query: Select[int]) -> int:
    return db.session.scalar(query) or 0
