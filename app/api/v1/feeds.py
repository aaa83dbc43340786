"""Addresses to subscribe to in a calendar program."""

from typing import Any

from marshmallow import fields

from app.accounts.models import User
from app.api import paging
from app.api.fields import Choice, Id, Instant
from app.api.resource import AN_ID, Resource
from app.api.v1.schemas import NothingSchema, PageSchema, Sent, Told
from app.calendars.models import Feed, FeedDetail, FeedScope
from app.calendars.queries.feeds import get_feed, list_feeds
from app.calendars.services.addresses import NewAddress, create_feed, end_feed, replace_link
from app.web.links import path_to, public_address

ONE = f"/feeds/{AN_ID}"
feeds = Resource("feeds", __name__, "Addresses for calendar programs.")


class FeedSentSchema(Sent):
    """Whose calendar, and how much of it."""

    scope = Choice(FeedScope, required=True)
    scope_id = Id(data_key="id", metadata={"description": "Which equipment, unit, lab or organisation."})
    detail = Choice(FeedDetail, load_default=FeedDetail.FULL)


class NewFeedSchema(Told):
    """The address is told this once: whoever has it can read the calendar."""

    id = fields.Integer()
    url = fields.Url()


class FeedSchema(Told):
    id = fields.Integer()
    scope = fields.Enum(FeedScope, by_value=fields.String)
    scope_id = fields.Integer(allow_none=True)
    detail = fields.Enum(FeedDetail, by_value=fields.String)
    created_at = Instant()
    last_used_at = Instant(allow_none=True)


class FeedsSchema(PageSchema):
    items = fields.List(fields.Nested(FeedSchema))


class FeedsQuery(Sent):
    limit = paging.limit_field()
    after = Id(in_address=True)


def own(actor: User, number: int) -> Feed:
    return get_feed(actor, number)


@feeds.operation("GET", "/feeds", query=FeedsQuery, answer=FeedsSchema)
def list_own(*, actor: User, query: dict[str, Any]) -> dict[str, Any]:
    """Your addresses, without their secrets; newest first"""
    before = query.get("after")
    found = [feed for feed in list_feeds(actor) if before is None or feed.id < before]
    return paging.page(found, query["limit"], lambda feed: feed.id)


@feeds.operation("POST", "/feeds", body=FeedSentSchema, answer=NewFeedSchema, status=201)
def create(*, actor: User, body: dict[str, Any]) -> dict[str, Any]:
    """A new address"""
    return _told(
        create_feed(
            actor=actor,
            scope=body["scope"],
            scope_id=body.get("scope_id"),
            detail=body["detail"],
            language=actor.language,
        )
    )


@feeds.operation("POST", f"{ONE}/rotate", feed=own, body=NothingSchema, answer=NewFeedSchema)
def rotate(*, actor: User, feed: Feed) -> dict[str, Any]:
    """Replace the link: the old address leads nowhere at once"""
    return _told(replace_link(actor=actor, feed_id=feed.id))


@feeds.operation("DELETE", ONE, feed=own, answer=None, status=204)
def end(*, actor: User, feed: Feed) -> None:
    """End an address for good"""
    end_feed(actor=actor, feed_id=feed.id)


def _told(new: NewAddress) -> dict[str, Any]:
    feed, token = new
    return {"id": feed.id, "url": public_address(path_to("calendars.secret_feed", token=token))}
