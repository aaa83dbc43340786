"""The rows of a list beside the equipment they are about: what differs, and what is in the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.accounts.operator import Actor
from app.core.text import fold
from app.inventory import permissions
from app.inventory.models import Category, Equipment, EquipmentStatus, Lab, Unit
from app.inventory.problems import Problem
from app.inventory.queries.categories import categories_called
from app.inventory.queries.equipment import imported_of, names_of, own_key, taken_asset_tags, unbrought_of
from app.inventory.queries.places import find_lab_called
from app.inventory.rules.details import UnitDetails
from app.inventory.rules.importing.drafts import Draft, drafts_of
from app.inventory.rules.importing.mapping import Field, Settings, completed, mapping_problems
from app.inventory.rules.importing.plan import Outcome, PlannedLine
from app.inventory.rules.importing.sheet import Sheet

UNIT_FIELDS = ("commissioned_on", "serial", "asset_tag")


@dataclass
class Target:
    """A draft with what it is about. Without an equipment there is none yet."""

    draft: Draft
    lab: Lab
    equipment: Equipment | None
    category: Category | None
    changes: list[str] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def units(self) -> list[tuple[Unit | None, UnitDetails]]:
        """The units that the row is about, each with what the row says of it; None for one that is new.

        Retired units are not among them: a row is about what is there.
        """
        there = self.equipment.units_listed if self.equipment else []
        number = max(len(there), self.draft.quantity or (0 if self.equipment else 1))
        more = [None] * (number - len(there))
        return [(unit, self.draft.unit(place)) for place, unit in enumerate([*there, *more])]

    def planned(self) -> PlannedLine:
        if self.equipment is None:
            outcome = Outcome.CREATED
        else:
            outcome = Outcome.UPDATED if self.changes else Outcome.UNCHANGED
        return PlannedLine(
            self.draft.line,
            self.draft.key,
            self.draft.details["name"],
            outcome,
            tuple(self.changes),
            tuple(self.warnings),
        )


def targets_of(
    actor: Actor, sheet: Sheet, told: Settings, *, lock: bool = False
) -> tuple[list[Target], list[Problem]]:
    """Every row that can be understood, and everything that is in the way. Changes nothing.

    With `lock`, what is there is kept from being changed by others until the unit of work ends.
    """
    settings = completed(sheet, told)
    if problems := mapping_problems(sheet, settings):
        return [], problems
    drafts, problems = drafts_of(sheet, settings)
    labs, lab_problems = _labs(actor, drafts, settings)
    lab_ids = {lab.id for lab in labs.values()}
    existing, names = imported_of(lab_ids, lock=lock), names_of(lab_ids)
    categories = categories_called(draft.category for draft in drafts)
    problems += _categories_meant_twice(drafts, categories, settings)
    entered = _Entered(
        unbrought_of(lab_ids, lock=lock), by_name=settings.key == settings.columns.get(Field.NAME)
    )
    targets = []
    for draft in drafts:
        lab, meant = labs.get(draft.lab), categories[draft.category]
        if lab is not None and len(meant) <= 1:
            equipment = existing.get((lab.id, draft.key)) or entered.meant_by(draft, lab.id)
            targets.append(Target(draft, lab, equipment, meant[0] if meant else None))
    for target in targets:
        target.changes = _changes(target)
    _warn_of_equal_names(targets, names)
    problems += [*lab_problems, *_keys_twice(targets, settings), *_unit_problems(targets, settings)]
    return targets, sorted(problems, key=lambda problem: problem.line or 0)


class _Entered:
    """Equipment that no list has brought: known by the key of our own lists, or by its name as the key."""

    def __init__(self, equipment: Sequence[Equipment], *, by_name: bool) -> None:
        self.by_name = by_name
        self.keys = {(one.lab_id, own_key(one)): one for one in equipment}
        self.names: dict[tuple[int, str], list[Equipment]] = {}
        for one in equipment:
            self.names.setdefault((one.lab_id, one.name), []).append(one)

    def meant_by(self, draft: Draft, lab_id: int) -> Equipment | None:
        """The one that the line is about; None where there is none, or a name is of several.

        What is retired is meant by its name only where the line says that it is.
        """
        if found := self.keys.get((lab_id, draft.key)):
            return found
        alike = self.names.get((lab_id, draft.key), []) if self.by_name else []
        retired = draft.status is EquipmentStatus.RETIRED
        meant = [one for one in alike if retired or one.status is not EquipmentStatus.RETIRED]
        return meant[0] if len(meant) == 1 else None


def _labs(actor: Actor, drafts: Sequence[Draft], settings: Settings) -> tuple[dict[str, Lab], list[Problem]]:
    """The labs that the rows name, as far as they exist and this person may fill them."""
    labs: dict[str, Lab] = {}
    problems = []
    for name, line in {draft.lab: draft.line for draft in reversed(drafts)}.items():
        lab = find_lab_called(name)
        if lab is not None and permissions.may_manage_lab(actor, lab.id):
            labs[name] = lab
            continue
        code = "unknown-lab" if lab is None else "not-your-lab"
        problems.append(Problem(code, line, settings.columns.get(Field.LAB), {"lab": name}))
    return labs, problems


def _categories_meant_twice(
    drafts: Sequence[Draft], meant: Mapping[str, Sequence[Category]], settings: Settings
) -> Iterator[Problem]:
    """Names of several categories: nobody but who wrote the list knows which."""
    for name, line in {draft.category: draft.line for draft in reversed(drafts)}.items():
        if len(meant[name]) > 1:
            slugs = ", ".join(sorted(category.slug for category in meant[name]))
            column = settings.columns.get(Field.CATEGORY)
            yield Problem("which-category", line, column, {"category": name, "slugs": slugs})


def _keys_twice(targets: Sequence[Target], settings: Settings) -> Iterator[Problem]:
    """Rows that a second import could not tell apart."""
    first: dict[tuple[int, str], int] = {}
    for target in targets:
        line, key = target.draft.line, target.draft.key
        before = first.setdefault((target.lab.id, key), line)
        if before != line:
            yield Problem("key-twice", line, settings.key, {"key": key, "first": before})


def _changes(target: Target) -> list[str]:
    """The fields in which equipment that is there differs from its row."""
    draft, equipment = target.draft, target.equipment
    if equipment is None:
        return []
    differs = {name: getattr(equipment, name) != value for name, value in draft.details.items()}
    differs["category"] = target.category is not equipment.category
    differs["status"] = draft.status is not None and draft.status is not equipment.status
    differs["quantity"] = draft.quantity is not None and draft.quantity != len(equipment.units_listed)
    of_units = {
        name
        for unit, said in target.units()
        for name, value in said.items()
        if unit is None or getattr(unit, name) != value
    }
    differs |= {name: name in of_units for name in UNIT_FIELDS}
    return [name for name, different in differs.items() if different]


def _warn_of_equal_names(targets: Sequence[Target], names: dict[tuple[int, str], set[int]]) -> None:
    """Two things of one name in one lab are allowed; somebody should know."""
    first: dict[tuple[int, str], int] = {}
    for target in targets:
        name = (target.lab.id, fold(target.draft.details["name"]))
        own = {target.equipment.id} if target.equipment else set()
        if first.setdefault(name, target.draft.line) != target.draft.line:
            target.warnings.append(Problem("name-twice", target.draft.line, params={"first": first[name]}))
        elif target.equipment is None and names.get(name, set()) - own:
            target.warnings.append(Problem("name-there", target.draft.line))


def _unit_problems(targets: Sequence[Target], settings: Settings) -> list[Problem]:
    """Tags that others go on wearing, and fewer units than there are."""
    worn = taken_asset_tags([tag for target in targets for tag in target.draft.tags])
    # Who is given a tag by this list gives up the one it has, be it for the unit beside it.
    given = {unit.id for target in targets for unit, said in target.units() if unit and "asset_tag" in said}
    problems = []
    for target in targets:
        line, draft = target.draft.line, target.draft
        for tag in draft.tags:
            if tag in worn and worn[tag] not in given:
                column = settings.columns.get(Field.ASSET_TAG)
                problems.append(Problem("tag-taken", line, column, {"tag": tag}))
        there = len(target.equipment.units_listed) if target.equipment else 0
        if draft.quantity is not None and draft.quantity < there:
            column = settings.columns.get(Field.QUANTITY)
            problems.append(Problem("fewer-units", line, column, {"there": there}))
        if (draft.asset_tags or draft.serials) and not target.units():
            target.warnings.append(Problem("no-units", line))
    return problems
