"""What was asked for and could not be given."""

from datetime import datetime, timedelta
from typing import Any

from marshmallow import fields

from app.accounts.models import User
from app.api.fields import IdOrSlug, Instant
from app.api.findings import Finding
from app.api.resource import Resource
from app.api.v1.places import category_called, lab_called
from app.api.v1.schemas import Sent, Told, named
from app.core.clock import now
from app.core.errors import InvalidInput
from app.core.spans import Span
from app.inventory.queries.categories import all_categories
from app.inventory.queries.places import list_labs
from app.needs.permissions import may_see_every_gap
from app.needs.queries.shown_gaps import shown_gaps, shown_window
from app.needs.rules.gap import Gap

LONGEST_WINDOW = timedelta(days=366)
USUAL_WINDOW = timedelta(days=90)

gaps = Resource("gaps", __name__, "Where equipment is missing.")


class GainSchema(Told):
    """What so many more units would have served."""

    extra = fields.Integer()
    served_minutes = fields.Integer()


class GapSchema(Told):
    """A kind of equipment in a lab."""

    category = named()
    lab = named(allow_none=True)
    unmet_minutes = fields.Integer()
    organisations = fields.Integer(allow_none=True)
    utilisation = fields.Float(allow_none=True, metadata={"description": "Of the open time; 1 is all."})
    downtime_minutes = fields.Integer()
    counterfactual = fields.List(fields.Nested(GainSchema))
    policy_minutes = fields.Integer(
        allow_none=True, metadata={"description": "Refused by a rule, in no other figure. For staff alone."}
    )


class GapsSchema(Told):
    items = fields.List(fields.Nested(GapSchema))


class GapsQuery(Sent):
    starts = Instant(data_key="from", metadata={"description": "For staff; else the last three months."})
    ends = Instant(data_key="to", metadata={"description": "For staff; else the last three months."})
    lab = IdOrSlug(in_address=True)
    category = IdOrSlug(in_address=True)


@gaps.operation("GET", "/gaps", query=GapsQuery, answer=GapsSchema, anybody=True)
def list_all_gaps(*, actor: User | None, query: dict[str, Any]) -> dict[str, Any]:
    """What was missed, most first; in public over whole months and of three organisations or more"""
    found = shown_gaps(
        actor,
        shown_window(actor, _window(query)),
        lab_id=lab_called(query["lab"]).id if "lab" in query else None,
        category_id=category_called(query["category"]).id if "category" in query else None,
    )
    categories, labs = all_categories(), {lab.id: lab for lab in list_labs()}
    return {
        "items": [
            {
                "category": categories[gap.category_id],
                "lab": labs.get(gap.lab_id or 0),
                **_figures(gap, staff=may_see_every_gap(actor)),
            }
            for gap in found
        ]
    }


def _figures(gap: Gap, *, staff: bool) -> dict[str, Any]:
    """Nobody knows how many organisations a rule refused, so the public is not told of them."""
    return {
        "unmet_minutes": gap.unmet_minutes,
        "organisations": gap.organisations if staff or gap.is_shown else None,
        "utilisation": gap.utilisation,
        "downtime_minutes": gap.downtime_minutes,
        "counterfactual": gap.gains,
        "policy_minutes": gap.policy_minutes if staff else None,
    }


def _window(query: dict[str, Any]) -> Span:
    """The window asked for: without `to` until now, without `from` ninety days. Raises InvalidInput."""
    end: datetime = query.get("ends") or now()
    start: datetime = query.get("starts") or end - USUAL_WINDOW
    if end <= start:
        raise InvalidInput(("to", Finding("ends_before_it_starts")))
    if end - start > LONGEST_WINDOW:
        raise InvalidInput(("to", Finding("window_too_long", days=LONGEST_WINDOW.days)))
    return Span(start, end)
