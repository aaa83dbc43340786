"""Keep Equipment.search_text what the rule makes of the names it stands for."""

from collections.abc import Collection, Mapping

from app.inventory.models import Category, Equipment
from app.inventory.queries.categories import all_categories, with_ancestors
from app.inventory.queries.equipment import list_of_categories, list_of_lab
from app.inventory.rules.search_text import search_text


def refresh(equipment: Equipment, everything: Mapping[int, Category] | None = None) -> None:
    """Write down anew what this equipment is found by. `everything`: the categories, if at hand."""
    everything = everything or all_categories()
    categories = with_ancestors(equipment.category, everything)
    attributes = (str(part) for pair in equipment.attributes.items() for part in pair)
    equipment.search_text = search_text(
        names=[
            equipment.name,
            equipment.name_fa,
            *equipment.aliases,
            equipment.manufacturer,
            equipment.model,
            *(name for unit in equipment.units for name in (unit.asset_tag, unit.serial)),
            *(name for category in categories for name in (category.name, category.name_fa)),
            equipment.lab.name,
            equipment.lab.name_fa,
            equipment.location,
        ],
        texts=[equipment.description, equipment.description_fa, *attributes],
    )


def refresh_lab(lab_id: int) -> None:
    """The lab has other names: so is its equipment found."""
    everything = all_categories()
    for equipment in list_of_lab(lab_id):
        refresh(equipment, everything)


def refresh_categories(category_ids: Collection[int]) -> None:
    """These categories have other names or parents."""
    everything = all_categories()
    for equipment in list_of_categories(category_ids):
        refresh(equipment, everything)
