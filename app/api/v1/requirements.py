"""What comes along with an equipment."""

from typing import Any

from marshmallow import fields, validate

from app.accounts.models import User
from app.api.fields import Choice, Entries, Flag, Id, Whole
from app.api.resource import AN_ID, Resource
from app.api.v1.equipment import to_change, to_read
from app.api.v1.schemas import Sent, Told, named
from app.inventory.models import Equipment, Mode, Requirement
from app.inventory.queries.requirements import list_requirements
from app.inventory.rules.details import MOST_UNITS
from app.inventory.rules.requirements import Link
from app.inventory.services.requirements import MOST, set_requirements

PATH = f"/equipment/{AN_ID}/requirements"
requirements = Resource("requirements", __name__, "What comes along with what is booked.")


class LinkSchema(Sent):
    """So many of one equipment: for each that is booked, or together."""

    equipment = Id(required=True)
    quantity = Whole(1, MOST_UNITS, allow_none=True, load_default=1)
    shared = Flag(load_default=False)
    modes = Entries(Choice(Mode), most=len(Mode), load_default=list)


class LinksSchema(Sent):
    """All that comes along; what is not named comes along no more."""

    requirements = fields.List(fields.Nested(LinkSchema), required=True, validate=validate.Length(max=MOST))


class RequirementSchema(Told):
    equipment = named()
    quantity = fields.Integer(allow_none=True, metadata={"description": "null: all there are."})
    shared = fields.Boolean(metadata={"description": "So many together, however many are booked."})
    modes = fields.List(fields.String(), metadata={"description": "Only in these; none: in each."})


class RequirementsSchema(Told):
    requirements = fields.List(fields.Nested(RequirementSchema))


@requirements.operation("GET", PATH, thing=to_read, answer=RequirementsSchema)
def show_requirements(*, thing: Equipment) -> dict[str, Any]:
    """What comes along with it"""
    return {"requirements": [_told(one) for one in list_requirements(thing.id)]}


@requirements.operation("PUT", PATH, thing=to_change, body=LinksSchema, answer=RequirementsSchema)
def put_requirements(*, actor: User, thing: Equipment, body: dict[str, Any]) -> dict[str, Any]:
    """Say what comes along with it (staff)"""
    links = [
        Link(thing.id, one["equipment"], one["quantity"], one["shared"], frozenset(one["modes"]))
        for one in body["requirements"]
    ]
    found = set_requirements(actor=actor, equipment_id=thing.id, links=links)
    return {"requirements": [_told(one) for one in found]}


def _told(one: Requirement) -> dict[str, Any]:
    return {
        "equipment": {"id": one.needs_id, "name": one.needs.name},
        "quantity": one.quantity,
        "shared": one.is_shared,
        "modes": one.modes,
    }
