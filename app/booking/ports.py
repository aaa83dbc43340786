"""What booking asks of features above it, which the registry wires."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

NextTrainings = Callable[[Collection[int]], Mapping[int, datetime]]
"""For equipment by id: when people are next trained in it. One that is left out has no date."""

_next_trainings: list[NextTrainings] = []


def provide(*, next_trainings: NextTrainings) -> None:
    """Take the provider of dates of trainings."""
    _next_trainings[:] = [next_trainings]


def next_trainings(equipment_ids: Collection[int]) -> Mapping[int, datetime]:
    """The next training of each equipment that has one; nothing where nobody keeps a list of them."""
    return next((ask(equipment_ids) for ask in _next_trainings), {}) if equipment_ids else {}
