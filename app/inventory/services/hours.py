"""Set when labs are open and when a site's offices answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import delete

from app.accounts.operator import Actor
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.events import publish
from app.core.text import one_line
from app.extensions import db
from app.inventory import permissions
from app.inventory.events import (
    DatedHoursChanged,
    EquipmentHoursChanged,
    OpeningHoursChanged,
    WorkingHoursChanged,
)
from app.inventory.models import DatedHours, EquipmentHours, OpeningHours, WorkingHours
from app.inventory.queries import places
from app.inventory.queries.equipment import get_equipment
from app.inventory.queries.hours import find_dated_hours
from app.inventory.rules.week import DayHours, problem_with

LONGEST_NOTE = 200


@unit_of_work
def set_opening_hours(*, actor: Actor, lab_id: int, hours: Sequence[DayHours]) -> None:
    """From now on the lab is open in these hours and no others.

    Raises Forbidden, NotFound; InvalidInput for hours that overlap or end before they start.
    """
    lab = places.get_lab(lab_id)
    if not permissions.may_manage_lab(actor, lab_id):
        raise Forbidden
    wanted = _checked(hours)
    if wanted == sorted(DayHours(row.weekday, row.opens, row.closes) for row in lab.hours):
        return
    lab.hours = []
    db.session.flush()  # the old rows go first: the new ones may begin at the same minute
    lab.hours = [OpeningHours(weekday=h.weekday, opens=h.opens, closes=h.closes) for h in wanted]
    publish(OpeningHoursChanged(actor_id=actor.id, subject_id=lab.id, hours=_written(wanted)))


@unit_of_work
def set_working_hours(*, actor: Actor, site_id: int, hours: Sequence[DayHours]) -> None:
    """From now on the clocks of requests run in these hours. Raises Forbidden, NotFound, InvalidInput."""
    if not permissions.may_manage_places(actor):
        raise Forbidden
    site = places.get_site(site_id)
    wanted = _checked(hours)
    if wanted == sorted(DayHours(row.weekday, row.opens, row.closes) for row in site.working_hours):
        return
    site.working_hours = []
    db.session.flush()
    site.working_hours = [WorkingHours(weekday=h.weekday, opens=h.opens, closes=h.closes) for h in wanted]
    lab_ids = places.lab_ids_of(site.id)
    publish(
        WorkingHoursChanged(actor_id=actor.id, subject_id=site.id, hours=_written(wanted), lab_ids=lab_ids)
    )


@unit_of_work
def set_dated_hours(
    *, actor: Actor, lab_id: int, on: date, hours: Sequence[DayHours], note: str = ""
) -> DatedHours:
    """On that one day the lab is open in these hours (none: closed), whatever its week and the holidays say.

    What is booked already stays. Raises Forbidden, NotFound, InvalidInput.
    """
    lab = places.get_lab(lab_id)
    if not permissions.may_manage_lab(actor, lab_id):
        raise Forbidden
    wanted, note = _checked([replace(one, weekday=on.weekday()) for one in hours]), one_line(note)
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(("note", "too-long"))
    day = find_dated_hours(lab_id, on) or DatedHours(lab_id=lab_id, on=on)
    day.hours = [[f"{h.opens:%H:%M}", f"{h.closes:%H:%M}"] for h in wanted]
    day.note = note
    db.session.add(day)
    db.session.flush()
    publish(DatedHoursChanged(actor_id=actor.id, subject_id=lab.id, on=on, hours=_written(wanted)))
    return day


@unit_of_work
def drop_dated_hours(*, actor: Actor, lab_id: int, on: date) -> None:
    """That day is as every other again. Raises Forbidden, NotFound."""
    lab = places.get_lab(lab_id)
    if not permissions.may_manage_lab(actor, lab_id):
        raise Forbidden
    day = find_dated_hours(lab_id, on)
    if day is None:
        raise NotFound
    db.session.delete(day)
    publish(DatedHoursChanged(actor_id=actor.id, subject_id=lab.id, on=on, hours=None))


@unit_of_work
def set_equipment_hours(*, actor: Actor, equipment_id: int, hours: Sequence[DayHours]) -> None:
    """From now on the equipment can be had in these hours; none at all: in those of its lab.

    Raises Forbidden, NotFound, InvalidInput.
    """
    equipment = get_equipment(actor, equipment_id)
    if not permissions.may_manage_lab(actor, equipment.lab_id):
        raise Forbidden
    wanted = _checked(hours)
    db.session.execute(delete(EquipmentHours).where(EquipmentHours.equipment_id == equipment_id))
    db.session.add_all(
        EquipmentHours(equipment_id=equipment_id, weekday=h.weekday, opens=h.opens, closes=h.closes)
        for h in wanted
    )
    publish(
        EquipmentHoursChanged(
            actor_id=actor.id, subject_id=equipment_id, lab_id=equipment.lab_id, hours=_written(wanted)
        )
    )


def _checked(hours: Sequence[DayHours]) -> list[DayHours]:
    if problem := problem_with(hours):
        raise InvalidInput(("hours", problem))
    return sorted(hours)


def _written(hours: Sequence[DayHours]) -> tuple[str, ...]:
    return tuple(f"{h.weekday} {h.opens:%H:%M}-{h.closes:%H:%M}" for h in hours)
