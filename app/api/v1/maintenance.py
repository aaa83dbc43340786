"""What has to be done with equipment regularly, and what was done."""

from typing import Any

from marshmallow import fields

from app.accounts.models import User
from app.api import paging
from app.api.fields import Choice, Day, Flag, Id, Instant, Text, Whole
from app.api.resource import AN_ID, Resource
from app.api.v1.schemas import NothingSchema, PageSchema, Sent, Told, named
from app.inventory.models import MaintenancePlan, Per
from app.inventory.queries.equipment import get_equipment
from app.inventory.queries.maintenance import get_plan, list_plans
from app.inventory.rules.maintenance import LONGEST_MINUTES, LONGEST_NOTE, LONGEST_WHAT, MOST_OF
from app.inventory.services.maintenance import carry_out, change_plan, plan_maintenance, retire_plan

ONE = f"/maintenance-plans/{AN_ID}"
maintenance = Resource(
    "maintenance", __name__, "What has to be done with equipment regularly, and what was done."
)


class PlanChangeSchema(Sent):
    """What is left out stays as it is. `every` and `per` go together: 6 and "month"; null: once."""

    what = Text(LONGEST_WHAT, least=1)
    unit = Id(allow_none=True)
    every = Whole(1, max(MOST_OF.values()), allow_none=True)
    per = Choice(Per, allow_none=True)
    due_on = Day()
    minutes = Whole(1, LONGEST_MINUTES)
    note = Text(LONGEST_NOTE)


class PlanSentSchema(PlanChangeSchema):
    """Of an equipment, or with `unit` of one of its units."""

    equipment = Id(required=True)
    what = Text(LONGEST_WHAT, least=1, required=True)
    due_on = Day(required=True)
    minutes = Whole(1, LONGEST_MINUTES, required=True)


class DoneSentSchema(Sent):
    """It is due again after its interval, or on `next_on`; with neither it is over."""

    done_on = Day(required=True)
    note = Text(LONGEST_NOTE, load_default="")
    next_on = Day(allow_none=True, load_default=None)


class DoneSchema(Told):
    due_on = Day()
    done_on = Day()
    note = fields.String()
    noted_by = named()
    noted_at = Instant()


class PlanSchema(Told):
    id = fields.Integer()
    equipment = named()
    unit = fields.Integer(allow_none=True)
    what = fields.String()
    every = fields.Integer(allow_none=True)
    per = fields.Enum(Per, by_value=fields.String, allow_none=True)
    due_on = Day()
    minutes = fields.Integer()
    note = fields.String()
    retired_at = Instant(allow_none=True, metadata={"description": "Since when it need not be done."})
    done = fields.List(fields.Nested(DoneSchema), metadata={"description": "The last first."})


class PlansSchema(PageSchema):
    items = fields.List(fields.Nested(PlanSchema))


class PlansQuery(Sent):
    retired = Flag(in_address=True, load_default=False)
    equipment = Id(in_address=True)
    limit = paging.limit_field()
    after = Id(in_address=True)


def to_keep(actor: User, number: int) -> MaintenancePlan:
    """Who may read a plan may change it."""
    return get_plan(actor, number)


@maintenance.operation("GET", "/maintenance-plans", query=PlansQuery, answer=PlansSchema)
def list_kept(*, actor: User, query: dict[str, Any]) -> dict[str, Any]:
    """What has to be done in the labs you serve"""
    found = list_plans(
        actor,
        equipment_id=query.get("equipment"),
        is_retired=query["retired"],
        after=query.get("after", 0),
        limit=query["limit"] + 1,
    )
    page = paging.page(found, query["limit"], lambda one: one.id)
    return page | {"items": [_told(one) for one in page["items"]]}


@maintenance.operation("POST", "/maintenance-plans", body=PlanSentSchema, answer=PlanSchema, status=201)
def plan(*, actor: User, body: dict[str, Any]) -> dict[str, Any]:
    """It has to be done; the lab's managers are reminded two weeks before"""
    equipment = get_equipment(actor, body.pop("equipment"))
    return _told(plan_maintenance(actor=actor, equipment_id=equipment.id, **_given(body)))


@maintenance.operation("GET", ONE, kept=to_keep, answer=PlanSchema)
def show(*, kept: MaintenancePlan) -> dict[str, Any]:
    """One plan, with what was done"""
    return _told(kept)


@maintenance.operation("PATCH", ONE, kept=to_keep, body=PlanChangeSchema, answer=PlanSchema)
def change(*, actor: User, kept: MaintenancePlan, body: dict[str, Any]) -> dict[str, Any]:
    """Change what is given"""
    return _told(change_plan(actor=actor, plan_id=kept.id, **_given(body)))


@maintenance.operation("POST", f"{ONE}/done", kept=to_keep, body=DoneSentSchema, answer=PlanSchema)
def done(*, actor: User, kept: MaintenancePlan, body: dict[str, Any]) -> dict[str, Any]:
    """It was done on that day; that is written once and for all"""
    return _told(carry_out(actor=actor, plan_id=kept.id, **body).plan)


@maintenance.operation("POST", f"{ONE}/retire", kept=to_keep, body=NothingSchema, answer=PlanSchema)
def retire(*, actor: User, kept: MaintenancePlan) -> dict[str, Any]:
    """It need not be done any more; what was done stays"""
    return _told(retire_plan(actor=actor, plan_id=kept.id))


def _given(body: dict[str, Any]) -> dict[str, Any]:
    """As the service calls it."""
    return {"unit_id" if name == "unit" else name: value for name, value in body.items()}


def _told(plan: MaintenancePlan) -> dict[str, Any]:
    names = ("id", "equipment", "what", "every", "per", "due_on", "minutes", "note", "retired_at", "done")
    return {name: getattr(plan, name) for name in names} | {"unit": plan.unit_id}
