"""Who the token belongs to."""

from typing import Any

from marshmallow import fields, validate

from app.accounts.models import MembershipRole, User
from app.api.resource import Resource
from app.api.v1.schemas import Told
from app.inventory.queries.places import list_labs

me = Resource("me", __name__, "The person the token belongs to.")


class OwnOrganisationSchema(Told):
    id = fields.Integer()
    name = fields.String()
    role = fields.String(validate=validate.OneOf([role.value for role in MembershipRole]))
    verified = fields.Boolean()


class MeSchema(Told):
    id = fields.Integer()
    name = fields.String()
    email = fields.Email()
    organisations = fields.List(fields.Nested(OwnOrganisationSchema))
    roles = fields.List(
        fields.String(),
        metadata={"description": "`admin`, `liaison`, or a lab's: `manager:materials`."},
    )


@me.operation("GET", "/me", answer=MeSchema)
def show_me(*, actor: User) -> dict[str, Any]:
    """The person, their organisations and their roles"""
    return {
        "id": actor.id,
        "name": actor.name,
        "email": actor.email,
        "organisations": [
            {
                "id": membership.organisation.id,
                "name": membership.organisation.name,
                "role": membership.role.value,
                "verified": membership.organisation.is_verified,
            }
            for membership in actor.memberships
            if membership.ended_at is None
        ],
        "roles": _roles(actor),
    }


def _roles(actor: User) -> list[str]:
    slugs = {lab.id: lab.slug for lab in list_labs()}
    return sorted(
        grant.role.value if grant.lab_id is None else f"{grant.role.value}:{slugs[grant.lab_id]}"
        for grant in actor.grants
    )
