"""The sixty instruments, entered as a lab manager would."""

from collections.abc import Sequence

from app.accounts.operator import OPERATOR
from app.booking.services.policies import set_equipment_policy
from app.cli.demo.catalogue import CATEGORIES, THINGS, Thing
from app.inventory.models import Category, Equipment, EquipmentKind, Lab, Mode
from app.inventory.rules.requirements import Link
from app.inventory.services.categories import create_category
from app.inventory.services.equipment import change_equipment, create_equipment
from app.inventory.services.requirements import set_requirements
from app.inventory.services.units import change_unit

CATEGORIES_ALONG = {"operators": ("Operators", "کارشناسان"), "rooms": ("Rooms", "اتاق‌ها")}
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


def let_come_along(labs: dict[str, Lab], equipment: Sequence[Equipment]) -> None:
    """Two operators for the electron and the atomic force microscope, and a room with all that is in it."""
    materials = labs["materials"]
    by_name = {one.name: one for one in equipment}
    people = _by_itself(materials, "operators", "Microscope operators", "کارشناسان میکروسکوپ", capacity=2)
    change_equipment(actor=OPERATOR, equipment_id=people.id, kind=EquipmentKind.PEOPLE, is_lent_alone=False)
    for name in ("Scanning electron microscope", "Atomic force microscope"):
        one = by_name[name]
        set_requirements(actor=OPERATOR, equipment_id=one.id, links=[Link(one.id, people.id, is_shared=True)])
    room = _by_itself(materials, "rooms", "Metallography room", "اتاق متالوگرافی", capacity=1)
    change_equipment(actor=OPERATOR, equipment_id=room.id, kind=EquipmentKind.ROOM)
    inside = ("Metallurgical microscope", "Hardness tester", "Grinding and polishing station")
    links = [Link(room.id, by_name[name].id, None, is_shared=True) for name in inside]
    set_requirements(actor=OPERATOR, equipment_id=room.id, links=links)


def _by_itself(lab: Lab, slug: str, name: str, name_fa: str, *, capacity: int) -> Equipment:
    """One thing of a category of its own."""
    said, said_fa = CATEGORIES_ALONG[slug]
    category = create_category(actor=OPERATOR, name=said, name_fa=said_fa, slug=slug, parent_id=None)
    return create_equipment(
        actor=OPERATOR,
        lab_id=lab.id,
        category_id=category.id,
        capacity=capacity,
        name=name,
        name_fa=name_fa,
        modes=[Mode.SELF.value, Mode.OPERATOR.value],
    )


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
