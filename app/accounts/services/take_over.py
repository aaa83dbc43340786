"""The owner of an address takes over what was registered with it for a stand-in."""

from app.accounts.errors import LinkUnusable
from app.accounts.events import OrganisationTakenOver
from app.accounts.models import TokenPurpose, User
from app.accounts.services.links import use_link
from app.accounts.services.register import Registration
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.events import publish


@unit_of_work
def take_over(*, actor: User, token: str, with_company: bool) -> Registration:
    """End the stand-in of this link, and say which it was.

    Its company is the actor's to administer from now on, `with_company`; else it is closed. Raises
    LinkUnusable, also where the link was mailed to somebody else.
    """
    link = use_link(TokenPurpose.TAKE_OVER, token)
    stand_in, organisation = link.user, link.organisation
    if link.email != actor.email or stand_in is None or organisation is None:
        raise LinkUnusable
    stand_in.name, stand_in.disabled_at = "", now()
    for membership in list(stand_in.memberships):
        if with_company:
            membership.user = actor
        else:
            membership.ended_at = organisation.closed_at = now()
    if with_company:
        publish(OrganisationTakenOver(actor_id=actor.id, subject_id=organisation.id))
    return Registration(stand_in, organisation)
