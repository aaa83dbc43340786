"""Hours of single days, and of single equipment."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.extensions import db
from app.inventory.models import DatedHours, EquipmentHours


def find_dated_hours(lab_id: int, on: date) -> DatedHours | None:
    return db.session.scalar(select(DatedHours).where(DatedHours.lab_id == lab_id, DatedHours.on == on))


def list_dated_hours(lab_id: int, *, first: date) -> Sequence[DatedHours]:
    """What the lab has said of single days from that day on, in order."""
    return db.session.scalars(
        select(DatedHours).where(DatedHours.lab_id == lab_id, DatedHours.on >= first).order_by(DatedHours.on)
    ).all()


def list_equipment_hours(equipment_id: int) -> Sequence[EquipmentHours]:
    """The hours of the equipment where they differ from its lab's; none where they do not."""
    return db.session.scalars(
        select(EquipmentHours)
        .where(EquipmentHours.equipment_id == equipment_id)
        .order_by(EquipmentHours.weekday, EquipmentHours.opens)
    ).all()
