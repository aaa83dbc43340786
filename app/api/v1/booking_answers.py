"""What a booking looks like when it is answered."""

from collections.abc import Sequence
from typing import Any

from marshmallow import fields

from app.accounts.models import Organisation, User
from app.api.fields import Instant
from app.api.v1.refusals import dates_told, verdicts_told
from app.api.v1.schemas import (
    CheckedDateSchema,
    DateSchema,
    PageSchema,
    ReferenceSchema,
    Told,
    VerdictSchema,
    named,
)
from app.booking.models import Booking, DeclineReason, Occurrence, OccurrenceState, SkippedDate
from app.booking.rules.states import overall
from app.booking.services.evaluate import Evaluation
from app.booking.services.transitions import source_of, sources_of
from app.inventory.models import Mode, Unit
from app.occupancy.models import Source
from app.occupancy.queries import units_of


class PersonSchema(Told):
    name = fields.String()
    email = fields.String(allow_none=True)


class SamplesSchema(Told):
    count = fields.Integer()
    hazards = fields.String()
    give_back = fields.Boolean(data_key="return")


class BookedSchema(ReferenceSchema):
    quantity = fields.Integer()
    required = fields.Boolean(metadata={"description": "It came along with what was asked for."})


class GivenUnitSchema(Told):
    id = fields.Integer()
    asset_tag = fields.String(allow_none=True)


class OccurrenceSchema(Told):
    """One date of a booking."""

    id = fields.Integer()
    state = fields.Enum(OccurrenceState, by_value=fields.String)
    starts_at = Instant()
    ends_at = Instant()
    sequence = fields.Integer(metadata={"description": "Grows when time or state change (RFC 5545)."})
    answer_by = Instant(allow_none=True, metadata={"description": "Until when the lab answers."})
    reason_code = fields.Enum(DeclineReason, by_value=fields.String, allow_none=True)
    reason = fields.String()
    is_late_cancel = fields.Boolean(metadata={"description": "Called off later than the lab asks."})
    units = fields.List(fields.Nested(GivenUnitSchema))
    awaits = fields.String(
        allow_none=True,
        metadata={"enum": ["lab", "safety_officer", None], "description": "Whose yes a request waits for."},
    )
    competes = fields.Boolean(
        metadata={"description": "It is not held: the lab chooses among those who ask for the time."}
    )


class ReasonSchema(Told):
    """What stood in the way of a date: a rule (its code), or something that takes the time (its kind)."""

    code = fields.String(allow_none=True)
    kind = fields.String(allow_none=True)
    equipment = fields.Integer(allow_none=True, metadata={"description": "Its id."})


class SkippedSchema(DateSchema):
    """A date of the rule that could not be had; see `POST …/add`."""

    id = fields.Integer()
    why = fields.List(fields.Nested(ReasonSchema))


class ComesAgainSchema(Told):
    rrule = fields.String()
    exdates = fields.List(fields.String())


class BookingSchema(Told):
    reference = fields.String(metadata={"examples": ["KG-7F3KQ2"]})
    state = fields.Enum(OccurrenceState, by_value=fields.String)
    organisation = named()
    requester = named()
    purpose = fields.String()
    mode = fields.Enum(Mode, by_value=fields.String)
    people = fields.List(fields.Nested(PersonSchema))
    samples = fields.Nested(SamplesSchema, allow_none=True)
    note = fields.String()
    created_at = Instant()
    equipment = fields.List(fields.Nested(BookedSchema))
    occurrences = fields.List(fields.Nested(OccurrenceSchema))
    recurrence = fields.Nested(ComesAgainSchema, allow_none=True)
    skipped = fields.List(fields.Nested(SkippedSchema))


class BookingsSchema(PageSchema):
    items = fields.List(fields.Nested(BookingSchema))


class EvaluationSchema(Told):
    """What would be said to a request."""

    allowed = fields.Boolean()
    needs_approval = fields.Boolean()
    verdicts = fields.List(fields.Nested(VerdictSchema))
    occurrences = fields.List(fields.Nested(CheckedDateSchema))


def evaluation_told(found: Sequence[Evaluation]) -> dict[str, Any]:
    """The answer to a dry run; `verdicts` are those of its dates, each once."""
    said = {(verdict.code, verdict.equipment_id): verdict for one in found for verdict in one.verdicts}
    return {
        "allowed": all(one.allowed for one in found),
        "needs_approval": any(one.needs_approval for one in found),
        "verdicts": verdicts_told(list(said.values())),
        "occurrences": dates_told(found),
    }


def told(booking: Booking) -> dict[str, Any]:
    return told_all([booking])[0]


def told_all(bookings: Sequence[Booking]) -> list[dict[str, Any]]:
    """The bookings as they are answered; the units of all of them are read at once."""
    units = units_of(sources_of(date for booking in bookings for date in booking.occurrences))
    return [_booking(booking, units) for booking in bookings]


def _booking(booking: Booking, units: dict[Source, list[Unit]]) -> dict[str, Any]:
    dates = booking.occurrences
    return {
        "reference": booking.reference,
        "state": overall(date.state for date in dates),
        "organisation": _named(booking.organisation),
        "requester": _named(booking.requester),
        "purpose": booking.purpose,
        "mode": booking.mode,
        "people": booking.people,
        "samples": booking.samples,
        "note": booking.note,
        "created_at": booking.created_at,
        "equipment": [
            {
                "id": item.equipment_id,
                "name": item.equipment.name,
                "quantity": item.quantity,
                "required": item.is_required,
            }
            for item in dates[0].items
        ],
        "occurrences": [_date(date, units) for date in dates],
        "recurrence": {"rrule": booking.rrule, "exdates": booking.exdates} if booking.rrule else None,
        "skipped": [_skipped(one) for one in booking.skipped],
    }


def _awaits(date: Occurrence) -> str | None:
    if date.state is not OccurrenceState.REQUESTED:
        return None
    return "lab" if any(item.agreed_at is None for item in date.items) else "safety_officer"


def _date(date: Occurrence, units: dict[Source, list[Unit]]) -> dict[str, Any]:
    given = [unit for item in date.items for unit in units.get(source_of(item), ())]
    return {
        "id": date.id,
        "state": date.state,
        "starts_at": date.starts_at,
        "ends_at": date.ends_at,
        "sequence": date.sequence,
        "answer_by": date.answer_by,
        "reason_code": date.reason_code,
        "reason": date.reason,
        "is_late_cancel": date.is_late_cancel,
        "units": given,
        "awaits": _awaits(date),
        "competes": date.competes,
    }


def _skipped(one: SkippedDate) -> dict[str, Any]:
    empty = {"code": None, "kind": None, "equipment": None}
    return {
        "id": one.id,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "why": [empty | why for why in one.why],
    }


def _named(thing: Organisation | User) -> dict[str, Any]:
    return {"id": thing.id, "name": thing.name}
