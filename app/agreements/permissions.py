"""Who may do what with agreements. Asked by the services, never only by a page."""

from app.accounts.models import Role
from app.accounts.operator import Actor


def may_keep_agreements(actor: Actor) -> bool:
    """Read all of them and record new ones: the liaison office."""
    return actor.has_role(Role.ADMIN, Role.LIAISON)


def may_check_papers(actor: Actor) -> bool:
    """Look at an organisation's papers and say until when they are valid: the office as well."""
    return may_keep_agreements(actor)
