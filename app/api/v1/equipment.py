"""Equipment: what can be booked."""

from typing import Any

from marshmallow import fields, validate

from app.accounts.models import User
from app.api import paging
from app.api.fields import Choice, Entries, Flag, Id, IdOrSlug, Text, Whole
from app.api.resource import AN_ID, Resource
from app.api.v1.places import category_called, lab_called
from app.api.v1.schemas import PageSchema, Sent, Told, named
from app.core.db import unit_of_work
from app.core.errors import Forbidden
from app.inventory.models import Equipment, EquipmentKind, EquipmentStatus, Mode, UnitStatus
from app.inventory.permissions import may_manage_lab, may_manage_some_lab
from app.inventory.queries.equipment import get_equipment
from app.inventory.queries.search import LONGEST_QUERY
from app.inventory.queries.search import list_equipment as search
from app.inventory.rules.details import LONGEST, MOST_ALIASES, MOST_UNITS
from app.inventory.services.equipment import change_equipment, create_equipment
from app.inventory.services.number import change_number

ONE = f"/equipment/{AN_ID}"
equipment = Resource("equipment", __name__, "Equipment and its units.")


class UnitSchema(Told):
    """One physical copy."""

    id = fields.Integer()
    number = fields.Integer()
    asset_tag = fields.String(allow_none=True)
    serial = fields.String(allow_none=True)
    status = fields.Enum(UnitStatus, by_value=fields.String)


class EquipmentSchema(Told):
    """What people look for and book; its units are the physical copies."""

    id = fields.Integer()
    name = fields.String()
    name_fa = fields.String(allow_none=True)
    aliases = fields.List(fields.String())
    lab = named()
    category = named()
    capacity = fields.Integer(
        attribute="units_in_service", metadata={"description": "How many can be used at once."}
    )
    status = fields.Enum(EquipmentStatus, by_value=fields.String)
    modes = fields.List(fields.String(validate=validate.OneOf([mode.value for mode in Mode])))
    kind = fields.Enum(EquipmentKind, by_value=fields.String)
    lent_alone = fields.Boolean(
        attribute="is_lent_alone",
        metadata={"description": "Else it only comes along with something that needs it."},
    )
    manufacturer = fields.String(allow_none=True)
    model = fields.String(allow_none=True)
    location = fields.String(allow_none=True)
    description = fields.String()
    units = fields.List(fields.Nested(UnitSchema))


class EquipmentPageSchema(PageSchema):
    items = fields.List(fields.Nested(EquipmentSchema))


class EquipmentQuery(Sent):
    q = Text(LONGEST_QUERY, load_default="")
    lab = IdOrSlug(in_address=True)
    category = IdOrSlug(in_address=True)
    status = Choice(EquipmentStatus)
    limit = paging.limit_field()
    after = Id(in_address=True, load_default=0)


class EquipmentChangeSchema(Sent):
    """What staff say of equipment; what is left out stays as it is."""

    name = Text(LONGEST["name"], least=1)
    name_fa = Text(LONGEST["name_fa"], allow_none=True)
    lab = IdOrSlug()
    category = IdOrSlug()
    capacity = Whole(1, MOST_UNITS)
    aliases = Entries(Text(LONGEST["name"], least=1), most=MOST_ALIASES)
    modes = Entries(Choice(Mode), least=1, most=len(Mode))
    kind = Choice(EquipmentKind)
    lent_alone = Flag(attribute="is_lent_alone")
    manufacturer = Text(LONGEST["manufacturer"], allow_none=True)
    model = Text(LONGEST["model"], allow_none=True)
    location = Text(LONGEST["location"], allow_none=True)
    description = Text(LONGEST["description"])


class NewEquipmentSchema(EquipmentChangeSchema):
    """New equipment, with as many units as its capacity. Every mode is offered unless said otherwise."""

    name = Text(LONGEST["name"], least=1, required=True)
    lab = IdOrSlug(required=True)
    category = IdOrSlug(required=True)
    capacity = Whole(1, MOST_UNITS, load_default=1)
    modes = Entries(Choice(Mode), least=1, most=len(Mode), load_default=lambda: list(Mode))


def to_read(actor: User, number: int) -> Equipment:
    return get_equipment(actor, number)


def to_change(actor: User, number: int) -> Equipment:
    found = get_equipment(actor, number)
    if not may_manage_lab(actor, found.lab_id):
        raise Forbidden
    return found


@equipment.operation("GET", "/equipment", query=EquipmentQuery, answer=EquipmentPageSchema)
def list_equipment(*, actor: User, query: dict[str, Any]) -> dict[str, Any]:
    """Search equipment"""
    found = search(
        actor,
        q=query["q"],
        lab=lab_called(query["lab"]) if "lab" in query else None,
        category=category_called(query["category"]) if "category" in query else None,
        status=query.get("status"),
        after=query["after"],
        limit=query["limit"] + 1,
    )
    return paging.page(found, query["limit"], lambda one: one.id)


@equipment.operation("GET", ONE, thing=to_read, answer=EquipmentSchema)
def show_equipment(*, thing: Equipment) -> Equipment:
    """One equipment"""
    return thing


@equipment.operation(
    "POST",
    "/equipment",
    permit=may_manage_some_lab,
    body=NewEquipmentSchema,
    answer=EquipmentSchema,
    status=201,
)
def add_equipment(*, actor: User, body: dict[str, Any]) -> Equipment:
    """Enter equipment (staff)"""
    return create_equipment(actor=actor, **_with_ids(body))


@equipment.operation("PATCH", ONE, thing=to_change, body=EquipmentChangeSchema, answer=EquipmentSchema)
def change(*, actor: User, thing: Equipment, body: dict[str, Any]) -> Equipment:
    """Change equipment (staff)"""
    return _change(actor, thing.id, body)


@unit_of_work
def _change(actor: User, equipment_id: int, body: dict[str, Any]) -> Equipment:
    """The description and the number of units: both change, or neither."""
    details = {name: value for name, value in body.items() if name != "capacity"}
    if "capacity" in body:
        change_number(actor=actor, equipment_id=equipment_id, number=body["capacity"])
    return change_equipment(actor=actor, equipment_id=equipment_id, **_with_ids(details))


def _with_ids(body: dict[str, Any]) -> dict[str, Any]:
    """The body with lab and category by number. Raises NotFound."""
    details = {name: value for name, value in body.items() if name not in ("lab", "category")}
    if "lab" in body:
        details["lab_id"] = lab_called(body["lab"]).id
    if "category" in body:
        details["category_id"] = category_called(body["category"]).id
    return details
