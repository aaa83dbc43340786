"""Who may change what there is. Asked by the services, never only by a page."""

from app.accounts.models import Role, User
from app.accounts.operator import Actor
from app.inventory.models import Fault


def may_manage_places(actor: Actor) -> bool:
    """Sites, labs as such, and the tree of categories."""
    return actor.has_role(Role.ADMIN)


def may_manage_lab(actor: Actor, lab_id: int) -> bool:
    """What a lab says of itself, its hours, and its list of equipment."""
    return actor.has_role(Role.ADMIN) or actor.has_role(Role.MANAGER, lab_id=lab_id)


def may_manage_some_lab(actor: Actor) -> bool:
    """Manage a lab, whichever: who may not has no business with forms for it."""
    return actor.has_role(Role.ADMIN, Role.MANAGER)


def may_change_service(actor: Actor, lab_id: int) -> bool:
    """Take units and equipment out of service and put them back."""
    return may_manage_lab(actor, lab_id) or actor.has_role(Role.TECHNICIAN, lab_id=lab_id)


def may_report_fault(actor: User) -> bool:
    """Anybody who can sign in: who stands before it sees it first."""
    return actor.is_active


def may_decide_fault(actor: Actor, lab_id: int) -> bool:
    """Say that a fault is one, that it is repaired, or that it is none."""
    return may_change_service(actor, lab_id)


def may_see_fault(actor: User, fault: Fault) -> bool:
    """Who reported it, and who decides."""
    return actor.id == fault.reported_by_id or may_decide_fault(actor, fault.equipment.lab_id)


def may_keep_maintenance(actor: Actor, lab_id: int) -> bool:
    """Plan what has to be done regularly, and note that it was."""
    return may_change_service(actor, lab_id)
