"""What an import would do, line by line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.inventory.problems import Problem


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class PlannedLine:
    """One row: what becomes of it, which fields change, and what somebody should look at."""

    line: int
    key: str
    name: str
    outcome: Outcome
    changes: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All or nothing: with a problem anywhere, nothing is done."""

    lines: Sequence[PlannedLine] = ()
    problems: Sequence[Problem] = ()
    new_categories: Sequence[str] = ()

    def count(self, outcome: Outcome) -> int:
        """How many rows come out so; none while there are problems."""
        return 0 if self.problems else sum(line.outcome is outcome for line in self.lines)
