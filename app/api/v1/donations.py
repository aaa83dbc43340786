"""What a gift has served since it went into service."""

from dataclasses import asdict
from typing import Any

from marshmallow import fields

from app.accounts.models import User
from app.api.resource import AN_ID, Resource
from app.api.v1.schemas import Told
from app.core.errors import NotFound
from app.donations.queries.impact import find_impact
from app.donations.queries.offers import get_offer
from app.donations.rules.impact import Impact

donations = Resource("gifts", __name__, "Gifts in service, and what they served.")


class MonthSchema(Told):
    """A calendar month of the site; the first and the last may be parts of one."""

    month = fields.String(metadata={"description": "As 2026-11."})
    minutes_booked = fields.Integer()
    minutes_used = fields.Integer()
    predicted_minutes = fields.Integer(allow_none=True)


class ImpactSchema(Told):
    """What took place after it went into service, beside what its need had predicted."""

    minutes_booked = fields.Integer()
    minutes_used = fields.Integer()
    bookings = fields.Integer()
    organisations = fields.Integer(
        allow_none=True, metadata={"description": "Null for fewer than three: they could be told apart."}
    )
    predicted_minutes = fields.Integer(
        allow_none=True, metadata={"description": "Null where no need with figures had asked for it."}
    )
    months = fields.List(fields.Nested(MonthSchema))


def in_service(actor: User, number: int) -> Impact:
    """Raises NotFound, also before anything of it is in service."""
    found = find_impact(get_offer(actor, number))
    if found is None:
        raise NotFound
    return found


@donations.operation("GET", f"/donations/{AN_ID}/impact", impact=in_service, answer=ImpactSchema)
def show_impact(*, impact: Impact) -> dict[str, Any]:
    """The donor's figures; the id is the offer's"""
    months = [asdict(month) | {"month": f"{month.first:%Y-%m}"} for month in impact.months]
    return {name: getattr(impact, name) for name in ImpactSchema().fields} | {"months": months}
