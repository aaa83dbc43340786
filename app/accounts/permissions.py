"""Who may do what with people and organisations. Asked by the services, never only by a page."""

from app.accounts.models import MembershipRole, Organisation, Role, User
from app.accounts.operator import Actor

STAFF = (Role.ADMIN, Role.LIAISON, Role.MANAGER, Role.APPROVER, Role.TECHNICIAN, Role.SAFETY_OFFICER)


def may_see_organisation(actor: User, organisation: Organisation) -> bool:
    """Its own people, and the liaison office."""
    return organisation.id in actor.organisation_ids() or may_look_after_organisations(actor)


def may_administer(actor: User, organisation: Organisation) -> bool:
    """Invite people, give them roles, end memberships: its own admins, and the liaison office."""
    return organisation.id in actor.organisation_ids(MembershipRole.ADMIN) or may_look_after_organisations(
        actor
    )


def may_look_after_organisations(actor: Actor) -> bool:
    """Verify, correct and merge them: the liaison office."""
    return actor.has_role(Role.ADMIN, Role.LIAISON)


def may_enter_organisation(actor: Actor) -> bool:
    """Enter a company that has no account: whoever takes its call."""
    return actor.has_role(*STAFF)


def may_manage_people(actor: Actor) -> bool:
    """Give and take roles, close and reopen accounts."""
    return actor.has_role(Role.ADMIN)
