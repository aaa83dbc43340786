"""From a day to a day: how long an authorisation, an agreement or a paper holds. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Days:
    """From a day to a day, both included; no last day means open."""

    first: date
    last: date | None = None

    def hold(self, first: date, last: date) -> bool:
        """Whether all the days from `first` to `last` are in it."""
        return self.first <= first and (self.last is None or last <= self.last)
