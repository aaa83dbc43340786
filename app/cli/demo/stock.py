"""The sixty instruments, entered as a lab manager would."""

from app.accounts.operator import OPERATOR
from app.booking.services.policies import set_equipment_policy
from app.cli.demo.catalogue import CATEGORIES, THINGS, Thing
from app.inventory.models import Category, Equipment, Lab, Mode
from app.inventory.services.categories import create_category
from app.inventory.services.equipment import create_equipment
from app.inventory.services.units import change_unit

MODES = {"y": Mode.SELF, "o": Mode.OPERATOR, "s": Mode.SAMPLES}


def make_equipment(labs: dict[str, Lab]) -> list[Equipment]:
    """Every line of the catalogue with its units, tags and rules."""
    categories: dict[str, Category] = {}
    for slug, (name, name_fa, parent) in CATEGORIES.items():
        categories[slug] = create_category(
            actor=OPERATOR,
            name=name,
            name_fa=name_fa,
            slug=slug,
            parent_id=categories[parent].id if parent else None,
        )
    return [_enter(thing, labs[thing.lab], categories[thing.category]) for thing in THINGS]


def _enter(thing: Thing, lab: Lab, category: Category) -> Equipment:
    equipment = create_equipment(
        actor=OPERATOR,
        lab_id=lab.id,
        category_id=category.id,
        capacity=thing.capacity,
        name=thing.name,
        name_fa=thing.name_fa,
        aliases=list(thing.aliases),
        manufacturer=thing.maker,
        model=thing.model,
        modes=[MODES[initial].value for initial in thing.modes],
    )
    for unit in equipment.units:
        tag = f"{lab.slug[:3].upper()}-{equipment.id:02}-{unit.number}"
        change_unit(actor=OPERATOR, unit_id=unit.id, asset_tag=tag)
    if thing.rules:
        set_equipment_policy(actor=OPERATOR, equipment_id=equipment.id, **thing.rules)
    return equipment
