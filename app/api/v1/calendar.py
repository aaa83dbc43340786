"""What is on the calendar."""

from datetime import timedelta
from typing import Any

from marshmallow import fields, validate

from app.accounts.models import User
from app.api.fields import Id, IdOrSlug, Instant, Several
from app.api.resource import Resource
from app.api.v1.booking_answers import GivenUnitSchema
from app.api.v1.places import lab_called
from app.api.v1.schemas import Sent, Told, named
from app.api.v1.windows import window
from app.booking.models import OccurrenceState
from app.booking.queries.calendar import Entry, list_entries
from app.occupancy.models import ClaimKind

LONGEST_WINDOW = timedelta(days=62)
USUAL_WINDOW = timedelta(days=7)

calendar = Resource("calendar", __name__, "What takes time on equipment.")


class EntrySchema(Told):
    """Something that takes time. What is not yours to know reads `busy`."""

    id = fields.Integer()
    kind = fields.Enum(ClaimKind, by_value=fields.String)
    state = fields.String(validate=validate.OneOf([*OccurrenceState]), allow_none=True)
    equipment = named()
    quantity = fields.Integer()
    units = fields.List(fields.Nested(GivenUnitSchema))
    starts_at = Instant()
    ends_at = Instant()
    claimed_from = Instant(metadata={"description": "With set-up."})
    claimed_to = Instant(metadata={"description": "With clean-up."})
    title = fields.String()
    booking = fields.String(allow_none=True, metadata={"description": "Its reference."})


class CalendarQuery(Sent):
    starts = Instant(data_key="from")
    ends = Instant(data_key="to")
    lab = IdOrSlug(in_address=True)
    equipment = Several(Id(in_address=True), most=200, pattern=r"0*[1-9][0-9]{0,9}", load_default=list)


@calendar.operation("GET", "/calendar", query=CalendarQuery, answer=EntrySchema(many=True))
def list_calendar(*, actor: User, query: dict[str, Any]) -> list[dict[str, Any]]:
    """Everything that overlaps the window"""
    labs = [lab_called(query["lab"]).id] if "lab" in query else []
    found = list_entries(
        actor,
        window(query, usual=USUAL_WINDOW, longest=LONGEST_WINDOW),
        equipment_ids=query["equipment"],
        lab_ids=labs,
        with_units=True,
    )
    return [_told(entry) for entry in found]


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "state": entry.state,
        "equipment": {"id": entry.equipment_id, "name": entry.equipment_name},
        "quantity": entry.quantity,
        "units": [{"id": id_, "asset_tag": tag} for id_, _number, tag in entry.units],
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
        "claimed_from": entry.claimed_from,
        "claimed_to": entry.claimed_to,
        "title": _title(entry),
        "booking": entry.reference,
    }


def _title(entry: Entry) -> str:
    if entry.is_open:
        return f"{entry.organisation}: {entry.purpose}"
    return "busy" if entry.kind is ClaimKind.BOOKING else entry.kind.value
