"""Who may deal with money. Asked by the services, never only by a page."""

from app.accounts.models import Role, User
from app.accounts.operator import Actor
from app.booking.models import Booking
from app.inventory.permissions import may_manage_lab

OFFICE = (Role.ADMIN, Role.LIAISON)


def may_settle(actor: User) -> bool:
    """Say that a quote was paid, and read the statements of every organisation: the liaison office."""
    return actor.has_role(*OFFICE)


def may_see_statement(actor: User, organisation_id: int) -> bool:
    """Its own people, and the liaison office."""
    return organisation_id in actor.organisation_ids() or may_settle(actor)


def may_set_order(actor: User, booking: Booking) -> bool:
    """Give the company's number for it: its own people, and the liaison office."""
    return may_see_statement(actor, booking.organisation_id)


def may_set_prices(actor: Actor, lab_id: int) -> bool:
    """The lab's managers, and admins."""
    return may_manage_lab(actor, lab_id)
