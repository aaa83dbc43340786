"""What people report to be broken, and what the labs make of it."""

from typing import Any

from marshmallow import fields

from app.accounts.models import User
from app.api import paging
from app.api.fields import Choice, Flag, Id, Instant, Text
from app.api.resource import AN_ID, Resource
from app.api.v1.schemas import PageSchema, Sent, Told, named
from app.core.errors import Forbidden
from app.inventory.models import Fault, FaultState, Usability
from app.inventory.permissions import may_decide_fault
from app.inventory.queries.equipment import get_equipment
from app.inventory.queries.faults import get_fault, list_faults
from app.inventory.services.faults import (
    LONGEST_TEXT,
    confirm_fault,
    dismiss_fault,
    repair_fault,
    report_fault,
)

ONE = f"/faults/{AN_ID}"
faults = Resource("faults", __name__, "What people report to be broken, and what the labs make of it.")


class FaultSentSchema(Sent):
    """`unit`: one of those of the equipment; null: all of it, or nobody knows which."""

    equipment = Id(required=True)
    unit = Id(allow_none=True, load_default=None)
    text = Text(LONGEST_TEXT, least=1, required=True)
    usability = Choice(Usability, required=True)


class ConfirmedSchema(Sent):
    """`known_as` is what everybody who signs in reads with the equipment; without it, the report itself."""

    known_as = Text(LONGEST_TEXT, load_default="")
    usability = Choice(Usability, load_default=None)


class RepairSchema(Sent):
    """`note`: what was done; who reported it reads it."""

    note = Text(LONGEST_TEXT, load_default="")


class DismissedSchema(Sent):
    """`reason` is read by who reported it."""

    reason = Text(LONGEST_TEXT, least=1, required=True)


class FaultSchema(Told):
    id = fields.Integer()
    equipment = named()
    unit = fields.Integer(allow_none=True)
    text = fields.String()
    usability = fields.Enum(Usability, by_value=fields.String)
    state = fields.Enum(FaultState, by_value=fields.String)
    reported_by = named()
    reported_at = Instant()
    confirmed_at = Instant(allow_none=True)
    known_as = fields.String(allow_none=True)
    closed_at = Instant(allow_none=True)
    closing_note = fields.String()


class FaultsSchema(PageSchema):
    items = fields.List(fields.Nested(FaultSchema))


class FaultsQuery(Sent):
    over = Flag(in_address=True, metadata={"description": "Those that are over, or only the open ones."})
    equipment = Id(in_address=True)
    limit = paging.limit_field()
    after = Id(in_address=True)


def to_read(actor: User, number: int) -> Fault:
    return get_fault(actor, number)


def to_decide(actor: User, number: int) -> Fault:
    found = get_fault(actor, number)
    if not may_decide_fault(actor, found.equipment.lab_id):
        raise Forbidden
    return found


@faults.operation("GET", "/faults", query=FaultsQuery, answer=FaultsSchema)
def list_all(*, actor: User, query: dict[str, Any]) -> dict[str, Any]:
    """What you reported, and all faults of the labs you serve; newest first"""
    found = list_faults(
        actor,
        is_open=not query["over"] if "over" in query else None,
        equipment_id=query.get("equipment"),
        before=query.get("after"),
        limit=query["limit"] + 1,
    )
    page = paging.page(found, query["limit"], lambda one: one.id)
    return page | {"items": [_told(one) for one in page["items"]]}


@faults.operation("POST", "/faults", body=FaultSentSchema, answer=FaultSchema, status=201)
def report(*, actor: User, body: dict[str, Any]) -> dict[str, Any]:
    """Something is wrong: the lab's staff gets a letter. What you reported and is open is not doubled"""
    said = report_fault(
        actor=actor,
        equipment_id=get_equipment(actor, body["equipment"]).id,
        unit_id=body["unit"],
        text=body["text"],
        usability=body["usability"],
    )
    return _told(said.fault)


@faults.operation("GET", ONE, fault=to_read, answer=FaultSchema)
def show(*, fault: Fault) -> dict[str, Any]:
    """One fault"""
    return _told(fault)


@faults.operation("POST", f"{ONE}/confirm", fault=to_decide, body=ConfirmedSchema, answer=FaultSchema)
def confirm(*, actor: User, fault: Fault, body: dict[str, Any]) -> dict[str, Any]:
    """It is so: everybody who signs in reads of it with the equipment"""
    return _told(confirm_fault(actor=actor, fault_id=fault.id, **body))


@faults.operation("POST", f"{ONE}/repair", fault=to_decide, body=RepairSchema, answer=FaultSchema)
def repair(*, actor: User, fault: Fault, body: dict[str, Any]) -> dict[str, Any]:
    """It works as it should"""
    return _told(repair_fault(actor=actor, fault_id=fault.id, **body))


@faults.operation("POST", f"{ONE}/dismiss", fault=to_decide, body=DismissedSchema, answer=FaultSchema)
def dismiss(*, actor: User, fault: Fault, body: dict[str, Any]) -> dict[str, Any]:
    """It is none, or nothing is done about it"""
    return _told(dismiss_fault(actor=actor, fault_id=fault.id, **body))


def _told(fault: Fault) -> dict[str, Any]:
    names = ("id", "equipment", "text", "usability", "state", "reported_by", "reported_at")
    later = ("confirmed_at", "known_as", "closed_at", "closing_note")
    return {name: getattr(fault, name) for name in (*names, *later)} | {"unit": fault.unit_id}
