"""What takes time on some equipment: what has it, and what asks for it beside others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.accounts.models import User
from app.booking.queries.calendar import Entry, list_asked, list_entries
from app.core.spans import Span
from app.inventory.models import Equipment


def entries_of(viewer: User | None, equipment: Sequence[Equipment], window: Span) -> list[Entry]:
    """Every entry of the equipment that overlaps the window; two queries."""
    ids = [one.id for one in equipment]
    if not ids:
        return []
    return [*list_entries(viewer, window, equipment_ids=ids), *list_asked(viewer, window, ids)]


def by_equipment(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.equipment_id].append(entry)
    return found
