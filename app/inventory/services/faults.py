"""Report a fault; say that it is one, that it is repaired, or that it is none."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from app.accounts.models import User
from app.core.clock import now
from app.core.db import unit_of_work
from app.core.errors import Forbidden, InvalidInput, WrongState
from app.core.events import publish
from app.core.files import Accepted
from app.core.text import clean
from app.extensions import db
from app.inventory import permissions
from app.inventory.events.upkeep import (
    FaultConfirmed,
    FaultDismissed,
    FaultRepaired,
    FaultReported,
)
from app.inventory.models import (
    Equipment,
    EquipmentStatus,
    Fault,
    FaultPhoto,
    FaultState,
    UnitStatus,
    Usability,
)
from app.inventory.queries.equipment import get_for_change
from app.inventory.queries.faults import find_open_of, get_fault
from app.inventory.rules.faults import may_become, may_break

LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Photo:
    """A picture that lies on disk already, under random names."""

    accepted: Accepted
    file: str
    thumbnail: str


class Report(NamedTuple):
    """A fault, and whether it was reported just now; else the same person had said so already."""

    fault: Fault
    is_new: bool


@unit_of_work
def report_fault(
    *,
    actor: User,
    equipment_id: int,
    text: str,
    usability: Usability,
    unit_id: int | None = None,
    photo: Photo | None = None,
) -> Report:
    """Say that something is wrong with it, or with one unit. The lab's staff gets a letter.

    As long as one's own report of the same thing is open, it is that one. Raises NotFound, Forbidden,
    InvalidInput, and WrongState for what is retired.
    """
    # Locked: two reports that one person sends at once are one.
    equipment = get_for_change(actor, equipment_id)
    if not permissions.may_report_fault(actor):
        raise Forbidden
    check_thing(equipment)
    check_unit(equipment, unit_id)
    text = _checked("text", text, needed=True)
    if (known := find_open_of(actor.id, equipment_id, unit_id)) is not None:
        return Report(known, is_new=False)
    fault = Fault(
        equipment_id=equipment_id,
        unit_id=unit_id,
        text=text,
        usability=usability,
        state=FaultState.REPORTED,
        reported_by_id=actor.id,
        reported_at=now(),
        closing_note="",
        photo=_row(photo) if photo is not None else None,
    )
    db.session.add(fault)
    db.session.flush()
    publish(FaultReported(**_told(actor, fault)))
    return Report(fault, is_new=True)


@unit_of_work
def confirm_fault(
    *, actor: User, fault_id: int, known_as: str = "", usability: Usability | None = None
) -> Fault:
    """It is so. Everybody who signs in reads `known_as` (empty: as it was reported) with the equipment.

    `usability` where that was reported wrongly. Raises NotFound, Forbidden, InvalidInput, WrongState.
    """
    fault = _to_decide(actor, fault_id, FaultState.CONFIRMED)
    known_as = _checked("known_as", known_as)
    fault.state, fault.known_as = FaultState.CONFIRMED, known_as or fault.text
    fault.confirmed_at, fault.confirmed_by = now(), actor
    fault.usability = usability or fault.usability
    publish(FaultConfirmed(**_told(actor, fault)))
    return fault


@unit_of_work
def repair_fault(*, actor: User, fault_id: int, note: str = "") -> Fault:
    """It works as it should; `note`: what was done. Raises NotFound, Forbidden, InvalidInput, WrongState."""
    fault = _to_decide(actor, fault_id, FaultState.REPAIRED)
    _close(actor, fault, FaultState.REPAIRED, _checked("note", note))
    publish(FaultRepaired(**_told(actor, fault)))
    return fault


@unit_of_work
def dismiss_fault(*, actor: User, fault_id: int, reason: str) -> Fault:
    """It is none, or nothing is done about it. Raises NotFound, Forbidden, InvalidInput, WrongState."""
    fault = _to_decide(actor, fault_id, FaultState.DISMISSED)
    _close(actor, fault, FaultState.DISMISSED, _checked("reason", reason, needed=True))
    publish(FaultDismissed(**_told(actor, fault), reason=fault.closing_note))
    return fault


def check_thing(equipment: Equipment) -> None:
    """Raises WrongState for what is retired, and InvalidInput for a pool of people."""
    if equipment.status is EquipmentStatus.RETIRED:
        raise WrongState(state=equipment.status)
    if not may_break(equipment.kind):
        raise InvalidInput(("equipment", "not_of_people"))


def check_unit(equipment: Equipment, unit_id: int | None) -> None:
    """None is all of it. Raises InvalidInput for a unit that is not there (any more)."""
    ids = {unit.id for unit in equipment.units if unit.status is not UnitStatus.RETIRED}
    if unit_id is not None and unit_id not in ids:
        raise InvalidInput(("unit", "unknown"))


def _to_decide(actor: User, fault_id: int, after: FaultState) -> Fault:
    fault = get_fault(actor, fault_id, for_update=True)
    if not permissions.may_decide_fault(actor, fault.equipment.lab_id):
        raise Forbidden
    if not may_become(fault.state, after):
        raise WrongState(state=fault.state)
    return fault


def _close(actor: User, fault: Fault, state: FaultState, note: str) -> None:
    fault.state, fault.closing_note = state, note
    fault.closed_at, fault.closed_by = now(), actor


def _checked(field: str, text: str, *, needed: bool = False) -> str:
    text = clean(text)
    if needed and not text:
        raise InvalidInput((field, "required"))
    if len(text) > LONGEST_TEXT:
        raise InvalidInput((field, "too-long"))
    return text


def _row(photo: Photo) -> FaultPhoto:
    return FaultPhoto(
        media_type=photo.accepted.media_type,
        size=len(photo.accepted.data),
        sha256=photo.accepted.sha256,
        file=photo.file,
        thumbnail=photo.thumbnail,
    )


def _told(actor: User, fault: Fault) -> dict[str, Any]:
    return {
        "actor_id": actor.id,
        "subject_id": fault.id,
        "equipment_id": fault.equipment_id,
        "unit_id": fault.unit_id,
        "state": fault.state.value,
    }
