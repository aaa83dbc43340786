"""Facts about time that stop a request."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.errors import DomainError
from app.core.spans import Span


@dataclass(frozen=True)
class Conflict:
    """When too little of an equipment is left: what takes it, and how many are still free then."""

    equipment_id: int
    span: Span
    kind: str
    free: int
    asked: Span | None = None
    """The date of the request that it stands in the way of."""


class SlotTaken(DomainError):
    """Somebody else has the time. `conflicts` says when and how much is left."""

    code = "slot-taken"

    def __init__(self, conflicts: Sequence[Conflict] = ()) -> None:
        super().__init__()
        self.conflicts = tuple(conflicts)


class CapacityInUse(DomainError):
    """The capacity cannot be lowered: more than that is already claimed ahead."""

    code = "capacity-in-use"

    def __init__(self, conflicts: Sequence[Conflict] = ()) -> None:
        super().__init__()
        self.conflicts = tuple(conflicts)
