"""What a change amounts to: the fields that differ."""

from collections.abc import Mapping
from typing import Any


def apply_changes(thing: object, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set what differs and return it; what is said again as it was is no change and no event."""
    changes = {field: value for field, value in values.items() if getattr(thing, field) != value}
    for field, value in changes.items():
        setattr(thing, field, value)
    return changes
