"""What needs must know of features above them, which the registry wires."""

from collections.abc import Callable, Collection, Mapping

from app.needs.rules.coverage import Spoken

Pledged = Callable[[Collection[int]], Mapping[int, Spoken]]
"""For needs by their id: what is spoken for. A need that is left out has nothing."""

_pledged: list[Pledged] = []


def provide(*, pledged: Pledged) -> None:
    """Take the provider of what is given to needs."""
    _pledged[:] = [pledged]


def spoken_for(need_ids: Collection[int]) -> Mapping[int, Spoken]:
    """What is spoken for of each need that anything is."""
    return next((ask(need_ids) for ask in _pledged), {})
