"""Laboratories and workshops."""

from typing import Any

from marshmallow import fields

from app.accounts.models import User
from app.api import paging
from app.api.fields import Id
from app.api.resource import Resource
from app.api.v1.places import lab_in_address
from app.api.v1.schemas import PageSchema, Sent, Told, named
from app.inventory.models import Lab
from app.inventory.queries.places import list_labs

labs = Resource("labs", __name__, "Laboratories and workshops, by number or by slug.")


class LabSchema(Told):
    id = fields.Integer()
    slug = fields.String()
    name = fields.String()
    name_fa = fields.String(allow_none=True)
    site = named()
    timezone = fields.String(attribute="site.zone_name", metadata={"examples": ["Asia/Tehran"]})
    status = fields.String()


class LabsSchema(PageSchema):
    items = fields.List(fields.Nested(LabSchema))


class LabsQuery(Sent):
    limit = paging.limit_field()
    after = Id(in_address=True)


@labs.operation("GET", "/labs", query=LabsQuery, answer=LabsSchema)
def list_all_labs(*, query: dict[str, Any]) -> dict[str, Any]:
    """Every lab"""
    found = [lab for lab in sorted(list_labs(), key=lambda lab: lab.id) if lab.id > query.get("after", 0)]
    return paging.page(found, query["limit"], lambda lab: lab.id)


def lab_named(_actor: User, lab: str) -> Lab:
    """The lab of an address, where it stands by number or by slug. Raises NotFound."""
    return lab_in_address(lab)


@labs.operation("GET", "/labs/<lab>", lab=lab_named, answer=LabSchema)
def show_lab(*, lab: Lab) -> Lab:
    """One lab"""
    return lab
