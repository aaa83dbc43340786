"""Giving a company what staff had entered in its name before it had an account."""

from app.accounts import queries
from app.accounts.events import OrganisationMerged
from app.accounts.models import Organisation, User
from app.accounts.permissions import may_look_after_organisations
from app.accounts.services.organisations import get_organisation_for
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, WrongState
from app.core.events import publish
from app.extensions import db


@unit_of_work
def merge_organisation(*, actor: User, organisation_id: int, into_id: int) -> Organisation:
    """All that belongs to the organisation that staff had entered belongs to the verified one from now on.

    Only the liaison office says that two are one: a name proves nothing. The features that hold such
    things move them when they hear OrganisationMerged. Raises NotFound, Forbidden, and WrongState when
    the first has an account already or the second is not verified.
    """
    if not may_look_after_organisations(actor):
        raise Forbidden
    entered = _locked(get_organisation_for(actor, organisation_id))
    owner = get_organisation_for(actor, into_id)
    is_owner = owner.is_verified and owner.closed_at is None and owner.id != entered.id
    if not is_owner or not queries.is_unclaimed(entered):
        raise WrongState
    entered.closed_at, entered.merged_into_id = now(), owner.id
    for invitation in queries.list_invitations(entered):
        invitation.used_at = now()
    publish(OrganisationMerged(actor_id=actor.id, subject_id=entered.id, into_id=owner.id))
    return owner


def _locked(organisation: Organisation) -> Organisation:
    return db.session.get_one(Organisation, organisation.id, with_for_update=True, populate_existing=True)
