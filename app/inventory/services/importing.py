"""Bring equipment in from somebody's list: all of it, or nothing and why.

The write lock is held for all of it: a row is written as a whole, with what was read for all rows at once.
"""

from collections.abc import Sequence

from sqlalchemy import update

from app.accounts.operator import Actor
from app.core.db import unit_of_work
from app.core.errors import DomainError
from app.core.text import fold
from app.extensions import db
from app.inventory.errors import ImportRefused
from app.inventory.models import Category, Equipment, EquipmentStatus, Unit
from app.inventory.problems import Problem
from app.inventory.queries.categories import all_categories
from app.inventory.rules.importing.mapping import Settings
from app.inventory.rules.importing.plan import Outcome, Plan
from app.inventory.rules.importing.sheet import Sheet
from app.inventory.services.categories import add_category
from app.inventory.services.equipment import add_equipment, write_details, write_status
from app.inventory.services.import_targets import Target, targets_of
from app.inventory.services.search_text import refresh
from app.inventory.services.units import add_legacy_unit, write_unit


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
    targets, problems = targets_of(actor, sheet, told, lock=True)
    if problems:
        raise ImportRefused(problems)
    lines = [target.planned() for target in targets]
    categories = all_categories()
    made: dict[str, Category] = {}
    _take_off_tags(targets)
    # No question asked on the way is about what the list writes: rows are sent when their ids are needed.
    with db.session.no_autoflush:
        for target, line in zip(targets, lines, strict=True):
            if line.outcome is Outcome.UNCHANGED:
                continue
            try:
                category = target.category or _category(actor, target.draft.category, made, categories)
                _bring_in(actor, target, category, categories)
            except DomainError as refused:
                problem = Problem("refused", line.line, params={"why": refused.code})
                raise ImportRefused([problem]) from refused
    return Plan(lines, (), [category.name for category in made.values()])


def _take_off_tags(targets: Sequence[Target]) -> None:
    """Tags that go from one unit to another: in between, no two may wear the same."""
    wanted = {tag for target in targets for tag in target.draft.tags}
    moving = [
        {"id": unit.id, "asset_tag": None}
        for target in targets
        for unit, said in target.units()
        if unit and "asset_tag" in said and said["asset_tag"] != unit.asset_tag and unit.asset_tag in wanted
    ]
    if moving:
        # The units in the session keep theirs: what they have lost is told with what they get.
        db.session.execute(update(Unit), moving)


def _category(
    actor: Actor, name: str, made: dict[str, Category], categories: dict[int, Category]
) -> Category:
    """The category of that name, made once."""
    key = fold(name)
    if key not in made:
        category = made[key] = add_category(actor=actor, name=name)
        categories[category.id] = category
    return made[key]


def _bring_in(actor: Actor, target: Target, category: Category, categories: dict[int, Category]) -> None:
    if target.equipment is None:
        _create(actor, target, category, categories)
    else:
        _change(actor, target, target.equipment, category, categories)


def _create(actor: Actor, target: Target, category: Category, categories: dict[int, Category]) -> None:
    draft = target.draft
    add_equipment(
        actor=actor,
        lab=target.lab,
        category=category,
        units=[said for _, said in target.units()],
        status=draft.status or EquipmentStatus.IN_SERVICE,
        import_key=draft.key,
        everything=categories,
        **draft.details,
    )


def _change(
    actor: Actor, target: Target, equipment: Equipment, category: Category, categories: dict[int, Category]
) -> None:
    draft = target.draft
    write_details(actor, equipment, draft.details, category_id=category.id)
    equipment.category = category
    for unit, said in target.units():
        if unit is None:
            add_legacy_unit(actor, equipment, said)
        else:
            write_unit(actor, equipment, unit, said)
    refresh(equipment, categories)
    if draft.status and draft.status is not equipment.status:
        write_status(actor, equipment, draft.status)
