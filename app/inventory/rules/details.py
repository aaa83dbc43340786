"""What may be written about places, equipment and units: cleaned, and within the columns. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from app.core.text import clean
from app.inventory.rules.states import EquipmentKind

LONGEST = {
    "name": 200,
    "name_fa": 200,
    "manufacturer": 200,
    "model": 200,
    "location": 200,
    "import_key": 200,
    "asset_tag": 60,
    "serial": 120,
    "condition": 200,
    "note": 500,
    "description": 10_000,
    "description_fa": 10_000,
    "what_to_bring": 10_000,
    "what_to_bring_fa": 10_000,
    "directions": 10_000,
    "directions_fa": 10_000,
    "phone": 40,
}
"""The longest value of each field, in characters."""

REQUIRED = frozenset({"name"})
MOST_ALIASES = 30
MOST_UNITS = 500
"""More copies of one thing than a lab has: a slip of the keyboard."""


class EquipmentDetails(TypedDict, total=False):
    """What staff write about equipment. Fields that are absent stay as they are."""

    name: str
    name_fa: str | None
    aliases: list[str]
    manufacturer: str | None
    model: str | None
    description: str
    description_fa: str | None
    location: str | None
    attributes: dict[str, Any]
    modes: list[str]
    kind: EquipmentKind
    is_lent_alone: bool
    what_to_bring: str
    what_to_bring_fa: str | None


class UnitDetails(TypedDict, total=False):
    """What staff write about a unit."""

    asset_tag: str | None
    serial: str | None
    condition: str | None
    commissioned_on: date | None


def cleaned_details(details: Mapping[str, Any], *, empty: Collection[str] = ()) -> dict[str, Any]:
    """The details with their texts as they are stored; no text is None, or '' in the fields of `empty`."""
    return {
        field: (clean(value) or ("" if field in empty else None)) if type(value) is str else value
        for field, value in details.items()
    }


def cleaned_aliases(aliases: Iterable[str]) -> list[str]:
    """The other names, cleaned, each once, in the order given."""
    return list(dict.fromkeys(name for name in (clean(alias) for alias in aliases) if name))


def problems_of(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with cleaned details, as (field, code): missing names, texts too long."""
    problems = [
        (field, "too-long")
        for field, value in details.items()
        if isinstance(value, str) and len(value) > LONGEST.get(field, len(value))
    ]
    problems += [(field, "required") for field in REQUIRED & details.keys() if not details[field]]
    aliases = details.get("aliases", [])
    if len(aliases) > MOST_ALIASES or any(len(alias) > LONGEST["name"] for alias in aliases):
        problems.append(("aliases", "too-long"))
    return sorted(problems)
