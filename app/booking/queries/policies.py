"""What has been said about the rules."""

from collections.abc import Sequence

from sqlalchemy import select

from app.booking.models import Policy
from app.extensions import db
from app.inventory.models import Equipment


def find_policy_of_lab(lab_id: int) -> Policy | None:
    return db.session.scalar(select(Policy).where(Policy.lab_id == lab_id))


def find_policy_of_equipment(equipment_id: int) -> Policy | None:
    return db.session.scalar(select(Policy).where(Policy.equipment_id == equipment_id))


def list_policies_of_equipment_in(lab_id: int) -> Sequence[Policy]:
    """Where equipment of the lab differs from it."""
    differing = select(Policy).join(Equipment, Equipment.id == Policy.equipment_id)
    return db.session.scalars(differing.where(Equipment.lab_id == lab_id)).all()
