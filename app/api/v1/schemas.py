"""What both sides of the API share: how objects are sent, answered and referred to."""

from typing import Any, ClassVar

from marshmallow import Schema, fields

from app.api.fields import Instant, Part
from app.api.findings import Finding


class Sent(Schema):
    """What a client sends: only what is listed, each with its exact type."""

    error_messages = {  # noqa: RUF012 - marshmallow's way to say it
        "unknown": Finding("unknown"),
        "type": Finding("wrong_type"),
    }


class NothingSchema(Sent):
    """An empty object, or no body at all."""


class Told(Schema):
    """What we answer: every field, always (but the `optional`); what is not known is null."""

    optional: ClassVar[frozenset[str]] = frozenset()

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.required = field_name not in self.optional


class ReferenceSchema(Told):
    """Another thing, named."""

    id = fields.Integer()
    name = fields.String()


def named(**kwargs: Any) -> Part:
    return Part(ReferenceSchema, **kwargs)


class PageSchema(Told):
    """A part of a list; `next` leads to the rest of it."""

    next = fields.Url(allow_none=True, metadata={"description": "Where the list goes on; null at its end."})


class InputErrorSchema(Told):
    """A field, and what is wrong with it."""

    field = fields.String(metadata={"description": "As in the body: people.0.email."})
    code = fields.String()
    message = fields.String()


class VerdictSchema(Told):
    """What one rule says."""

    code = fields.String()
    severity = fields.String(metadata={"enum": ["block", "approval", "warning"]})
    overridable = fields.Boolean(metadata={"description": "Whether the lab's staff may decide otherwise."})
    text = fields.String()
    remedy = fields.String(allow_none=True, metadata={"description": "What would help."})
    equipment = named(allow_none=True)


class WantSchema(Told):
    """So many of one equipment."""

    id = fields.Integer()
    quantity = fields.Integer()


class DateSchema(Told):
    """From when until when."""

    starts_at = Instant()
    ends_at = Instant()


class ConflictSchema(Told):
    """When too little is left of an equipment, what takes it, and how many are free then."""

    optional = frozenset({"occurrence"})

    occurrence = Part(
        DateSchema,
        allow_none=True,
        metadata={"description": "The date of the request it stands in the way of."},
    )

    equipment = named()
    starts_at = Instant()
    ends_at = Instant()
    kind = fields.String()
    free = fields.Integer()


class CheckedDateSchema(DateSchema):
    """What would be said to one date of a request."""

    allowed = fields.Boolean()
    verdicts = fields.List(fields.Nested(VerdictSchema))
    conflicts = fields.List(fields.Nested(ConflictSchema))


class AlternativeSchema(Told):
    """The same, at a time when it could be had."""

    equipment = fields.List(fields.Nested(WantSchema))
    starts_at = Instant()
    ends_at = Instant()


class ProblemSchema(Told):
    """Why a request was refused (RFC 9457). `code` is stable; `title` is for people."""

    optional = frozenset({"errors", "state", "verdicts", "conflicts", "alternatives", "occurrences", "left"})

    type = fields.Url()
    title = fields.String()
    status = fields.Integer()
    code = fields.String()
    errors = fields.List(fields.Nested(InputErrorSchema))
    state = fields.String()
    verdicts = fields.List(fields.Nested(VerdictSchema))
    conflicts = fields.List(fields.Nested(ConflictSchema))
    alternatives = fields.List(fields.Nested(AlternativeSchema))
    occurrences = fields.List(
        fields.Nested(CheckedDateSchema), metadata={"description": "Of a series: what is said of each date."}
    )
    left = fields.Integer(metadata={"description": "How many could be promised still."})
