"""What both sides write to each other about a booking."""

from typing import Any

from marshmallow import fields

from app.accounts.models import User
from app.api import paging
from app.api.fields import Flag, Id, Instant, Text
from app.api.resource import Resource
from app.api.v1.bookings import for_who
from app.api.v1.schemas import PageSchema, Sent, Told, named
from app.booking.models import Booking
from app.booking.permissions import is_concerned
from app.booking.queries.comments import list_comments
from app.booking.services.comments import LONGEST_COMMENT, add_comment
from app.web.links import public_address

PATH = "/bookings/<reference>/comments"
comments = Resource("comments", __name__, "What company and lab write to each other about a booking.")


class CommentSentSchema(Sent):
    """`is_internal`: for the labs' staff only, and by them. Files come with comments on the page."""

    text = Text(LONGEST_COMMENT, least=1, required=True)
    is_internal = Flag(load_default=False)


class CommentFileSchema(Told):
    title = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    url = fields.Function(
        lambda one: public_address(f"/comment-files/{one.file}"),
        metadata={"type": "string", "description": "For a browser in which somebody is signed in."},
    )


class CommentSchema(Told):
    id = fields.Integer()
    author = named()
    text = fields.String()
    is_internal = fields.Boolean()
    at = Instant()
    files = fields.List(fields.Nested(CommentFileSchema))


class CommentsSchema(PageSchema):
    items = fields.List(fields.Nested(CommentSchema))


class CommentsQuery(Sent):
    limit = paging.limit_field()
    after = Id(in_address=True)


to_comment = for_who(is_concerned)


@comments.operation("GET", PATH, booking=to_comment, query=CommentsQuery, answer=CommentsSchema)
def list_of_booking(*, actor: User, booking: Booking, query: dict[str, Any]) -> dict[str, Any]:
    """What was written, oldest first"""
    found = list_comments(actor, booking, after=query.get("after", 0), limit=query["limit"] + 1)
    return paging.page(found, query["limit"], lambda one: one.id)


@comments.operation(
    "POST", PATH, booking=to_comment, body=CommentSentSchema, answer=CommentSchema, status=201
)
def write(*, actor: User, booking: Booking, body: dict[str, Any]) -> Any:
    """Write to the other side: it gets a mail"""
    return add_comment(actor=actor, reference=booking.reference, **body)
