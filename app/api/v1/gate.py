"""Who is expected on a day, and what is taught."""

from collections.abc import Iterator
from typing import Any

from marshmallow import fields

from app.accounts.models import User
from app.api.fields import Day, IdOrSlug, Instant
from app.api.resource import Resource
from app.api.v1.places import site_called
from app.api.v1.schemas import Sent, Told, named
from app.booking.permissions import may_see_the_gate
from app.booking.queries.timetables import list_timetables
from app.booking.queries.visitors import list_expected_at
from app.core.clock import now
from app.core.zones import day_span
from app.inventory.models import Site
from app.inventory.queries.places import lab_ids_of, list_sites

gate = Resource("gate", __name__, "Who is expected on a day, and what is taught.")


class ClassSchema(Told):
    title = fields.String()
    weekday = fields.Integer(metadata={"description": "Monday is 0."})
    starts = fields.Time(format="%H:%M")
    ends = fields.Time(format="%H:%M")
    weeks = fields.String(metadata={"enum": ["every", "odd", "even"]})
    equipment = named()
    quantity = fields.Integer()


class TimetableSchema(Told):
    id = fields.Integer()
    lab = named()
    name = fields.String()
    first_on = fields.Date()
    last_on = fields.Date()
    ended_at = Instant(allow_none=True)
    classes = fields.List(fields.Nested(ClassSchema))


class TimetablesSchema(Told):
    items = fields.List(fields.Nested(TimetableSchema))


class VisitorSchema(Told):
    name = fields.String()
    identity = fields.String(allow_none=True)
    plate = fields.String(allow_none=True)
    organisation = named()
    reference = fields.String()
    site = named()
    starts_at = Instant()
    ends_at = Instant()


class VisitorsSchema(Told):
    items = fields.List(fields.Nested(VisitorSchema))


class VisitorsQuery(Sent):
    site = IdOrSlug(in_address=True)
    day = Day(metadata={"description": "A day of the site; else today."})


@gate.operation("GET", "/timetables", answer=TimetablesSchema)
def show_timetables(*, actor: User) -> dict[str, Any]:
    """What is taught in the labs that you work in"""
    return {"items": list_timetables(actor)}


@gate.operation("GET", "/visitors", query=VisitorsQuery, answer=VisitorsSchema)
def show_visitors(*, actor: User, query: dict[str, Any]) -> dict[str, Any]:
    """Who is expected at the sites whose gate you look after"""
    sites = [site_called(query["site"])] if "site" in query else list_sites()
    mine = [site for site in sites if may_see_the_gate(actor, lab_ids_of(site.id))]
    return {"items": [one for site in mine for one in _expected(site, query)]}


def _expected(site: Site, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    day = query.get("day") or now().astimezone(site.zone).date()
    for date in list_expected_at(site.id, day_span(day, site.zone)):
        for person in date.booking.people:
            yield {
                "name": person.name,
                "identity": person.identity,
                "plate": person.plate,
                "organisation": date.booking.organisation,
                "reference": date.booking.reference,
                "site": site,
                "starts_at": date.starts_at,
                "ends_at": date.ends_at,
            }
