"""Make and change equipment, and take it out of service, back, or off the list."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Unpack

from app.accounts.operator import Actor
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.events import publish
from app.extensions import db
from app.inventory import permissions
from app.inventory.events import EquipmentChanged, EquipmentCreated, UnitsInServiceChanged
from app.inventory.models import (
    Acquisition,
    AcquisitionKind,
    Category,
    Equipment,
    EquipmentStatus,
    Lab,
    Mode,
    Unit,
    UnitStatus,
)
from app.inventory.queries import categories, places
from app.inventory.queries.equipment import find_imported, get_for_change
from app.inventory.rules.details import (
    MOST_UNITS,
    EquipmentDetails,
    UnitDetails,
    cleaned_aliases,
    cleaned_details,
    problems_of,
)
from app.inventory.services.changes import apply_changes
from app.inventory.services.search_text import refresh

EMPTY_TEXTS = ("description", "what_to_bring")


@unit_of_work
def create_equipment(
    *,
    actor: Actor,
    lab_id: int,
    category_id: int,
    capacity: int = 1,
    status: EquipmentStatus = EquipmentStatus.IN_SERVICE,
    commissioned_on: date | None = None,
    import_key: str | None = None,
    **details: Unpack[EquipmentDetails],
) -> Equipment:
    """New equipment with `capacity` units that were there before the list was (legacy).

    Raises Forbidden, InvalidInput, and NotFound for an unknown lab or category.
    """
    lab = places.get_lab(lab_id)
    if not permissions.may_manage_lab(actor, lab_id):
        raise Forbidden
    category = categories.get_category(category_id)
    if not 1 <= capacity <= MOST_UNITS:
        raise InvalidInput(("capacity", "out-of-range"))
    return add_equipment(
        actor=actor,
        lab=lab,
        category=category,
        units=[UnitDetails(commissioned_on=commissioned_on)] * capacity,
        status=status,
        import_key=import_key,
        **details,
    )


@unit_of_work
def change_equipment(
    *,
    actor: Actor,
    equipment_id: int,
    lab_id: int | None = None,
    category_id: int | None = None,
    **details: Unpack[EquipmentDetails],
) -> Equipment:
    """Change what is given. Moving it to another lab needs the right in both.

    Raises Forbidden, InvalidInput, NotFound.
    """
    equipment = get_for_change(actor, equipment_id)
    lab_before = equipment.lab_id
    if not all(permissions.may_manage_lab(actor, id_) for id_ in (lab_before, lab_id or lab_before)):
        raise Forbidden
    places_of_it: dict[str, Any] = {}
    if lab_id is not None:
        places_of_it["lab_id"] = _lab_to_move_to(equipment, lab_id).id
    if category_id is not None:
        places_of_it["category_id"] = categories.get_category(category_id).id
    if write_details(actor, equipment, details, **places_of_it):
        db.session.flush()
        db.session.refresh(equipment, ["lab", "category"])
        refresh(equipment)
    return equipment


@unit_of_work
def change_status(*, actor: Actor, equipment_id: int, status: EquipmentStatus, reason: str = "") -> Equipment:
    """All of it goes out of service, comes back, or is retired; its units keep their own states.

    Raises Forbidden, NotFound, WrongState when it is so already; CapacityInUse (occupancy) while
    bookings ahead need it: move those first, or record an outage with its dates.
    """
    equipment = get_for_change(actor, equipment_id)
    retiring = EquipmentStatus.RETIRED in (status, equipment.status)
    allowed = permissions.may_manage_lab if retiring else permissions.may_change_service
    if not allowed(actor, equipment.lab_id):
        raise Forbidden
    if equipment.status is status:
        raise WrongState(state=status)
    write_status(actor, equipment, status, reason=reason)
    return equipment


def add_equipment(
    *,
    actor: Actor,
    lab: Lab,
    category: Category,
    units: Sequence[UnitDetails],
    status: EquipmentStatus,
    import_key: str | None = None,
    everything: Mapping[int, Category] | None = None,
    **details: Unpack[EquipmentDetails],
) -> Equipment:
    """The rows of equipment and its units, and the event, for who may do it and knows the tags to be free.

    `everything`: the categories, if at hand. Raises InvalidInput.
    """
    # The columns' own defaults come with the row, too late for the search text.
    values = {"aliases": [], "attributes": {}} | _checked({"name": None} | details)
    equipment = Equipment(
        lab=lab, category=category, status=status, import_key=import_key, created_at=now(), **values
    )
    equipment.units = [legacy_unit(number, **said) for number, said in enumerate(units, 1)]
    with db.session.no_autoflush:
        refresh(equipment, everything)
    db.session.add(equipment)
    db.session.flush()
    publish(
        EquipmentCreated(
            actor_id=actor.id,
            subject_id=equipment.id,
            lab_id=lab.id,
            name=equipment.name,
            status=equipment.status,
            units_in_service=equipment.units_in_service,
        )
    )
    return equipment


def write_details(
    actor: Actor, equipment: Equipment, details: EquipmentDetails, **ids: Any
) -> dict[str, Any]:
    """Write what differs, and the event, for who may do it and writes its search text anew; what changed.

    `ids`: another lab or category. Raises InvalidInput.
    """
    lab_before = equipment.lab_id
    changes = apply_changes(equipment, _checked(details) | ids)
    if changes:
        publish(
            EquipmentChanged(
                actor_id=actor.id,
                subject_id=equipment.id,
                lab_id=equipment.lab_id,
                lab_id_before=lab_before,
                changes=changes,
            )
        )
    return changes


def write_status(actor: Actor, equipment: Equipment, status: EquipmentStatus, *, reason: str = "") -> None:
    """Write the status, and the event, for who may do it. Raises CapacityInUse (occupancy)."""
    equipment.status = status
    db.session.flush()
    publish_units_in_service(actor, equipment, unit=None, reason=reason)


def publish_units_in_service(actor: Actor, equipment: Equipment, *, unit: Unit | None, reason: str) -> None:
    """Tell how many units can be used now, and of which unit (None: all of it) that comes."""
    publish(
        UnitsInServiceChanged(
            actor_id=actor.id,
            subject_id=equipment.id,
            lab_id=equipment.lab_id,
            units_in_service=equipment.units_in_service,
            unit_id=unit.id if unit else None,
            status=unit.status if unit else equipment.status,
            reason=cleaned_details({"reason": reason}, empty=["reason"])["reason"],
        )
    )


def legacy_unit(number: int, **details: Unpack[UnitDetails]) -> Unit:
    """A unit that was there when the list was made."""
    return Unit(
        number=number,
        status=UnitStatus.IN_SERVICE,
        **details,
        acquisition=Acquisition(kind=AcquisitionKind.LEGACY, created_at=now()),
    )


def _lab_to_move_to(equipment: Equipment, lab_id: int) -> Lab:
    """Raises NotFound, and InvalidInput where that lab's own list has the same key for something else."""
    lab = places.get_lab(lab_id)
    other = find_imported(lab_id, equipment.import_key) if equipment.import_key else None
    if other is not None and other is not equipment:
        raise InvalidInput(("lab", "import-key-taken"))
    return lab


def _checked(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details as they are stored. Raises InvalidInput."""
    values = cleaned_details(details, empty=EMPTY_TEXTS)
    problems = []
    if "aliases" in values:
        values["aliases"] = cleaned_aliases(values["aliases"])
    if "modes" in values:
        values["modes"] = [mode for mode in Mode if mode in values["modes"]]
        if not values["modes"] or set(details["modes"]) - set(Mode):
            problems.append(("modes", "unknown"))
    problems += problems_of(values)
    if problems:
        raise InvalidInput(*problems)
    return values
