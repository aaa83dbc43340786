"""Waiting for time that others have, and the answer when it is held."""

from datetime import timedelta
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from app.accounts.models import User
from app.api import paging
from app.api.fields import Choice, Entries, Id, IdOrSlug, Instant, Part, Several, Text, Whole
from app.api.findings import Finding
from app.api.resource import AN_ID, Resource
from app.api.v1.booking_answers import BookingSchema, told
from app.api.v1.booking_schemas import MOST_PEOPLE, PersonSentSchema, SamplesSentSchema
from app.api.v1.free import LONGEST_MINUTES
from app.api.v1.places import category_called, lab_called
from app.api.v1.schemas import NothingSchema, PageSchema, Sent, Told, named
from app.api.v1.windows import window
from app.booking.models import WaitlistEntry, WaitState
from app.booking.permissions import may_answer_for, may_remove_from_waitlist
from app.booking.queries.waitlist import get_entry, list_entries_of, places
from app.booking.services.waitlist.answer import accept_held, pass_held
from app.booking.services.waitlist.join import MOST_DAYS, Awaited, join_waitlist, leave_waitlist
from app.booking.services.waitlist.remove import remove_from_waitlist
from app.core.errors import Forbidden
from app.inventory.models import Mode
from app.inventory.queries.equipment import get_equipment

ONE = f"/waitlist/{AN_ID}"
USUAL_WINDOW = timedelta(days=7)
STATE = f"({'|'.join(WaitState)})"
waitlist = Resource("waitlist", __name__, "Waiting for time that others have.")


class WaitSentSchema(Sent):
    """One equipment, or any of a category (with `lab`, only there): a length inside a window."""

    equipment = Id()
    category = IdOrSlug()
    lab = IdOrSlug()
    minutes = Whole(1, LONGEST_MINUTES, required=True)
    quantity = Whole(1, 100_000, load_default=1)
    starts = Instant(data_key="from")
    ends = Instant(data_key="to")
    organisation = Id()
    mode = Choice(Mode)
    purpose = Text(4000, load_default="")

    @validates_schema
    def _check_that_one_thing_is_named(self, data: dict[str, Any], **_more: Any) -> None:
        if len(data.keys() & {"equipment", "category"}) != 1:
            raise ValidationError(Finding("one_of", names=("equipment", "category")), "equipment")
        if "lab" in data and "category" not in data:
            raise ValidationError(Finding("unknown"), "lab")


class TakenSchema(Sent):
    """What is still to be said about the booking."""

    purpose = Text(4000, load_default="")
    people = Entries(Part(PersonSentSchema), most=MOST_PEOPLE, load_default=list)
    samples = Part(SamplesSentSchema, allow_none=True, load_default=None)
    note = Text(4000, load_default="")


class HeldSchema(Told):
    """A time that is held until it is answered."""

    equipment = named()
    starts_at = Instant()
    ends_at = Instant()
    expires_at = Instant()


class WaitSchema(Told):
    id = fields.Integer()
    state = fields.Enum(WaitState, by_value=fields.String)
    organisation = named()
    equipment = named(allow_none=True)
    category = named(allow_none=True)
    lab = named(allow_none=True)
    quantity = fields.Integer()
    minutes = fields.Integer()
    starts = Instant(data_key="from")
    ends = Instant(data_key="to")
    mode = fields.Enum(Mode, by_value=fields.String)
    purpose = fields.String()
    position = fields.Integer(
        allow_none=True, metadata={"description": "The place among those who want the same, from 1."}
    )
    created_at = Instant()
    offer = fields.Nested(HeldSchema, allow_none=True)
    booking = fields.String(allow_none=True, metadata={"description": "The reference of what came of it."})


class RemovedSchema(Sent):
    """Why; who waited reads it."""

    reason = Text(2000, least=1, required=True)


class WaitsSchema(PageSchema):
    items = fields.List(fields.Nested(WaitSchema))


class WaitsQuery(Sent):
    state = Several(Choice(WaitState), most=6, pattern=STATE, load_default=list)
    limit = paging.limit_field()
    after = Id(in_address=True)


def to_read(actor: User, number: int) -> WaitlistEntry:
    return get_entry(actor, number)


def to_answer(actor: User, number: int) -> WaitlistEntry:
    entry = get_entry(actor, number)
    if not may_answer_for(actor, entry):
        raise Forbidden
    return entry


def to_remove(actor: User, number: int) -> WaitlistEntry:
    entry = get_entry(actor, number)
    if not may_remove_from_waitlist(actor, entry):
        raise Forbidden
    return entry


@waitlist.operation("GET", "/waitlist", query=WaitsQuery, answer=WaitsSchema)
def list_own(*, actor: User, query: dict[str, Any]) -> dict[str, Any]:
    """What your organisations wait and waited for, newest first"""
    found = list_entries_of(actor, states=query["state"], after=query.get("after"), limit=query["limit"] + 1)
    page = paging.page(found, query["limit"], lambda entry: entry.id)
    at = places(page["items"])
    return page | {"items": [_told(entry, at) for entry in page["items"]]}


@waitlist.operation("POST", "/waitlist", body=WaitSentSchema, answer=WaitSchema, status=201)
def join(*, actor: User, body: dict[str, Any]) -> dict[str, Any]:
    """Wait for the first time that becomes free and would do"""
    awaited = Awaited(
        minutes=body["minutes"],
        quantity=body["quantity"],
        window=window(body, usual=USUAL_WINDOW, longest=timedelta(days=MOST_DAYS)),
        equipment_id=get_equipment(actor, body["equipment"]).id if "equipment" in body else None,
        category_id=category_called(body["category"]).id if "category" in body else None,
        lab_id=lab_called(body["lab"]).id if "lab" in body else None,
        mode=body.get("mode"),
        organisation_id=body.get("organisation"),
        purpose=body["purpose"],
    )
    return _told_one(join_waitlist(actor=actor, awaited=awaited))


@waitlist.operation("GET", ONE, entry=to_read, answer=WaitSchema)
def show(*, entry: WaitlistEntry) -> dict[str, Any]:
    """One wish that waits"""
    return _told_one(entry)


@waitlist.operation("POST", f"{ONE}/accept", entry=to_answer, body=TakenSchema, answer=BookingSchema)
def accept(*, actor: User, entry: WaitlistEntry, body: dict[str, Any]) -> dict[str, Any]:
    """Take the time that is held: it becomes a booking"""
    return told(
        accept_held(
            actor=actor,
            entry_id=entry.id,
            purpose=body["purpose"],
            people=[(person["name"], person["email"]) for person in body["people"]],
            samples=body["samples"],
            note=body["note"],
        )
    )


@waitlist.operation("POST", f"{ONE}/pass", entry=to_answer, body=NothingSchema, answer=WaitSchema)
def let_go(*, actor: User, entry: WaitlistEntry) -> dict[str, Any]:
    """Not this time: the next one has it, and you keep your place"""
    return _told_one(pass_held(actor=actor, entry_id=entry.id))


@waitlist.operation("POST", f"{ONE}/remove", entry=to_remove, body=RemovedSchema, answer=WaitSchema)
def remove(*, actor: User, entry: WaitlistEntry, body: dict[str, Any]) -> dict[str, Any]:
    """Let somebody wait no longer (staff)"""
    return _told_one(remove_from_waitlist(actor=actor, entry_id=entry.id, reason=body["reason"]))


@waitlist.operation("DELETE", ONE, entry=to_answer, answer=None, status=204)
def leave(*, actor: User, entry: WaitlistEntry) -> None:
    """Wait no longer"""
    leave_waitlist(actor=actor, entry_id=entry.id)


def _told_one(entry: WaitlistEntry) -> dict[str, Any]:
    return _told(entry, places([entry]))


def _told(entry: WaitlistEntry, at: dict[int, int]) -> dict[str, Any]:
    offer = entry.open_offer
    return {
        "id": entry.id,
        "state": entry.state,
        "organisation": entry.organisation,
        "equipment": entry.equipment,
        "category": entry.category,
        "lab": entry.lab,
        "quantity": entry.quantity,
        "minutes": entry.minutes,
        "starts": entry.wanted_from,
        "ends": entry.wanted_to,
        "mode": entry.mode,
        "purpose": entry.purpose,
        "position": at.get(entry.id),
        "created_at": entry.created_at,
        "offer": offer,
        "booking": entry.booking.reference if entry.booking else None,
    }
