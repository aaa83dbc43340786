"""What a person wanted and could not have."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from app.accounts.models import User
from app.api.fields import Choice, Id, IdOrSlug, Instant, Text, Whole
from app.api.findings import Finding
from app.api.resource import Resource
from app.api.v1.free import LONGEST_MINUTES, LONGEST_WINDOW, USUAL_WINDOW
from app.api.v1.places import category_called
from app.api.v1.schemas import Sent, Told
from app.api.v1.windows import window
from app.booking.services.misses import report_too_late
from app.booking.services.wishes import wanted_of
from app.demand.models import MissReason
from app.demand.rules.wishes import Wanted
from app.demand.services import report_miss
from app.inventory.models import Equipment
from app.inventory.queries.equipment import get_equipment
from app.inventory.queries.search import LONGEST_QUERY, list_equipment

misses = Resource("misses", __name__, "What could not be had: it shows where equipment is missing.")


MOST = 1000
"""How much equipment is looked at."""


class Reason(StrEnum):
    """What a person can say of it; other reasons are found out by the program."""

    NONE = MissReason.NONE_FREE.value
    TOO_LATE = MissReason.TOO_LATE.value


class MissSentSchema(Sent):
    """One of equipment, category and q says what; the window and the length say when."""

    equipment = Id()
    category = IdOrSlug()
    q = Text(LONGEST_QUERY, least=1)
    minutes = Whole(1, LONGEST_MINUTES, required=True)
    quantity = Whole(1, 100_000, load_default=1)
    starts = Instant(data_key="from")
    ends = Instant(data_key="to")
    reason = Choice(Reason, required=True)
    organisation = Id()
    note = Text(500, load_default="")

    @validates_schema
    def _check_that_something_is_named(self, data: dict[str, Any], **_more: Any) -> None:
        if not data.keys() & {"equipment", "category", "q"}:
            raise ValidationError(Finding("required"), "equipment")


class MissSchema(Told):
    remembered = fields.Boolean(
        metadata={"description": "False when it is known already, and for the university's own people."}
    )


@misses.operation("POST", "/misses", body=MissSentSchema, answer=MissSchema, status=201)
def report(*, actor: User, body: dict[str, Any]) -> dict[str, Any]:
    """Say that nothing fitted"""
    wanted = _wanted(actor, body)
    organisation_id, note = body.get("organisation"), body["note"]
    if body["reason"] == MissReason.TOO_LATE:
        new = report_too_late(
            actor=actor,
            wanted=wanted,
            equipment=_looked_at(actor, body),
            organisation_id=organisation_id,
            note=note,
        )
    else:
        reason = MissReason(body["reason"])
        new = report_miss(
            actor=actor, wanted=wanted, reason=reason, organisation_id=organisation_id, note=note
        )
    return {"remembered": new}


def _looked_at(actor: User, body: dict[str, Any]) -> Sequence[Equipment]:
    """All that the wish could have meant."""
    return list_equipment(
        actor,
        q=body.get("q", ""),
        category=category_called(body["category"]) if "category" in body else None,
        ids=[body["equipment"]] if "equipment" in body else (),
        limit=MOST,
    )


def _wanted(actor: User, body: dict[str, Any]) -> Wanted:
    return wanted_of(
        minutes=body["minutes"],
        quantity=body["quantity"],
        window=window(body, usual=USUAL_WINDOW, longest=LONGEST_WINDOW),
        equipment=get_equipment(actor, body["equipment"]) if "equipment" in body else None,
        category=category_called(body["category"]) if "category" in body else None,
        query=body.get("q", ""),
    )
