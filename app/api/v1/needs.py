"""What the labs lack and ask for. Published needs are read without a token."""

from typing import Any

from marshmallow import fields

from app.accounts.models import User
from app.api import paging
from app.api.fields import Choice, Flag, Id, IdOrSlug, Instant, Text, Whole
from app.api.resource import AN_ID, Resource
from app.api.v1.places import category_called, lab_called
from app.api.v1.schemas import NothingSchema, PageSchema, Sent, Told, named
from app.needs.models import ClosingReason, Need, NeedState
from app.needs.permissions import may_write_need
from app.needs.queries.evidence import current_evidence
from app.needs.queries.needs import get_need, list_needs, shown_to
from app.needs.rules.evidence import Evidence
from app.needs.services.close import close_need
from app.needs.services.publish import publish_need, reject_need
from app.needs.services.write import LONGEST_TEXT, LONGEST_TITLE, MOST, change_need, submit_need, write_need

ONE = f"/needs/{AN_ID}"
needs = Resource("equipment-needs", __name__, "What the labs lack: published needs are for everybody.")


class NeedChangeSchema(Sent):
    """What is to change; once it is published only the quantity, and only downwards."""

    title = Text(LONGEST_TITLE, least=1)
    title_fa = Text(LONGEST_TITLE)
    quantity = Whole(1, MOST)
    justification = Text(LONGEST_TEXT, least=1)
    specification = Text(LONGEST_TEXT)


class NeedSentSchema(Sent):
    """It is handed in for review at once."""

    title = Text(LONGEST_TITLE, least=1, required=True)
    title_fa = Text(LONGEST_TITLE)
    lab = IdOrSlug(required=True)
    category = IdOrSlug(required=True)
    quantity = Whole(1, MOST, required=True)
    justification = Text(LONGEST_TEXT, least=1, required=True)
    specification = Text(LONGEST_TEXT, load_default="")
    from_gap = Flag(load_default=False, metadata={"description": "Proposed from hours that were missed."})


class CloseSchema(Sent):
    reason = Choice(ClosingReason, required=True)
    note = Text(2000, load_default="", metadata={"description": "Needed for withdrawn."})


class RejectSchema(Sent):
    reason = Text(2000, least=1, required=True, metadata={"description": "Who wrote it reads this."})


class FiguresSchema(Told):
    """null: not known, or not shown because fewer than three organisations stand behind it."""

    unmet_minutes = fields.Integer(allow_none=True)
    organisations = fields.Integer(allow_none=True)
    units = fields.Integer()
    utilisation = fields.Integer(allow_none=True, metadata={"description": "Percent of the open time."})
    downtime_minutes = fields.Integer()
    extra = fields.Integer(allow_none=True)
    served_minutes = fields.Integer(allow_none=True)


class EvidenceSchema(Told):
    """What speaks for a need, and when and how it was computed."""

    computed_on = fields.Date()
    starts_at = Instant(attribute="window.start")
    ends_at = Instant(attribute="window.end")
    formula = fields.String()
    figures = fields.Nested(FiguresSchema, allow_none=True)


class CoverageSchema(Told):
    required_units = fields.Integer(attribute="required", data_key="required")
    reserved = fields.Integer(attribute="spoken.reserved")
    agreed = fields.Integer(attribute="spoken.agreed")
    delivered = fields.Integer(attribute="spoken.delivered")
    commissioned = fields.Integer(attribute="spoken.commissioned")


class NeedSchema(Told):
    id = fields.Integer(attribute="need.id")
    reference = fields.String(attribute="need.reference")
    state = fields.Enum(NeedState, by_value=fields.String, attribute="need.state")
    title = fields.String(attribute="need.title")
    title_fa = fields.String(attribute="need.title_fa", allow_none=True)
    lab = named(attribute="need.lab")
    category = named(attribute="need.category")
    quantity = fields.Integer(attribute="need.quantity")
    justification = fields.String(attribute="need.justification")
    specification = fields.String(attribute="need.specification")
    from_gap = fields.Boolean(attribute="need.from_gap")
    published_at = Instant(attribute="need.published_at", allow_none=True)
    closing_reason = fields.Enum(
        ClosingReason, by_value=fields.String, attribute="need.closing_reason", allow_none=True
    )
    rejected_reason = fields.String(
        attribute="need.rejected_reason", metadata={"description": "Why it was turned down; else empty."}
    )
    evidence = fields.Nested(EvidenceSchema, allow_none=True)
    live = fields.Nested(EvidenceSchema, allow_none=True, metadata={"description": "For staff alone."})
    coverage = fields.Nested(CoverageSchema)


class NeedsSchema(PageSchema):
    items = fields.List(fields.Nested(NeedSchema))


class NeedsQuery(Sent):
    lab = IdOrSlug(in_address=True)
    state = Choice(NeedState)
    limit = paging.limit_field()
    after = Id(in_address=True)


@needs.operation("GET", "/needs", query=NeedsQuery, answer=NeedsSchema, anybody=True)
def list_all_needs(*, actor: User | None, query: dict[str, Any]) -> dict[str, Any]:
    """What is asked for, newest first; with a token also the drafts of your labs"""
    found = list_needs(
        actor,
        lab=lab_called(query["lab"]) if "lab" in query else None,
        state=query.get("state"),
        before=query.get("after"),
        limit=query["limit"] + 1,
    )
    page = paging.page(found, query["limit"], lambda need: need.id)
    return page | {"items": [_told(actor, need) for need in page["items"]]}


@needs.operation("POST", "/needs", body=NeedSentSchema, answer=NeedSchema, status=201)
def write(*, actor: User, body: dict[str, Any]) -> dict[str, Any]:
    """Ask for equipment: the lab's manager or the liaison office"""
    lab, category = lab_called(body.pop("lab")), category_called(body.pop("category"))
    need = write_need(actor=actor, lab_id=lab.id, category_id=category.id, **body)
    return _told(actor, submit_need(actor=actor, need_id=need.id))


@needs.operation("GET", ONE, need=get_need, answer=NeedSchema, anybody=True)
def show_need(*, actor: User | None, need: Need) -> dict[str, Any]:
    """One need"""
    return _told(actor, need)


@needs.operation("PATCH", ONE, need=get_need, body=NeedChangeSchema, answer=NeedSchema)
def change(*, actor: User, need: Need, body: dict[str, Any]) -> dict[str, Any]:
    """Change what is given"""
    return _told(actor, change_need(actor=actor, need_id=need.id, **body))


@needs.operation("POST", f"{ONE}/submit", need=get_need, body=NothingSchema, answer=NeedSchema)
def submit(*, actor: User, need: Need) -> dict[str, Any]:
    """Hand in a draft for review"""
    return _told(actor, submit_need(actor=actor, need_id=need.id))


@needs.operation("POST", f"{ONE}/publish", need=get_need, body=NothingSchema, answer=NeedSchema)
def publish(*, actor: User, need: Need) -> dict[str, Any]:
    """Make it public and freeze its evidence; what was written by hand somebody else publishes"""
    return _told(actor, publish_need(actor=actor, need_id=need.id))


@needs.operation("POST", f"{ONE}/reject", need=get_need, body=RejectSchema, answer=NeedSchema)
def reject(*, actor: User, need: Need, body: dict[str, Any]) -> dict[str, Any]:
    """Turn it down before it is published, and say why"""
    return _told(actor, reject_need(actor=actor, need_id=need.id, reason=body["reason"]))


@needs.operation("POST", f"{ONE}/close", need=get_need, body=CloseSchema, answer=NeedSchema)
def close(*, actor: User, need: Need, body: dict[str, Any]) -> dict[str, Any]:
    """Nothing more is asked for, and why"""
    return _told(actor, close_need(actor=actor, need_id=need.id, reason=body["reason"], note=body["note"]))


def _told(actor: User | None, need: Need) -> dict[str, Any]:
    """As it is answered to this person."""
    (shown,) = shown_to(actor, [need])
    live: Evidence | None = current_evidence(need) if may_write_need(actor, need.lab_id) else None
    return {"need": need, "evidence": shown.evidence, "live": live, "coverage": shown.coverage}
