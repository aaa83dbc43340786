"""How offers are sent and answered."""

from marshmallow import fields, validate

from app.api import paging
from app.api.fields import Choice, Day, Entries, Flag, Id, IdOrSlug, Instant, Part, Text, Whole
from app.api.v1.schemas import PageSchema, Sent, Told, named
from app.donations.rules.states import AllocationState, Condition, OfferState, Result, ValueBasis
from app.donations.services.deliver import LONGEST_NOTE, LONGEST_RESPONSIBLE
from app.donations.services.offer import (
    LONGEST_DESCRIPTION,
    LONGEST_MESSAGE,
    MOST_COPIES,
    MOST_LINES,
)

MOST_MONEY = 2**63 - 1
MOST_NEEDS = 20


class ValueSentSchema(Sent):
    """What it is worth, and who says so. The university records; it does not value."""

    amount_minor = Whole(0, MOST_MONEY, required=True)
    currency = Text(3, least=3, required=True)
    basis = Choice(ValueBasis, required=True)


class LineSentSchema(Sent):
    """So many of one thing."""

    description = Text(LONGEST_DESCRIPTION, least=1, required=True)
    category = IdOrSlug(required=True)
    quantity = Whole(1, MOST_COPIES, load_default=1)
    condition = Choice(Condition, required=True)
    value = Part(ValueSentSchema, allow_none=True, load_default=None)
    needs = Entries(Id(), most=MOST_NEEDS, load_default=list)


class NewOfferSchema(Sent):
    """Without `organisation` the one you belong to gives."""

    organisation = Id()
    lines = Entries(Part(LineSentSchema), least=1, most=MOST_LINES, required=True)
    message = Text(LONGEST_MESSAGE, load_default="")
    valid_until = Day(
        allow_none=True,
        load_default=None,
        metadata={"description": "The last day at the university on which you stand by it."},
    )


class DeclineOfferSchema(Sent):
    reason = Text(LONGEST_NOTE, least=1, required=True)


class AllocationSentSchema(Sent):
    """With `standby` what is too much queues instead of being refused."""

    line = Id(required=True)
    need = Id(required=True)
    quantity = Whole(1, MOST_COPIES, required=True)
    standby = Flag(load_default=False)


class AgreementSentSchema(Sent):
    number = Text(60, least=1, required=True)
    signed_on = Day(required=True)


class ArrivedSchema(Sent):
    """How many of a line came whole, damaged, or were sent back at the door."""

    line = Id(required=True)
    received = Whole(0, MOST_COPIES, load_default=0)
    damaged = Whole(0, MOST_COPIES, load_default=0)
    refused = Whole(0, MOST_COPIES, load_default=0)


class ConsignmentSentSchema(Sent):
    lines = Entries(Part(ArrivedSchema), least=1, most=MOST_LINES, required=True)


class InspectionSentSchema(Sent):
    unit = Id(required=True)
    result = Choice(Result, required=True)
    note = Text(LONGEST_NOTE, load_default="")


class CommissioningSentSchema(Sent):
    """Without `equipment` it becomes new equipment of the lab."""

    unit = Id(required=True)
    lab = IdOrSlug(required=True)
    equipment = Id()
    responsible = Text(LONGEST_RESPONSIBLE, least=1, required=True)


class OffersQuery(Sent):
    limit = paging.limit_field()
    after = Id(in_address=True)


class ValueSchema(Told):
    amount_minor = fields.Integer(attribute="value_minor")
    currency = fields.String()
    basis = fields.Enum(ValueBasis, by_value=fields.String, attribute="value_basis")


class AllocationSchema(Told):
    """So many of a line for one need."""

    id = fields.Integer()
    line = fields.Integer(attribute="line_id")
    need = fields.Integer(attribute="need_id")
    quantity = fields.Integer()
    state = fields.Enum(AllocationState, by_value=fields.String)


class LineSchema(Told):
    id = fields.Integer()
    description = fields.String()
    category = named()
    quantity = fields.Integer()
    condition = fields.Enum(Condition, by_value=fields.String)
    value = fields.Nested(ValueSchema, allow_none=True)
    allocations = fields.List(fields.Nested(AllocationSchema))


class AgreementSchema(Told):
    number = fields.String()
    signed_on = fields.Date()


class OfferSchema(Told):
    """An offer, with what of it is meant for which need."""

    id = fields.Integer()
    state = fields.Enum(OfferState, by_value=fields.String)
    organisation = named()
    contact = named(allow_none=True, metadata={"description": "Who at the university answers."})
    answer_by = fields.Date(allow_none=True)
    valid_until = fields.Date(
        allow_none=True, metadata={"description": "Without an agreement it lapses after this day."}
    )
    message = fields.String()
    decline_reason = fields.String(metadata={"description": "Empty unless declined."})
    created_at = Instant()
    submitted_at = Instant(allow_none=True)
    decided_at = Instant(allow_none=True)
    agreement = fields.Nested(AgreementSchema, allow_none=True)
    lines = fields.List(fields.Nested(LineSchema))


class OfferPageSchema(PageSchema):
    items = fields.List(fields.Nested(OfferSchema))


class UnitsSchema(Told):
    """The units that came whole and await inspection."""

    units = fields.List(fields.Integer())


class InspectedSchema(Told):
    unit = fields.Integer()
    status = fields.String(
        validate=validate.OneOf(["awaiting_inspection", "inspected"]),
        metadata={"description": "A unit that failed awaits another look."},
    )


class CommissionedSchema(Told):
    unit = fields.Integer()
    equipment = fields.Integer()
