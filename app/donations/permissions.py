"""Who may do what with offers. Asked by the services, never only by a page.

Donors never approve, inspect or value: whoever belongs to the giving organisation has no say in what
becomes of its gift, whatever else that person is trusted with.
"""

from collections.abc import Iterable

from app.accounts.models import Role, User
from app.donations.models import Offer


def may_offer_for(actor: User, organisation_id: int) -> bool:
    """Write, submit and withdraw offers in the name of an organisation."""
    return organisation_id in actor.organisation_ids()


def may_offer(actor: User | None) -> bool:
    """Offer something at all: everybody but who acts for the university and belongs to nobody else."""
    return actor is None or bool(actor.organisation_ids()) or not actor.grants


def may_see_offers(actor: User) -> bool:
    """All of them, whoever gives: for those who answer, inspect and commission."""
    return actor.has_role(Role.ADMIN, Role.LIAISON, Role.MANAGER, Role.TECHNICIAN)


def may_answer_offers(actor: User) -> bool:
    """Accept and decline, for some lab or for all."""
    return actor.has_role(Role.ADMIN, Role.LIAISON, Role.MANAGER)


def may_see_offer(actor: User, offer: Offer) -> bool:
    return may_see_offers(actor) or may_offer_for(actor, offer.organisation_id)


def may_decide(actor: User, offer: Offer, lab_ids: Iterable[int]) -> bool:
    """Accept, decline, agree and receive: the liaison office, or the manager of a lab it is meant for.

    An offer that names no need is meant for no lab yet, so any manager may take it on.
    """
    if _gives(actor, offer):
        return False
    labs = set(lab_ids)
    if actor.has_role(Role.ADMIN, Role.LIAISON):
        return True
    return any(actor.has_role(Role.MANAGER, lab_id=lab_id) for lab_id in labs or actor.lab_ids(Role.MANAGER))


def may_inspect(actor: User, offer: Offer, lab_ids: Iterable[int]) -> bool:
    if _gives(actor, offer):
        return False
    roles = (Role.MANAGER, Role.TECHNICIAN)
    labs = set(lab_ids)
    return actor.has_role(Role.ADMIN) or any(
        actor.has_role(*roles, lab_id=lab_id) for lab_id in labs or actor.lab_ids(*roles)
    )


def may_commission(actor: User, offer: Offer, lab_id: int) -> bool:
    """Put it into service in this lab."""
    if _gives(actor, offer):
        return False
    return actor.has_role(Role.ADMIN) or actor.has_role(Role.MANAGER, lab_id=lab_id)


def _gives(actor: User, offer: Offer) -> bool:
    return offer.organisation_id in actor.organisation_ids()
