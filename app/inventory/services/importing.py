"""Bring equipment in from somebody's list: all of it, or nothing and why."""

from app.accounts.operator import Actor
from app.core.db import unit_of_work
from app.core.errors import DomainError
from app.core.text import fold
from app.inventory.errors import ImportRefused
from app.inventory.models import AcquisitionKind, Category, Equipment, EquipmentStatus
from app.inventory.problems import Problem
from app.inventory.rules.details import UnitDetails
from app.inventory.rules.importing.mapping import Settings
from app.inventory.rules.importing.plan import Outcome, Plan
from app.inventory.rules.importing.sheet import Sheet
from app.inventory.services.categories import add_category
from app.inventory.services.equipment import change_equipment, change_status, create_equipment
from app.inventory.services.import_targets import Target, targets_of
from app.inventory.services.units import add_unit, change_unit


def plan_import(*, actor: Actor, sheet: Sheet, told: Settings) -> Plan:
    """What importing the list would do, line by line, and everything in its way. Changes nothing."""
    targets, problems = targets_of(actor, sheet, told)
    missing: dict[str, str] = {}
    for target in targets:
        if target.category is None:
            missing.setdefault(fold(target.draft.category), target.draft.category)
    return Plan([target.planned() for target in targets], problems, list(missing.values()))


@unit_of_work
def import_equipment(*, actor: Actor, sheet: Sheet, told: Settings) -> Plan:
    """Do what plan_import says. Raises ImportRefused, and then nothing has changed."""
    targets, problems = targets_of(actor, sheet, told)
    if problems:
        raise ImportRefused(problems)
    lines = [target.planned() for target in targets]
    made: dict[str, Category] = {}
    for target, line in zip(targets, lines, strict=True):
        if line.outcome is Outcome.UNCHANGED:
            continue
        try:
            _bring_in(actor, target, target.category or _category(actor, target.draft.category, made))
        except DomainError as refused:
            raise ImportRefused([Problem("refused", line.line, params={"why": refused.code})]) from refused
    return Plan(lines, (), [category.name for category in made.values()])


def _category(actor: Actor, name: str, made: dict[str, Category]) -> Category:
    """The category of that name, made once."""
    key = fold(name)
    if key not in made:
        made[key] = add_category(actor=actor, name=name)
    return made[key]


def _bring_in(actor: Actor, target: Target, category: Category) -> None:
    equipment = target.equipment
    if equipment is None:
        equipment = _create(actor, target, category)
    else:
        _change(actor, target, equipment, category)
    _write_units(actor, target, equipment)


def _create(actor: Actor, target: Target, category: Category) -> Equipment:
    draft = target.draft
    return create_equipment(
        actor=actor,
        lab_id=target.lab.id,
        category_id=category.id,
        capacity=draft.quantity or 1,
        status=draft.status or EquipmentStatus.IN_SERVICE,
        commissioned_on=draft.commissioned_on,
        import_key=draft.key,
        **draft.details,
    )


def _change(actor: Actor, target: Target, equipment: Equipment, category: Category) -> None:
    draft = target.draft
    change_equipment(actor=actor, equipment_id=equipment.id, category_id=category.id, **draft.details)
    for _ in range(len(equipment.units_listed), draft.quantity or 0):
        add_unit(actor=actor, equipment_id=equipment.id, kind=AcquisitionKind.LEGACY)
    if draft.status and draft.status is not equipment.status:
        change_status(actor=actor, equipment_id=equipment.id, status=draft.status)


def _write_units(actor: Actor, target: Target, equipment: Equipment) -> None:
    """Serial numbers and tags go to the units in order, the date to all of them."""
    draft = target.draft
    for place, unit in enumerate(equipment.units_listed):
        details = UnitDetails()
        if place < len(draft.serials) and unit.serial != draft.serials[place]:
            details["serial"] = draft.serials[place]
        if place < len(draft.asset_tags) and unit.asset_tag != draft.asset_tags[place]:
            details["asset_tag"] = draft.asset_tags[place]
        if draft.commissioned_on and unit.commissioned_on != draft.commissioned_on:
            details["commissioned_on"] = draft.commissioned_on
        if details:
            change_unit(actor=actor, unit_id=unit.id, **details)
