"""The labs and equipment that are this person's to manage; for others their pages do not exist."""

from app.accounts.viewer import person
from app.core.errors import NotFound
from app.inventory.models import Equipment, Lab
from app.inventory.permissions import may_manage_lab
from app.inventory.queries.equipment import get_equipment
from app.inventory.queries.places import get_lab


def managed_lab(lab_id: int) -> Lab:
    """Raises NotFound."""
    if not may_manage_lab(person(), lab_id):
        raise NotFound
    return get_lab(lab_id)


def managed_equipment(equipment_id: int) -> Equipment:
    """Raises NotFound."""
    found = get_equipment(person(), equipment_id)
    managed_lab(found.lab_id)
    return found
