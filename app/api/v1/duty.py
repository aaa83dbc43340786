"""Who answers for labs, and who is away."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from app.accounts.models import Role, RoleGrant, User
from app.api.fields import Address, Day, Id, IdOrSlug, Instant
from app.api.resource import AN_ID, Resource
from app.api.v1.places import lab_called
from app.api.v1.schemas import NothingSchema, Sent, Told, named
from app.booking.models import Absence
from app.booking.permissions import DECIDERS
from app.booking.queries.people import list_absences, list_deputies
from app.booking.services.absences import end_absence, note_absence
from app.booking.services.deputies import end_deputy, name_deputy
from app.core.errors import NotFound
from app.inventory.models import Lab
from app.inventory.queries.places import list_labs

duty = Resource("duty", __name__, "Who answers requests, and who is away.")


class AwaySentSchema(Sent):
    """From the first day of the lab to the last."""

    lab = IdOrSlug(required=True)
    absent = Id(required=True)
    first_on = Day(required=True)
    last_on = Day(required=True)


class DeputySentSchema(AwaySentSchema):
    """Who stands in has an account at the university."""

    email = Address(required=True)


class AbsenceSchema(Told):
    id = fields.Integer()
    lab = named()
    absent = named()
    starts_at = Instant()
    ends_at = Instant()


class DeputySchema(AbsenceSchema):
    deputy = named()


class AbsencesSchema(Told):
    items = fields.List(fields.Nested(AbsenceSchema))


class DeputiesSchema(Told):
    items = fields.List(fields.Nested(DeputySchema))


def deputy_to_end(actor: User, number: int) -> RoleGrant:
    """Of a lab that the actor answers for, or where they are one of the two. Raises NotFound."""
    labs = {lab.id for lab in list_labs()}
    found = next((one for one in list_deputies(labs) if one.id == number), None)
    if found is None or not (
        actor.id in (found.user_id, found.deputy_for_id) or found.lab_id in _labs(actor)
    ):
        raise NotFound
    return found


def absence_to_end(actor: User, number: int) -> Absence:
    """Of a lab that the actor answers for. Raises NotFound."""
    found = next((one for one in list_absences(_labs(actor)) if one.id == number), None)
    if found is None:
        raise NotFound
    return found


@duty.operation("GET", "/deputies", answer=DeputiesSchema)
def show_deputies(*, actor: User) -> dict[str, Any]:
    """Who stands in for whom, now or later, in the labs that you answer for"""
    labs = _labs(actor)
    return {"items": [_deputy(one, labs) for one in list_deputies(labs)]}


@duty.operation("POST", "/deputies", body=DeputySentSchema, answer=DeputySchema, status=201)
def add_deputy(*, actor: User, body: dict[str, Any]) -> dict[str, Any]:
    """Let somebody answer in the place of who is away"""
    lab = lab_called(body["lab"])
    made = name_deputy(
        actor=actor,
        lab_id=lab.id,
        absent_id=body["absent"],
        email=body["email"],
        first_on=body["first_on"],
        last_on=body["last_on"],
    )
    return _deputy(made, {lab.id: lab})


@duty.operation(
    "POST", f"/deputies/{AN_ID}/end", deputy=deputy_to_end, body=NothingSchema, answer=None, status=204
)
def stop_deputy(*, actor: User, deputy: RoleGrant) -> None:
    """Who was away is back"""
    end_deputy(actor=actor, grant_id=deputy.id)


@duty.operation("GET", "/absences", answer=AbsencesSchema)
def show_absences(*, actor: User) -> dict[str, Any]:
    """Who is or will be away with nobody in their place, in the labs that you answer for"""
    labs = _labs(actor)
    return {"items": [_absence(one, labs) for one in list_absences(labs)]}


@duty.operation("POST", "/absences", body=AwaySentSchema, answer=AbsenceSchema, status=201)
def add_absence(*, actor: User, body: dict[str, Any]) -> dict[str, Any]:
    """Let somebody get no letters while they are away"""
    lab = lab_called(body["lab"])
    made = note_absence(
        actor=actor,
        lab_id=lab.id,
        absent_id=body["absent"],
        first_on=body["first_on"],
        last_on=body["last_on"],
    )
    return _absence(made, {lab.id: lab})


@duty.operation(
    "POST", f"/absences/{AN_ID}/end", absence=absence_to_end, body=NothingSchema, answer=None, status=204
)
def stop_absence(*, actor: User, absence: Absence) -> None:
    """They are back"""
    end_absence(actor=actor, absence_id=absence.id)


def _labs(actor: User) -> dict[int, Lab]:
    mine = actor.lab_ids(*DECIDERS)
    return {lab.id: lab for lab in list_labs() if actor.has_role(Role.ADMIN) or lab.id in mine}


def _deputy(one: RoleGrant, labs: Mapping[int, Lab]) -> dict[str, Any]:
    return {
        "id": one.id,
        "lab": labs[one.lab_id or 0],
        "absent": one.deputy_for,
        "deputy": one.user,
        "starts_at": one.valid_from,
        "ends_at": one.valid_until,
    }


def _absence(one: Absence, labs: Mapping[int, Lab]) -> dict[str, Any]:
    return {
        "id": one.id,
        "lab": labs[one.lab_id],
        "absent": one.user,
        "starts_at": one.begins_at,
        "ends_at": one.ends_at,
    }
