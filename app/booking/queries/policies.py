"""What has been said about the rules."""

from sqlalchemy import select

from app.booking.models import Policy
from app.extensions import db


def find_policy_of_lab(lab_id: int) -> Policy | None:
    return db.session.scalar(select(Policy).where(Policy.lab_id == lab_id))


def find_policy_of_equipment(equipment_id: int) -> Policy | None:
    return db.session.scalar(select(Policy).where(Policy.equipment_id == equipment_id))
