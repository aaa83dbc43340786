"""Making, replacing and ending subscription addresses. The secret leaves here once and is not kept."""

from app.accounts.models import User
from app.calendars.events import FeedCreated, FeedEnded, FeedEvent, FeedLinkReplaced
from app.calendars.models import SCOPES_OF_A_PERSON, Feed, FeedDetail, FeedScope
from app.calendars.permissions import may_read
from app.calendars.queries.feeds import get_feed, get_subject, list_feeds
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import InvalidInput, NotFound
from app.core.events import publish
from app.core.tokens import new_token, token_hash
from app.extensions import db

NewAddress = tuple[Feed, str]
"""A feed and its secret, which nobody can be told again."""


def create_feed(
    *, actor: User, scope: FeedScope, scope_id: int | None, detail: FeedDetail, language: str
) -> NewAddress:
    """A new secret address. Raises InvalidInput, and NotFound for a calendar the actor may not have."""
    if (scope_id is None) != (scope in SCOPES_OF_A_PERSON):
        raise InvalidInput(("id", "required" if scope_id is None else "not_allowed"))
    token = new_token()
    return _create(actor, scope, scope_id, detail, language, token_hash(token)), token


def replace_link(*, actor: User, feed_id: int) -> NewAddress:
    """A new secret for the same calendar; the old address leads nowhere at once. Raises NotFound."""
    token = new_token()
    return _replace(actor, feed_id, token_hash(token)), token


@unit_of_work
def end_feed(*, actor: User, feed_id: int) -> None:
    """End the address for good. Raises NotFound."""
    feed = get_feed(actor, feed_id)
    feed.ended_at = now()
    _tell(FeedEnded, feed, actor)


@unit_of_work
def end_every_feed(*, owner: User) -> None:
    """None of this person's addresses leads anywhere any more."""
    for feed in list_feeds(owner):
        end_feed(actor=owner, feed_id=feed.id)


@unit_of_work
def _create(
    actor: User, scope: FeedScope, scope_id: int | None, detail: FeedDetail, language: str, hashed: str
) -> Feed:
    if not may_read(actor, scope, scope_id):
        raise NotFound
    get_subject(scope, scope_id)
    feed = Feed(
        user_id=actor.id,
        scope=scope,
        scope_id=scope_id,
        detail=detail,
        language=language,
        token_hash=hashed,
        created_at=now(),
    )
    db.session.add(feed)
    db.session.flush()
    _tell(FeedCreated, feed, actor)
    return feed


@unit_of_work
def _replace(actor: User, feed_id: int, hashed: str) -> Feed:
    feed = get_feed(actor, feed_id)
    feed.token_hash, feed.replaced_at = hashed, now()
    feed.last_used_at = None
    _tell(FeedLinkReplaced, feed, actor)
    return feed


def _tell(event: type[FeedEvent], feed: Feed, actor: User) -> None:
    publish(
        event(
            actor_id=actor.id,
            subject_id=feed.id,
            scope=feed.scope.value,
            scope_id=feed.scope_id,
            detail=feed.detail.value,
        )
    )
