"""When equipment is free."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from marshmallow import fields, validate

from app.accounts.models import User
from app.api import paging
from app.api.fields import Id, IdOrSlug, Instant, Several, Text, Whole
from app.api.resource import Resource
from app.api.v1.places import category_called, lab_called
from app.api.v1.schemas import PageSchema, Sent, Told, named
from app.api.v1.windows import window
from app.booking.permissions import is_of_the_university
from app.booking.services.free import Free, list_free
from app.booking.services.misses import remember_search
from app.booking.services.wishes import wanted_of
from app.inventory.models import Equipment
from app.inventory.queries.search import LONGEST_QUERY, list_equipment

LONGEST_WINDOW = timedelta(days=92)
USUAL_WINDOW = timedelta(days=14)
LONGEST_MINUTES = 14 * 24 * 60

free = Resource("free", __name__, "When equipment is free.")


class FreeSpanSchema(Told):
    starts_at = Instant()
    ends_at = Instant()
    quantity = fields.Integer(metadata={"description": "How many are free throughout."})


class FreeSchema(Told):
    equipment = named()
    spans = fields.List(fields.Nested(FreeSpanSchema), validate=validate.Length(max=5))


class FreePageSchema(PageSchema):
    items = fields.List(fields.Nested(FreeSchema))


class FreeQuery(Sent):
    minutes = Whole(1, LONGEST_MINUTES, in_address=True, required=True)
    starts = Instant(data_key="from")
    ends = Instant(data_key="to")
    quantity = Whole(1, 100_000, in_address=True, load_default=1)
    q = Text(LONGEST_QUERY, load_default="")
    lab = IdOrSlug(in_address=True)
    category = IdOrSlug(in_address=True)
    equipment = Several(Id(in_address=True), most=200, pattern=r"0*[1-9][0-9]{0,9}", load_default=list)
    limit = Whole(1, 1000, in_address=True, load_default=paging.USUAL)
    after = Id(in_address=True, load_default=0)


@free.operation("GET", "/free", query=FreeQuery, answer=FreePageSchema)
def find_free(*, actor: User, query: dict[str, Any]) -> dict[str, Any]:
    """When equipment could be booked: the first spans of each that are long enough"""
    span = window(query, usual=USUAL_WINDOW, longest=LONGEST_WINDOW)
    lab = lab_called(query["lab"]) if "lab" in query else None
    category = category_called(query["category"]) if "category" in query else None
    found = list_equipment(
        actor,
        q=query["q"],
        lab=lab,
        category=category,
        ids=query["equipment"],
        after=query["after"],
        limit=query["limit"] + 1,
    )
    page = paging.page(found, query["limit"], lambda one: one.id)
    items = list_free(
        equipment=page["items"],
        window=span,
        minutes=query["minutes"],
        quantity=query["quantity"],
        is_internal=is_of_the_university(actor),
    )
    if page["next"] is None and not query["after"]:
        searched = wanted_of(
            minutes=query["minutes"],
            quantity=query["quantity"],
            window=span,
            equipment=_named(query, found),
            category=category,
            lab=lab,
            query=query["q"],
        )
        remember_search(actor=actor, searched=searched, found=items)
    return page | {"items": [_told(one) for one in items]}


def _named(query: dict[str, Any], found: Sequence[Equipment]) -> Equipment | None:
    """One equipment is something in particular; a handful of them is not."""
    return found[0] if len(query["equipment"]) == 1 and found else None


def _told(one: Free) -> dict[str, Any]:
    return {
        "equipment": one.equipment,
        "spans": [
            {"starts_at": span.start, "ends_at": span.end, "quantity": one.quantity_in(span)}
            for span in one.spans
        ],
    }
