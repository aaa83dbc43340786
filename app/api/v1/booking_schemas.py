"""What is sent to ask for a booking and to change it."""

from datetime import timedelta
from typing import Any

from marshmallow import ValidationError, post_load, validates_schema

from app.api import paging
from app.api.fields import Address, Choice, Entries, Flag, Id, Instant, Part, Several, Text, Whole
from app.api.findings import Finding
from app.api.v1.schemas import Sent
from app.booking.models import DeclineReason, OccurrenceState
from app.booking.rules.facts import Want
from app.booking.services.request import Request
from app.core.spans import Span
from app.inventory.models import Mode

MOST_EQUIPMENT = 20
MOST_PEOPLE = 50
MOST_DATES = 400
LONGEST = timedelta(days=366)
"""What is longer is not even judged. What a lab allows is much shorter."""


class SpanSentSchema(Sent):
    """From when until when."""

    starts_at = Instant(required=True)
    ends_at = Instant(required=True)

    @validates_schema
    def _check_order(self, data: dict[str, Any], **_more: Any) -> None:
        length = data["ends_at"] - data["starts_at"]
        if length <= timedelta(0):
            raise ValidationError(Finding("ends_before_it_starts"), "ends_at")
        if length > LONGEST:
            raise ValidationError(Finding("window_too_long", days=LONGEST.days), "ends_at")

    @post_load
    def make(self, data: dict[str, Any], **_more: Any) -> Any:
        return {**data, "span": Span(data["starts_at"], data["ends_at"])}


class WantSentSchema(Sent):
    id = Id(required=True)
    quantity = Whole(1, 100_000, load_default=1)


class PersonSentSchema(Sent):
    name = Text(200, least=1, required=True)
    email = Address(allow_none=True, load_default=None)


class SamplesSentSchema(Sent):
    """What is sent in, in the mode `samples`."""

    count = Whole(1, 100_000, required=True)
    hazards = Text(2000, load_default="")
    give_back = Flag(load_default=False, data_key="return")


class CheckSchema(SpanSentSchema):
    """What somebody asks for."""

    equipment = Entries(Part(WantSentSchema), least=1, most=MOST_EQUIPMENT, required=True)
    organisation = Id(metadata={"description": "Needed by who belongs to several, and by staff."})
    mode = Choice(Mode, required=True)
    purpose = Text(4000, load_default="")
    people = Entries(Part(PersonSentSchema), most=MOST_PEOPLE, load_default=list)
    samples = Part(SamplesSentSchema, allow_none=True, load_default=None)
    note = Text(4000, load_default="")

    @post_load
    def make(self, data: dict[str, Any], **_more: Any) -> Request:
        return Request(
            wants=[Want(want["id"], want["quantity"]) for want in data["equipment"]],
            span=Span(data["starts_at"], data["ends_at"]),
            mode=data["mode"],
            purpose=data["purpose"],
            organisation_id=data.get("organisation"),
            people=[(person["name"], person["email"]) for person in data["people"]],
            samples=data["samples"],
            note=data["note"],
        )


class NewBookingSchema(CheckSchema):
    """A request. It holds the time until the lab has answered."""

    purpose = Text(4000, least=1, required=True)


class _Dates(Sent):
    occurrences = Entries(
        Id(), most=MOST_DATES, load_default=list, metadata={"description": "Which dates; none means all."}
    )


class NotedSchema(_Dates):
    note = Text(4000, load_default="")


class DeclineSchema(_Dates):
    reason_code = Choice(DeclineReason, required=True)
    reason = Text(4000, least=1, required=True)


class MoveSchema(_Dates, SpanSentSchema):
    """The other time."""


class BookingsQuery(Sent):
    state = Several(Choice(OccurrenceState), most=10, pattern="[a-z_]+", load_default=list)
    mine = Flag(in_address=True, load_default=False)
    limit = paging.limit_field()
    after = Id(in_address=True)
