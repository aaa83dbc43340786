"""Add, change, take out, put back and retire single units."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Unpack

from app.accounts.operator import Actor
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from app.core.events import publish
from app.extensions import db
from app.inventory import permissions
from app.inventory.events import UnitChanged
from app.inventory.models import Acquisition, AcquisitionKind, Equipment, Unit, UnitStatus
from app.inventory.queries.equipment import find_unit, get_for_change, taken_asset_tags
from app.inventory.rules.details import MOST_UNITS, UnitDetails, cleaned_details, problems_of
from app.inventory.rules.states import UNIT_CHANGES
from app.inventory.services.changes import apply_changes
from app.inventory.services.equipment import legacy_unit, publish_units_in_service
from app.inventory.services.search_text import refresh


@unit_of_work
def add_unit(
    *,
    actor: Actor,
    equipment_id: int,
    kind: AcquisitionKind,
    source_organisation_id: int | None = None,
    acquired_on: date | None = None,
    note: str = "",
    **details: Unpack[UnitDetails],
) -> Unit:
    """One more copy, in service at once, with the one acquisition it will ever have.

    Raises Forbidden, NotFound, InvalidInput (a tag that another unit wears).
    """
    equipment = get_for_change(actor, equipment_id)
    if not permissions.may_manage_lab(actor, equipment.lab_id):
        raise Forbidden
    if len(equipment.units) >= MOST_UNITS:
        raise InvalidInput(("capacity", "out-of-range"))
    values = _checked(details, unit=None)
    written = cleaned_details({"note": note}, empty=["note"])
    if problems := problems_of(written):
        raise InvalidInput(*problems)
    unit = Unit(
        number=_next_number(equipment),
        status=UnitStatus.IN_SERVICE,
        acquisition=Acquisition(
            kind=kind,
            source_organisation_id=source_organisation_id,
            acquired_on=acquired_on,
            note=written["note"],
            created_at=now(),
        ),
        **values,
    )
    _put(actor, equipment, unit)
    refresh(equipment)
    return unit


@unit_of_work
def change_unit(*, actor: Actor, unit_id: int, **details: Unpack[UnitDetails]) -> Unit:
    """Its tag, serial number, condition, or since when it works. Raises Forbidden, NotFound, InvalidInput."""
    equipment, unit = _unit_for_change(actor, unit_id)
    if not permissions.may_manage_lab(actor, equipment.lab_id):
        raise Forbidden
    if write_unit(actor, equipment, unit, _checked(details, unit=unit)):
        refresh(equipment)
    return unit


@unit_of_work
def change_unit_status(*, actor: Actor, unit_id: int, status: UnitStatus, reason: str = "") -> Unit:
    """Take a unit out of service, put it back, or retire it for good.

    Raises Forbidden, NotFound, WrongState; CapacityInUse (occupancy) while bookings ahead need it.
    """
    equipment, unit = _unit_for_change(actor, unit_id)
    allowed = permissions.may_manage_lab if status is UnitStatus.RETIRED else permissions.may_change_service
    if not allowed(actor, equipment.lab_id):
        raise Forbidden
    if (unit.status, status) not in UNIT_CHANGES:
        raise WrongState(state=unit.status)
    unit.status = status
    db.session.flush()
    publish_units_in_service(actor, equipment, unit=unit, reason=reason)
    return unit


def add_legacy_unit(actor: Actor, equipment: Equipment, details: UnitDetails) -> None:
    """One more copy that was there before, for who may add it, knows its tag to be free, and writes the
    search text of the equipment anew. Raises InvalidInput.
    """
    if len(equipment.units) >= MOST_UNITS:
        raise InvalidInput(("capacity", "out-of-range"))
    _put(actor, equipment, legacy_unit(_next_number(equipment), **details))


def join_equipment(actor: Actor, equipment: Equipment, unit: Unit) -> None:
    """Make a unit of no equipment the next one of this, for who may do it."""
    unit.number = _next_number(equipment)
    _put(actor, equipment, unit)
    refresh(equipment)


def write_unit(actor: Actor, equipment: Equipment, unit: Unit, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write what differs, and the event; what changed. The caller has seen to the same things."""
    changes = apply_changes(unit, values)
    if changes:
        publish(
            UnitChanged(
                actor_id=actor.id,
                subject_id=equipment.id,
                lab_id=equipment.lab_id,
                unit_id=unit.id,
                changes=changes,
            )
        )
    return changes


def _put(actor: Actor, equipment: Equipment, unit: Unit) -> None:
    equipment.units.append(unit)
    db.session.flush()
    publish_units_in_service(actor, equipment, unit=unit, reason="")


def _next_number(equipment: Equipment) -> int:
    return max((unit.number or 0 for unit in equipment.units), default=0) + 1


def _unit_for_change(actor: Actor, unit_id: int) -> tuple[Equipment, Unit]:
    """The unit and its equipment, kept from others. Raises NotFound."""
    unit = find_unit(unit_id)
    if unit is None or unit.equipment_id is None:
        raise NotFound
    equipment = get_for_change(actor, unit.equipment_id)
    return equipment, unit


def _checked(details: UnitDetails, *, unit: Unit | None) -> dict[str, Any]:
    """The details as they are stored. Raises InvalidInput."""
    values = cleaned_details(details)
    problems = problems_of(values)
    tag = values.get("asset_tag")
    if tag and (unit is None or unit.asset_tag != tag) and taken_asset_tags([tag]):
        problems.append(("asset_tag", "taken"))
    if problems:
        raise InvalidInput(*problems)
    return values
