"""Equipment, labs and sites that cannot be used, and what gives way to that."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from app.accounts.models import User
from app.api import paging
from app.api.fields import Choice, Id, IdOrSlug, Instant, Text, Whole
from app.api.findings import Finding
from app.api.resource import AN_ID, Resource
from app.api.v1.places import lab_called, site_called
from app.api.v1.schemas import DateSchema, NothingSchema, PageSchema, Sent, Told, WantSchema, named
from app.booking.models import Displacement, Occurrence, OccurrenceState, Outage, OutageKind
from app.booking.queries.outages import get_outage, list_outages
from app.booking.services.outages.change import change_outage, end_outage, repair_outage
from app.booking.services.outages.declare import declare_outage, foresee_outage
from app.booking.services.outages.places import Place
from app.booking.services.outages.plan import Hit, Trouble
from app.core.clock import now
from app.core.spans import Span
from app.inventory.queries.equipment import get_equipment

ONE = f"/outages/{AN_ID}"
PLACES = ("equipment", "lab", "site")
outages = Resource("outages", __name__, "What cannot be used, and what has to give way to that.")


class OutageSentSchema(Sent):
    """One equipment (with `unit` or `quantity`, part of it), a lab or a site; without an end, from now on."""

    equipment = Id()
    lab = IdOrSlug()
    site = IdOrSlug()
    unit = Id(allow_none=True, load_default=None)
    quantity = Whole(1, 100_000, allow_none=True, load_default=None)
    kind = Choice(OutageKind, required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(allow_none=True, required=True)
    reason = Text(2000, load_default="")

    @validates_schema
    def _check_that_one_place_is_named(self, data: dict[str, Any], **_more: Any) -> None:
        if len(data.keys() & set(PLACES)) != 1:
            raise ValidationError(Finding("one_of", names=PLACES), "equipment")
        if data.get("ends_at") is not None and data["ends_at"] <= data["starts_at"]:
            raise ValidationError(Finding("ends_before_it_starts"), "ends_at")


class OutageChangeSchema(Sent):
    """What is left out stays as it is. An end that is not ahead ends it now."""

    ends_at = Instant(allow_none=True)
    reason = Text(2000)


class AffectedSchema(Told):
    """A date that had to give way, what it had, and what has become of it since."""

    reference = fields.String()
    occurrence = fields.Integer()
    state = fields.Enum(OccurrenceState, by_value=fields.String)
    starts_at = Instant()
    ends_at = Instant()
    before = fields.Nested(DateSchema)


class OutageSchema(Told):
    id = fields.Integer()
    kind = fields.Enum(OutageKind, by_value=fields.String)
    equipment = named(allow_none=True)
    lab = named(allow_none=True)
    site = named(allow_none=True)
    unit = fields.Integer(allow_none=True)
    quantity = fields.Integer(allow_none=True, metadata={"description": "null: all of them."})
    starts_at = Instant()
    ends_at = Instant(allow_none=True)
    ended_at = Instant(allow_none=True, metadata={"description": "When somebody said that it is over."})
    reason = fields.String()
    affected = fields.List(fields.Nested(AffectedSchema))


class OutagesSchema(PageSchema):
    items = fields.List(fields.Nested(OutageSchema))


class OutagesQuery(Sent):
    over = fields.Boolean(load_default=False, metadata={"description": "Those that are over."})
    limit = paging.limit_field()
    after = Id(in_address=True)


class PlaceSchema(DateSchema):
    """Where a date could go."""

    equipment = fields.List(fields.Nested(WantSchema))


class ForeseenDateSchema(Told):
    """A date that would have to give way; `ends_at` is when it would end, if it goes on."""

    reference = fields.String()
    occurrence = fields.Integer()
    cut_at = Instant(allow_none=True)
    place = fields.Nested(PlaceSchema, allow_none=True)


class ForeseenSchema(Told):
    affected = fields.List(fields.Nested(ForeseenDateSchema))


class RepairedSchema(Told):
    repaired = fields.Integer(metadata={"description": "How many dates found a place."})


def to_read(actor: User, number: int) -> Outage:
    return get_outage(actor, number)


@outages.operation("GET", "/outages", query=OutagesQuery, answer=OutagesSchema)
def list_all(*, actor: User, query: dict[str, Any]) -> dict[str, Any]:
    """What cannot be used in your labs, now or later; newest first"""
    found = list_outages(actor, is_over=query["over"], before=query.get("after"), limit=query["limit"] + 1)
    page = paging.page(found, query["limit"], lambda outage: outage.id)
    return page | {"items": [_told(outage) for outage in page["items"]]}


@outages.operation("POST", "/outages", body=OutageSentSchema, answer=OutageSchema, status=201)
def declare(*, actor: User, body: dict[str, Any]) -> dict[str, Any]:
    """It cannot be used: what is in the way gives way, and is put elsewhere where that can be done"""
    return _told(declare_outage(actor=actor, trouble=_trouble(actor, body)))


@outages.operation("POST", "/outages/check", body=OutageSentSchema, answer=ForeseenSchema)
def check(*, actor: User, body: dict[str, Any]) -> dict[str, Any]:
    """What would have to give way, and where it could go; changes nothing"""
    plan = foresee_outage(actor=actor, trouble=_trouble(actor, body))
    return {"affected": [_foreseen(hit) for hit in plan.hits]}


@outages.operation("GET", ONE, outage=to_read, answer=OutageSchema)
def show(*, outage: Outage) -> dict[str, Any]:
    """One outage"""
    return _told(outage)


@outages.operation("PATCH", ONE, outage=to_read, body=OutageChangeSchema, answer=OutageSchema)
def change(*, actor: User, outage: Outage, body: dict[str, Any]) -> dict[str, Any]:
    """It lasts longer or less long"""
    ends_at = body.get("ends_at", outage.ends_at)
    if "ends_at" in body and ends_at is not None and ends_at <= now():
        return _told(end_outage(actor=actor, outage_id=outage.id))
    return _told(change_outage(actor=actor, outage_id=outage.id, ends_at=ends_at, reason=body.get("reason")))


@outages.operation("POST", f"{ONE}/end", outage=to_read, body=NothingSchema, answer=OutageSchema)
def end(*, actor: User, outage: Outage) -> dict[str, Any]:
    """It works again: what has no other place gets its time back"""
    return _told(end_outage(actor=actor, outage_id=outage.id))


@outages.operation("POST", f"{ONE}/repair", outage=to_read, body=NothingSchema, answer=RepairedSchema)
def repair(*, actor: User, outage: Outage) -> dict[str, Any]:
    """Look once more for places for what has none"""
    return {"repaired": repair_outage(actor=actor, outage_id=outage.id)}


def _trouble(actor: User, body: dict[str, Any]) -> Trouble:
    return Trouble(
        kind=body["kind"],
        starts_at=body["starts_at"],
        ends_at=body["ends_at"],
        equipment_id=get_equipment(actor, body["equipment"]).id if "equipment" in body else None,
        lab_id=lab_called(body["lab"]).id if "lab" in body else None,
        site_id=site_called(body["site"]).id if "site" in body else None,
        unit_id=body["unit"],
        quantity=body["quantity"],
        reason=body["reason"],
    )


def _told(outage: Outage) -> dict[str, Any]:
    return {
        "id": outage.id,
        "kind": outage.kind,
        "equipment": outage.equipment,
        "lab": outage.lab,
        "site": outage.site,
        "unit": outage.unit_id,
        "quantity": outage.quantity,
        "starts_at": outage.starts_at,
        "ends_at": outage.ends_at,
        "ended_at": outage.ended_at,
        "reason": outage.reason,
        "affected": [_affected(one) for one in outage.displacements],
    }


def _affected(one: Displacement) -> dict[str, Any]:
    date: Occurrence = one.occurrence
    return {
        "reference": date.booking.reference,
        "occurrence": date.id,
        "state": date.state,
        "starts_at": date.starts_at,
        "ends_at": date.ends_at,
        "before": _span(one.was),
    }


def _foreseen(hit: Hit) -> dict[str, Any]:
    return {
        "reference": hit.date.booking.reference,
        "occurrence": hit.date.id,
        "cut_at": hit.cut_at,
        "place": _place(hit.date, hit.place) if hit.place else None,
    }


def _place(date: Occurrence, place: Place) -> dict[str, Any]:
    wants = [
        {"id": place.instead.get(item.equipment_id, item.equipment_id), "quantity": item.quantity}
        for item in date.items
    ]
    return _span(place.span) | {"equipment": wants}


def _span(span: Span) -> dict[str, Any]:
    return {"starts_at": span.start, "ends_at": span.end}
