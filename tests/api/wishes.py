"""What the tests ask for."""

from datetime import timedelta
from typing import Any

from app.inventory.models import Equipment
from tests.cast import NOW

TOMORROW = NOW.replace(hour=5, minute=30) + timedelta(days=1)
"""Monday, 9:00 in Tehran."""


def wish(equipment: Equipment, *, hours: float = 2, start: Any = TOMORROW, **more: Any) -> dict[str, Any]:
    """The body of a request for one equipment."""
    return {
        "equipment": [{"id": equipment.id, "quantity": 1}],
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=hours)).isoformat(),
        "purpose": "Polymer blends",
        "mode": "self",
        **more,
    }
