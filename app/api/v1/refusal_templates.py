"""Answers that a lab keeps ready for when it has to decline."""

from typing import Any

from marshmallow import fields

from app.accounts.models import User
from app.api import paging
from app.api.fields import Choice, Id, Text, Whole
from app.api.resource import AN_ID, Resource
from app.api.v1.places import lab_in_address
from app.api.v1.schemas import PageSchema, Sent, Told, named
from app.booking.models import DeclineReason, RefusalTemplate
from app.booking.permissions import may_decide_in
from app.booking.queries.refusals import find_refusal, list_refusals
from app.booking.services.refusals import (
    LAST_POSITION,
    LONGEST_TEXT,
    LONGEST_TITLE,
    add_refusal,
    change_refusal,
    remove_refusal,
)
from app.core.errors import Forbidden, NotFound
from app.inventory.models import Lab
from app.inventory.permissions import may_manage_lab

ONE = f"/refusal-templates/{AN_ID}"
refusal_templates = Resource("refusals", __name__, "Answers that a lab keeps ready to decline with.")


class RefusalChangeSchema(Sent):
    """What is left out stays as it is."""

    title = Text(LONGEST_TITLE, least=1)
    reason_code = Choice(DeclineReason)
    text = Text(LONGEST_TEXT, least=1)
    position = Whole(1, LAST_POSITION)


class RefusalSentSchema(RefusalChangeSchema):
    """Without a position it stands last."""

    title = Text(LONGEST_TITLE, least=1, required=True)
    reason_code = Choice(DeclineReason, required=True)
    text = Text(LONGEST_TEXT, least=1, required=True)


class RefusalSchema(Told):
    id = fields.Integer()
    lab = named()
    title = fields.String()
    reason_code = fields.Enum(DeclineReason, by_value=fields.String)
    text = fields.String()
    position = fields.Integer()


class RefusalsSchema(PageSchema):
    items = fields.List(fields.Nested(RefusalSchema))


class RefusalsQuery(Sent):
    limit = paging.limit_field()
    after = Id(in_address=True)


def decided_lab(actor: User, lab: str) -> Lab:
    """The lab, for who decides in it. For others it has no such list."""
    found = lab_in_address(lab)
    if not may_decide_in(actor, found.id):
        raise NotFound
    return found


def managed_lab(actor: User, lab: str) -> Lab:
    found = decided_lab(actor, lab)
    if not may_manage_lab(actor, found.id):
        raise Forbidden
    return found


def to_change(actor: User, number: int) -> RefusalTemplate:
    found = find_refusal(number)
    if found is None or not may_decide_in(actor, found.lab_id):
        raise NotFound
    if not may_manage_lab(actor, found.lab_id):
        raise Forbidden
    return found


@refusal_templates.operation(
    "GET", "/labs/<lab>/refusal-templates", lab=decided_lab, query=RefusalsQuery, answer=RefusalsSchema
)
def list_ready(*, lab: Lab, query: dict[str, Any]) -> dict[str, Any]:
    """What the lab keeps ready"""
    found = sorted(list_refusals([lab.id]), key=lambda one: one.id)
    found = [one for one in found if one.id > query.get("after", 0)]
    return paging.page(found, query["limit"], lambda one: one.id)


@refusal_templates.operation(
    "POST",
    "/labs/<lab>/refusal-templates",
    lab=managed_lab,
    body=RefusalSentSchema,
    answer=RefusalSchema,
    status=201,
)
def keep_ready(*, actor: User, lab: Lab, body: dict[str, Any]) -> RefusalTemplate:
    """Keep an answer ready"""
    return add_refusal(actor=actor, lab_id=lab.id, **body)


@refusal_templates.operation("PATCH", ONE, kept=to_change, body=RefusalChangeSchema, answer=RefusalSchema)
def change(*, actor: User, kept: RefusalTemplate, body: dict[str, Any]) -> RefusalTemplate:
    """Change what is given"""
    return change_refusal(actor=actor, refusal_id=kept.id, **body)


@refusal_templates.operation("DELETE", ONE, kept=to_change, answer=None, status=204)
def remove(*, actor: User, kept: RefusalTemplate) -> None:
    """Offer it no more"""
    remove_refusal(actor=actor, refusal_id=kept.id)
