"""When two wishes are the same wish. Pure."""

import hashlib
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.core.spans import Span
from app.core.text import folded_words


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody needed: a thing, a category or words; how long, how many, and in which window."""

    minutes: int
    quantity: int
    window: Span
    zone: ZoneInfo
    """Of the site where it is missed: its local days tell one wish from another."""
    equipment_id: int | None = None
    category_id: int | None = None
    lab_id: int | None = None
    query: str = ""

    def key(self) -> str:
        """The same for the same wish: what is asked for, by its narrowest name, length and window.

        The hour within the window is left out of it: trying 10:00 and then 11:00 of one day is one
        need refused twice, not two.
        """
        thing = self.equipment_id or f"c{self.category_id}" if self._is_named else folded_words(self.query)
        days = (
            self.window.start.astimezone(self.zone).date().isoformat(),
            self.window.end.astimezone(self.zone).date().isoformat(),
        )
        parts = (thing, self.minutes, self.quantity, *days)
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    @property
    def _is_named(self) -> bool:
        return self.equipment_id is not None or self.category_id is not None
