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


def waiting_for(equipment: Equipment, *, hours: float = 2, **more: Any) -> dict[str, Any]:
    """The body of a wait for the time of `wish`, which somebody has."""
    return {
        "equipment": equipment.id,
        "minutes": 60,
        "from": TOMORROW.isoformat(),
        "to": (TOMORROW + timedelta(hours=hours)).isoformat(),
        **more,
    }
