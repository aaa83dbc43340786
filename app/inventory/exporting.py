"""Equipment as rows of a table: for those who keep the list, for everybody, and for UNIQUIP.

The managers' rows are in the fields of the import, so that a file goes back in; the public ones are what
the catalogue shows. Neither names a person.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from app.accounts.operator import Actor
from app.core.tables import Cell, csv_file, workbook_file
from app.inventory.models import Attachment, Equipment
from app.inventory.queries.attachments import photos_of
from app.inventory.queries.categories import categories_called
from app.inventory.queries.equipment import own_key
from app.inventory.rules.importing.mapping import Field
from app.inventory.rules.importing.values import list_text

KEY = "key"
"""The column by which an import knows each line again, also what no list has brought."""
MANAGED = (*Field, KEY)
PUBLIC = tuple(
    field for field in Field if field not in (Field.SERIAL, Field.ASSET_TAG, Field.COMMISSIONED_ON)
)
UNIQUIP = (
    "Type", "Name", "Description", "Related Facility ID", "Technique", "Location", "Contact Name",
    "Contact Telephone", "Contact URL", "Contact Email", "Secondary Contact Name",
    "Secondary Contact Telephone", "Secondary Contact URL", "Secondary Contact Email", "ID", "Photo",
    "Organisational Unit", "Site Location", "Building", "Service Level", "Web Address",
)  # fmt: skip
SERVICE_LEVELS = {
    "self": "Self-service",
    "operator": "Operated by staff",
    "samples": "Samples analysed by staff",
}
"""UNIQUIP is read by machines in English."""


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    UNIQUIP = "uniquip"

    @property
    def ending(self) -> str:
        return "xlsx" if self is Format.XLSX else "csv"


Address = Callable[..., str]
"""The whole address of an endpoint with its values, as somebody outside reaches it."""


def list_file(found: Sequence[Equipment], form: Format, *, address: Address, managed: bool) -> bytes:
    """The file. `managed` gives every field of the list; UNIQUIP is always the public's."""
    if form is Format.UNIQUIP:
        return csv_file(UNIQUIP, _uniquip_rows(found, address))
    columns = MANAGED if managed else PUBLIC
    rows = _rows(found, columns)
    return workbook_file("Equipment", columns, rows) if form is Format.XLSX else csv_file(columns, rows)


def _rows(found: Sequence[Equipment], columns: Sequence[str]) -> Iterable[list[Cell]]:
    meant = categories_called(one.category.name for one in found)
    for equipment in found:
        category = equipment.category
        # A name that several categories have says nothing: the slug does.
        plain = meant[category.name] == [category]
        row = _row(equipment) | {Field.CATEGORY: category.name if plain else category.slug}
        yield [row[column] for column in columns]


def _row(equipment: Equipment) -> dict[str, Cell]:
    units = equipment.units_listed
    dates = [unit.commissioned_on.isoformat() if unit.commissioned_on else "" for unit in units]
    return {
        Field.NAME: equipment.name,
        Field.ALIASES: list_text(equipment.aliases),
        Field.LAB: equipment.lab.slug,
        Field.LOCATION: equipment.location,
        Field.MANUFACTURER: equipment.manufacturer,
        Field.MODEL: equipment.model,
        Field.SERIAL: _in_order([unit.serial or "" for unit in units]),
        Field.ASSET_TAG: _in_order([unit.asset_tag or "" for unit in units]),
        Field.DESCRIPTION: equipment.description,
        Field.STATUS: equipment.status.value,
        Field.COMMISSIONED_ON: dates[0] if len(set(dates)) == 1 else list_text(dates),
        Field.QUANTITY: len(units) or None,
        KEY: own_key(equipment),
    }


def _in_order(values: list[str]) -> str:
    while values and not values[-1]:
        values.pop()
    return list_text(values)


def _uniquip_rows(found: Sequence[Equipment], address: Address) -> Iterable[list[Cell]]:
    photos = photos_of([equipment.id for equipment in found])
    for equipment in found:
        row = _uniquip_row(equipment, photos.get(equipment.id), address)
        yield [row.get(column) for column in UNIQUIP]


def _uniquip_row(equipment: Equipment, photo: Attachment | None, address: Address) -> dict[str, Cell]:
    lab = equipment.lab
    return {
        "Type": "equipment",
        "Name": equipment.name,
        "Description": equipment.description or _told_apart(equipment),
        "Technique": equipment.category.name,
        "Contact Name": lab.name,
        "Contact Telephone": lab.phone,
        "Contact URL": address("inventory.lab", slug=lab.slug),
        "ID": str(equipment.id),
        "Photo": address("inventory.file", token=photo.file, name="photo") if photo else None,
        "Organisational Unit": lab.name,
        "Site Location": lab.site.name,
        "Building": lab.location,
        "Service Level": ", ".join(SERVICE_LEVELS[mode] for mode in equipment.modes),
        "Web Address": address("site.equipment", equipment_id=equipment.id),
    }


def _told_apart(equipment: Equipment) -> str:
    """Maker and model, where nobody has described it."""
    return " ".join(filter(None, (equipment.manufacturer, equipment.model)))


def public_only(actor: Actor | None, form: Format) -> Actor | None:
    """As whom the list is read: UNIQUIP shows nothing to anybody that it does not show to all."""
    return None if form is Format.UNIQUIP else actor
